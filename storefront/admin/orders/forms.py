"""What is typed about orders on the owner's side."""

from datetime import date
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectMultipleField, StringField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, at_most, given, line, plain, text
from storefront.admin.orders import wording
from storefront.bulk import tracking_file
from storefront.core.japanese import digits
from storefront.ports.payments import Carrier
from storefront.shipping import tracking_numbers

CARRIERS = tuple(Carrier)
CAUSES = ("1", "2", "3", "4", "5", "6")
OTHER_CAUSE = "6"
MOST_TICKED = 200


def slip_typed(value: Any) -> str:
    """Twelve digits without hyphens or spaces; another carrier's number keeps its hyphens."""
    typed = "".join(normalize("NFKC", line(value)).split())
    joined = digits(typed)
    return joined if tracking_numbers.is_of_yamato(joined) else typed


class PressForm(AdminForm):
    """A button alone."""


class SearchForm(AdminForm):
    """Words to look for: number, name, phone or mail address."""

    words = StringField(filters=[line], validators=[at_most(254)])


class NoteForm(AdminForm):
    """The shop's own note on an order."""

    note = StringField(filters=[text], validators=[at_most(2000)])


class ShipForm(AdminForm):
    """A tracking number; Yamato's has twelve digits, of which the last checks the others."""

    slip = StringField(
        filters=[slip_typed],
        validators=[given(_l("送り状番号を入力してください"))],
    )
    carrier = StringField(filters=[line], default=Carrier.YAMATO)

    def validate_carrier(self, field: StringField) -> None:
        """Require one of the carriers."""
        if field.data not in CARRIERS:
            raise ValidationError(_("運送会社を選択してください"))

    def validate_slip(self, field: StringField) -> None:
        """Require a number that the carrier can have."""
        if fault := slip_problem(field.data or "", str(self.carrier.data)):
            raise ValidationError(fault)


def slip_problem(slip: str, carrier: str) -> str:
    """A sentence for a number that the carrier cannot have; empty for one that it can."""
    if carrier == Carrier.YAMATO:
        fault = tracking_file.slip_fault(slip)
        return wording.slip_faults()[fault] if fault else ""
    if not tracking_numbers.is_of_any_carrier(slip):
        return _("送り状番号は12文字までの数字、英字、ハイフンです")
    return ""


def tidy_yen(value: Any) -> str:
    """The digits of an amount, without commas and unit."""
    return digits(line(value)).replace(",", "").removesuffix("円")


def is_yen(_form: AdminForm, field: StringField) -> None:
    """Require digits, at most nine."""
    if not (field.data or "").isdecimal() or len(field.data or "") > 9:
        raise ValidationError(_("数字で入力してください"))


def is_some(_form: AdminForm, field: StringField) -> None:
    """Require at least 1 yen."""
    if field.data and not field.data.strip("0"):
        raise ValidationError(_("1円以上の金額を入力してください"))


class ReduceForm(AdminForm):
    """The new total in yen."""

    yen = StringField(
        filters=[tidy_yen],
        validators=[given(_l("新しい請求金額を入力してください")), is_yen],
    )


class PaidForm(AdminForm):
    """Money that came in: day and yen; accepted says that the order counts as paid by another
    amount than was charged."""

    received_on = StringField(filters=[plain], validators=[given(_l("入金日を入力してください"))])
    received_yen = StringField(
        filters=[tidy_yen],
        validators=[given(_l("入金された金額を入力してください")), is_yen, is_some],
    )
    accepted = StringField(filters=[line])

    def validate_received_on(self, field: StringField) -> None:
        """Require a date."""
        if self.day is None:
            raise ValidationError(_("入金日を2026-11-30のように入力してください"))

    @property
    def day(self) -> date | None:
        """The day it came in; None for what is no date."""
        return _day(self.received_on)


class GivenBackForm(AdminForm):
    """Money that was sent back by hand: day and yen."""

    given_on = StringField(filters=[plain], validators=[given(_l("返金日を入力してください"))])
    given_yen = StringField(
        filters=[tidy_yen],
        validators=[given(_l("返金した金額を入力してください")), is_yen, is_some],
    )

    def validate_given_on(self, field: StringField) -> None:
        """Require a date."""
        if self.day is None:
            raise ValidationError(_("返金日を2026-11-30のように入力してください"))

    @property
    def day(self) -> date | None:
        """The day it was sent; None for what is no date."""
        return _day(self.given_on)


def _day(field: StringField) -> date | None:
    try:
        return date.fromisoformat(field.data or "")
    except ValueError:
        return None


class ReissueForm(AdminForm):
    """Why an invoice is to be issued again."""

    cause = StringField(filters=[line], validators=[given(_l("理由を選択してください"))])
    words = StringField(filters=[line], validators=[at_most(25)])

    def validate_cause(self, field: StringField) -> None:
        """Require one of the causes."""
        if field.data not in CAUSES:
            raise ValidationError(_("理由を選択してください"))

    def validate_words(self, field: StringField) -> None:
        """Require words for the cause "other"."""
        if self.cause.data == OTHER_CAUSE and not field.data:
            raise ValidationError(_("「その他」の理由を25文字以内で入力してください"))


class ChosenForm(AdminForm):
    """Orders that were ticked, by their numbers, and what is to be done with them."""

    n = SelectMultipleField(validate_choice=False, coerce=str)
    do = StringField(filters=[line])

    def validate_n(self, field: Any) -> None:
        """Require one order or more, at most MOST_TICKED."""
        if not field.data:
            raise ValidationError(_("注文を選択してください"))
        if len(field.data) > MOST_TICKED:
            raise ValidationError(_("一度に選べるのは%(n)s件までです", n=MOST_TICKED))


class FileForm(AdminForm):
    """The file itself is read from the request: forms are made of text."""

    slips = FileField()

    def refuse(self, fault: str) -> None:
        """Put the sentence about the file beside its field."""
        self.slips.errors = (wording.unreadable()[fault],)
