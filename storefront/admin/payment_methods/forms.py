"""What the owner types of a payment method."""

import re
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, at_most, given, line, text
from storefront.core import japanese
from storefront.payments import bank_account
from storefront.payments.collectors import Collector
from storefront.payments.wording import SENDER

NUMBER = re.compile(r"[0-9]{1,7}")
YES, NO = "1", "0"
BANK_KANA = r"[ァ-ヶー0-9A-Z().,/「」\- ]+"  # what a transfer's holder may be written in


class KindForm(AdminForm):
    """The kind of a method to add."""

    type = StringField(filters=[line])


class PressForm(AdminForm):
    """A button; confirmed once its consequences were shown."""

    confirmed = StringField(filters=[line])


def number(name: object, least: int = 0, most: int = 999_999, required: bool = True) -> StringField:
    """name: as the error summary says it."""

    def check(_form: AdminForm, field: Field) -> None:
        typed = _typed(field)
        if not typed and not required:
            return
        if not NUMBER.fullmatch(typed):
            raise ValidationError(_("数字で入力してください"))
        if not least <= int(typed) <= most:
            raise ValidationError(
                _("%(least)sから%(most)sまでの数字で入力してください", least=least, most=most)
            )

    return StringField(name, filters=[line], validators=[check])


def of_account(fault: object, pattern: str = ".+", filters: Any = line) -> StringField:
    """A part of the shop's account, which is named whole or not at all."""

    def check(form: AdminForm, field: Field) -> None:
        is_named = any(form[f"account_{part}"].data for part in bank_account.NEEDED)
        if is_named and not re.fullmatch(pattern, field.data or ""):
            raise ValidationError(fault)

    return StringField(filters=[filters], validators=[check, at_most(60)])


def digits_of(value: Any) -> str:
    """The digits of what was typed, in half width."""
    return japanese.digits(value) if isinstance(value, str) else ""


def bank_kana(value: Any) -> str:
    """As banks write a holder: full-width katakana, capital letters, no brackets of full width."""
    typed = line(value)
    return normalize("NFKC", japanese.katakana(typed)).upper() if typed else ""


def value(field: Field) -> int | None:
    """The number in a field; None where there is none."""
    typed = _typed(field)
    return int(typed) if NUMBER.fullmatch(typed) else None


def _typed(field: Field) -> str:
    return normalize("NFKC", field.data or "").replace(",", "")


class MethodForm(AdminForm):
    """What of it a kind leaves no choice in is not asked; highest is the kind's own limit, and
    provider_names are what texts call the provider that may ask for the money."""

    name = StringField(
        filters=[line],
        validators=[given(_l("お支払い方法名を入力してください")), at_most(50)],
    )
    name_en = StringField(filters=[line], validators=[at_most(80)])
    summary = StringField(filters=[text], validators=[at_most(200)])
    summary_en = StringField(filters=[text], validators=[at_most(300)])
    payment_time = StringField(
        filters=[text],
        validators=[
            given(_l("特定商取引法の表示に必要です。支払時期を入力してください")),
            at_most(1000),
        ],
    )
    payment_time_en = StringField(filters=[text], validators=[at_most(2000)])
    instructions = StringField(filters=[text], validators=[at_most(1000)])
    instructions_en = StringField(filters=[text], validators=[at_most(2000)])
    logo = StringField(filters=[line])  # a file: the route reads it, here its fault is said
    logo_off = StringField(filters=[line])
    fee = number(_l("手数料(税込)"))
    minimum = number(_l("利用できる金額の下限"), required=False)
    maximum = number(_l("利用できる金額の上限"), least=1, required=False)
    delivery_methods = SelectMultipleField(choices=[], validate_choice=False)
    days_to_pay = number(_l("お支払いの期限(日数)"), least=1, most=60)
    published = StringField(filters=[line])
    position = number(_l("表示順"), least=1, most=999)
    sms_check = StringField(filters=[line])
    sms_tries = number(_l("入力回数の上限"), least=1, most=5)
    sms_sends = number(_l("送信回数の上限"), least=1, most=5)
    sms_wait = number(_l("再送までの秒数"), least=30, most=3600)
    collector = StringField(filters=[line])
    account_bank = of_account(_l("銀行名を入力してください"))
    account_branch = of_account(_l("支店名を入力してください"))
    account_branch_number = of_account(
        _l("支店番号は3桁の数字で入力してください"), "[0-9]{3}", digits_of
    )
    account_kind = StringField(filters=[line], default=bank_account.ORDINARY)
    account_number = of_account(
        _l("口座番号は7桁の数字で入力してください。足りないときは先頭に0をつけます"),
        "[0-9]{7}",
        digits_of,
    )
    account_holder = of_account(_l("口座名義はカタカナで入力してください"), BANK_KANA, bank_kana)
    account_bank_en = StringField(filters=[line], validators=[at_most(60)])
    account_branch_en = StringField(filters=[line], validators=[at_most(60)])
    confirmed = StringField(filters=[line])

    highest: int | None = None
    provider_names: frozenset[str] = frozenset()

    def validate_maximum(self, field: StringField) -> None:
        """Require at most the kind's own limit, and at least the minimum, in yen."""
        most, least = value(field), value(self.minimum)
        if self.highest is not None and most is not None and most > self.highest:
            raise ValidationError(_("上限は%(yen)s円です", yen=f"{self.highest:,}"))
        if most is not None and least is not None and least > most:
            raise ValidationError(_("上限は下限以上の金額で入力してください"))

    def _names_its_sender(self, field: StringField) -> None:
        """A text that names the provider as the one who asks would not be true of the shop."""
        said, is_own = field.data or "", self.collector.data == Collector.SHOP
        if is_own and SENDER not in said and any(one in said for one in self.provider_names):
            raise ValidationError(
                _(
                    "お支払いの案内は店舗が送る設定です。「%(name)s」の代わりに {sender} と"
                    "書くと、送る側の名前に置きかわります",
                    name=next(one for one in self.provider_names if one in said),
                )
            )

    validate_payment_time = validate_payment_time_en = _names_its_sender
    validate_instructions = validate_instructions_en = _names_its_sender

    @property
    def account(self) -> dict[str, str]:
        """Empty where none is named."""
        parts = {part: str(self[f"account_{part}"].data or "") for part in bank_account.PARTS}
        return parts if any(parts[part] for part in bank_account.NEEDED) else {}

    def validate_account_kind(self, field: StringField) -> None:
        """Take an unknown kind of account for an ordinary one."""
        if field.data not in {bank_account.ORDINARY, bank_account.CURRENT}:
            field.data = bank_account.ORDINARY

    def validate_published(self, field: StringField) -> None:
        """Require a choice."""
        if field.data not in {YES, NO}:
            raise ValidationError(_("公開か非公開かを選択してください"))

    def validate_sms_check(self, field: StringField) -> None:
        """Require a choice."""
        if field.data not in {YES, NO}:
            raise ValidationError(_("SMS認証をするかしないかを選択してください"))

    def validate_collector(self, field: StringField) -> None:
        """Require a Collector."""
        if field.data not in list(Collector):
            raise ValidationError(_("お支払いのご案内を誰が送るかを選択してください"))


class StepForm(AdminForm):
    """One step of a method in the order after a failure, or back to the order of the shop."""

    up = StringField(filters=[line])
    down = StringField(filters=[line])
    as_shop = StringField(filters=[line])
