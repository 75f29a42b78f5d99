"""A delivery method and the days of rest as they are typed."""

import re
import unicodedata
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, at_most, given, line, plain, text
from storefront.shipping.dates import ANY_TIME, SLOTS, Calendar
from storefront.shipping.models import DeliveryMethod
from storefront.shipping.prefectures import PREFECTURES

CODE = re.compile(r"[a-z][a-z0-9_-]{1,39}", re.ASCII)
DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
PAGES = {"new", "rest"}  # addresses that stand where a code would
HIGHEST = 99_999  # yen
MOST_DAYS = 60  # of rest, typed one by one
CARRIERS = ("yamato", "other")
PUBLIC, PRIVATE = "public", "private"
GIVEN = given(_l("数字で入力してください"))


def to_yen(value: Any) -> str:
    """The digits of an amount that may have full-width digits, commas and a unit."""
    plain = unicodedata.normalize("NFKC", value) if isinstance(value, str) else ""
    return re.sub(r"[,円¥\s]", "", plain)


def whole(low: int, high: int, *, optional: bool = False) -> Any:
    """A validator for a whole number from low to high; the field keeps the text that was typed."""

    def check(_form: AdminForm, field: StringField) -> None:
        if optional and not field.data:
            return
        if not (field.data.isascii() and field.data.isdigit()):
            raise ValidationError(_("数字で入力してください"))
        if not low <= int(field.data) <= high:
            raise ValidationError(
                _("%(low)sから%(high)sまでの数字で入力してください", low=low, high=f"{high:,}")
            )

    return check


def amount(name: object, *checks: Any) -> StringField:
    """A field for a number; name is what the error summary calls it."""
    return StringField(name, filters=[to_yen], validators=list(checks))


class MethodForm(AdminForm):
    """A delivery method: names, carrier, fees in yen, days and time slots."""

    name = StringField(
        filters=[line], validators=[given(_l("配送方法の名前を入力してください")), at_most(50)]
    )
    name_en = StringField(filters=[line], validators=[at_most(80)])
    code = StringField(filters=[plain])
    carrier = StringField(filters=[line], default=CARRIERS[0])
    state = StringField(filters=[line], default=PRIVATE)
    fee = amount(_l("基本料金(税込)"), GIVEN, whole(0, HIGHEST))
    free_from = amount(_l("送料無料になる商品の合計"), whole(1, 9_999_999, optional=True))
    prepare_days = amount(_l("発送までの日数"), GIVEN, whole(0, 30))
    offers_dates = BooleanField()
    days_offered = amount(_l("選べる日数"), GIVEN, whole(1, 60))
    slots = SelectMultipleField(
        choices=[code for code in SLOTS if code != ANY_TIME], validate_choice=False
    )

    is_new = False
    fees_typed: dict[str, str]
    fees_wrong: dict[str, str]

    def read_fees(self, typed: Any) -> None:
        """Read the fees by prefecture, which have fields of their own: fee-01 to fee-47."""
        self.fees_typed = {
            name: to_yen(typed.get(f"fee-{code:02}", ""))
            for code, (name, _english) in enumerate(PREFECTURES, 1)
        }
        wrong = [name for name, value in self.fees_typed.items() if value and not _is_yen(value)]
        self.fees_wrong = dict.fromkeys(wrong, _("0から99,999までの数字で入力してください"))

    def show(self, method: DeliveryMethod | None) -> None:
        """Fill the form in from a method, or with the values of a new one."""
        self.fees_wrong = {}
        kept = (method.fees or {}) if method else {}
        self.fees_typed = {name: str(kept.get(name, "")) for name, _english in PREFECTURES}
        if method is None:
            self.days_offered.data, self.prepare_days.data = "14", "2"
            self.offers_dates.data, self.slots.data = True, list(self.slots.choices)
            return
        self.state.data = PUBLIC if method.published else PRIVATE
        for field in (self.fee, self.free_from, self.prepare_days, self.days_offered):
            value = getattr(method, field.name)
            field.data = "" if value is None else str(value)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields, the fees by prefecture too."""
        return bool(super().validate(extra_validators)) and not self.fees_wrong

    def validate_code(self, field: StringField) -> None:
        """Require a code for addresses, of a new method only."""
        if self.is_new and (field.data in PAGES or not CODE.fullmatch(field.data)):
            raise ValidationError(
                _(
                    "記号は、英小文字で始まる2〜40文字の英小文字・数字・-・_で入力してください。"
                    "例: cool-parcel"
                )
            )

    def validate_carrier(self, field: StringField) -> None:
        """Require one of CARRIERS."""
        if field.data not in CARRIERS:
            raise ValidationError(_("運送会社を選択してください"))

    def validate_slots(self, field: SelectMultipleField) -> None:
        """Keep the known time slots, in their order."""
        field.data = [code for code in SLOTS if code in (field.data or ()) and code != ANY_TIME]

    def terms(self) -> dict[str, Any]:
        """The values for delivery_settings: yen, days, and fees only where they differ from the
        base fee."""
        base = int(self.fee.data)
        fees = {name: int(value) for name, value in self.fees_typed.items() if value}
        return {
            "name": self.name.data,
            "name_en": self.name_en.data,
            "carrier": self.carrier.data,
            "fee": base,
            "fees": {name: fee for name, fee in fees.items() if fee != base},
            "free_from": int(self.free_from.data) if self.free_from.data else None,
            "prepare_days": int(self.prepare_days.data),
            "offers_dates": bool(self.offers_dates.data),
            "days_offered": int(self.days_offered.data),
            "slots": self.slots.data,
            "published": self.state.data == PUBLIC,
        }


class RestForm(AdminForm):
    """The days on which the shop sends nothing: weekdays, holidays, and single days, one a line."""

    weekdays = SelectMultipleField(choices=[str(n) for n in range(7)], validate_choice=False)
    national = BooleanField()
    new_year = BooleanField()
    days = TextAreaField(filters=[text])

    def show(self, calendar: Calendar) -> None:
        """Fill the form in from the calendar."""
        self.weekdays.data = [str(day) for day in sorted(calendar.weekdays)]
        self.national.data, self.new_year.data = calendar.national, calendar.new_year
        self.days.data = "\n".join(calendar.dump()["days"])

    def validate_weekdays(self, field: SelectMultipleField) -> None:
        """Require a weekday on which the shop works."""
        field.data = [day for day in field.choices if day in (field.data or ())]
        if len(field.data) == len(field.choices):
            raise ValidationError(_("少なくとも1つの曜日は営業日にしてください"))

    def validate_days(self, field: TextAreaField) -> None:
        """Require dates as 2026-12-01, at most MOST_DAYS of them."""
        lines = field.data.split()
        if len(lines) > MOST_DAYS:
            raise ValidationError(_("休業日は%(n)s日まで登録できます", n=MOST_DAYS))
        for one in lines:
            if _day(one) is None:
                raise ValidationError(
                    _(
                        "「%(v)s」は日付ではありません。2026-12-01の形で1行に1日ずつ入力してください",
                        v=one[:20],
                    )
                )

    def calendar(self) -> Calendar:
        """The calendar that the form describes."""
        days = (_day(one) for one in self.days.data.split())
        return Calendar(
            frozenset(int(day) for day in self.weekdays.data),
            bool(self.national.data),
            bool(self.new_year.data),
            frozenset(day for day in days if day),
        )


def _is_yen(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) <= HIGHEST


def _day(typed: str) -> date | None:
    parts = DAY.fullmatch(unicodedata.normalize("NFKC", typed))
    try:
        return date(*map(int, parts.groups())) if parts else None
    except ValueError:
        return None
