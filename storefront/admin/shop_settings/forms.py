"""The shop's profile as it is typed, and what is wrong with it."""

from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, at_most, given, line, mail_address, plain, text
from storefront.checkout.legal.shop_opening import NEEDED
from storefront.core import phones
from storefront.core.published_values import INVOICE_NUMBER
from storefront.payments import demo_leftovers
from storefront.shop import invoice_registration


def _line(most: int, *checks: Any) -> StringField:
    return StringField(filters=[line], validators=[*checks, at_most(most)])


def _area(most: int) -> TextAreaField:
    return TextAreaField(filters=[text], validators=[at_most(most)])


class ProfileForm(AdminForm):
    """The shop's profile; is_open says that the shop is open, so that no item which the law
    requires (特商法11条) may be emptied."""

    name = _line(80, given(_l("店名を入力してください")))
    name_en = _line(80)
    tagline = _line(200)
    tagline_en = _line(200)
    seller = _line(120)
    seller_en = _line(120)
    manager = _line(80)
    manager_en = _line(80)
    address = _line(200)
    address_en = _line(200)
    phone = StringField(filters=[plain], validators=[at_most(20)])
    hours = _line(120)
    hours_en = _line(120)
    email = StringField(filters=[mail_address], validators=[at_most(254)])
    invoice_number = StringField(filters=[line, invoice_registration.tidy])
    sole_trader = BooleanField()
    cancel_terms = _area(1_000)
    cancel_terms_en = _area(1_000)
    privacy_extra = _area(2_000)
    privacy_extra_en = _area(2_000)

    is_open = False

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields, and in an open shop that no required item is empty."""
        is_good = super().validate(extra_validators)
        for name in NEEDED if self.is_open else ():
            if not self[name].data:
                self[name].errors = (
                    _("開店中は空にできません。入力するか、先にお店を準備中にしてください"),
                )
                is_good = False
        return bool(is_good)

    def validate_phone(self, field: StringField) -> None:
        """Require a Japanese phone number."""
        if field.data and phones.national(field.data) is None:
            raise ValidationError(_("電話番号を市外局番から入力してください。例: 03-1234-5678"))

    def validate_email(self, field: StringField) -> None:
        """Require a mail address."""
        try:
            if field.data:
                validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(
                _("メールアドレスの形が正しくありません。例: hana@example.com")
            ) from None

    def validate_invoice_number(self, field: StringField) -> None:
        """Require T and thirteen digits that are not the demo shop's, with a company's check digit
        unless the shop is a sole trader's."""
        if not field.data:
            return
        if not invoice_registration.is_well_formed(field.data):
            raise ValidationError(_("登録番号は「T」と13桁の数字で入力してください"))
        if demo_leftovers.count_here() and field.data == INVOICE_NUMBER:
            raise ValidationError(
                _("見本のお店の登録番号です。お店の番号を入力するか、空欄にしてください")
            )
        if not (self.sole_trader.data or invoice_registration.is_of_company(field.data)):
            raise ValidationError(
                _(
                    "登録番号の数字が正しくありません(検査用数字が合いません)。通知書を見て確かめてください"
                )
            )

    def profile(self) -> dict[str, str]:
        """The values by the names of the shop's columns."""
        return {
            name: str(field.data or "")
            for name, field in self._fields.items()
            if name not in {"csrf_token", "sole_trader"}
        }


class NewsForm(AdminForm):
    """A line of news: day and title in both languages."""

    day = StringField(filters=[plain], validators=[given(_l("日付を入力してください"))])
    title = _line(200, given(_l("お知らせを入力してください")))
    title_en = _line(200)

    def validate_day(self, field: StringField) -> None:
        """Require a date."""
        try:
            field.data = date.fromisoformat(field.data).isoformat()
        except ValueError:
            raise ValidationError(_("日付を2026-12-01の形で入力してください")) from None
