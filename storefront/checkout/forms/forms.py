"""The forms of the checkout. They say whether the text of a field is well-formed and give its usual
spelling; whether the answers suit the payment method is for checkout.validation."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from storefront.checkout.forms import fields
from storefront.core import japanese
from storefront.shipping.dates import ANY_TIME, SLOTS
from storefront.shipping.prefectures import PREFECTURES
from storefront.web.forms import ShopForm

Check = Callable[[ShopForm, Field], None]


def text(*checks: Check, tidy: Callable[[str], str] = fields.tidy) -> StringField:
    """A field for one text: tidied first, then checked until the first check fails."""
    return StringField(filters=[fields.scalar, tidy], validators=[_stop_at_first(*checks)])


def _stop_at_first(*checks: Check) -> Check:
    """One error a field; the fields of another address count only when it is asked for."""

    def validate(form: ShopForm, field: Field) -> None:
        if field.name.startswith("ship_") and form["ship_to"].data != "other":
            raise StopValidation()
        for check in checks:
            check(form, field)

    return validate


class OrderForm(ShopForm):
    """The order form's fields; offer_choices gives it the days, slots and methods that are on
    offer."""

    name = text(fields.name, tidy=fields.to_name)
    company = text(fields.company, tidy=fields.to_name)
    name_kana = text(fields.kana, tidy=fields.to_katakana)
    postal_code = text(fields.postal_code, tidy=fields.to_digits)
    address_of = text(tidy=fields.to_digits)  # the code whose address a look-up has written
    prefecture = SelectField(choices={}, validate_choice=False, validators=[fields.prefecture])
    city = text(fields.city)
    street = text(fields.street)
    building = text(fields.building)
    tel = text(fields.tel, tidy=fields.to_phone)
    email = text(fields.email, tidy=fields.to_email)
    ship_to = RadioField(choices={"same": "", "other": ""}, default="same")
    ship_name = text(fields.name, tidy=fields.to_name)
    ship_company = text(fields.company, tidy=fields.to_name)
    gift_sender = text(fields.gift_sender, tidy=fields.to_name)
    ship_postal_code = text(fields.postal_code, tidy=fields.to_digits)
    ship_address_of = text(tidy=fields.to_digits)
    ship_prefecture = SelectField(
        choices={}, validate_choice=False, validators=[_stop_at_first(fields.prefecture)]
    )
    ship_city = text(fields.city)
    ship_street = text(fields.street)
    ship_building = text(fields.building)
    ship_tel = text(fields.tel, tidy=fields.to_phone)
    delivery_method = RadioField(
        default="", choices={}, validate_choice=False, validators=[fields.delivery_method]
    )
    delivery_date = SelectField(default="", validate_choice=False, validators=[fields.one_of_dates])
    delivery_time = RadioField(default="0000", validate_choice=False, validators=[fields.slot])
    payment = RadioField(choices={}, validate_choice=False, validators=[fields.payment])
    sms_tel = text(fields.mobile, tidy=fields.to_phone)
    note = TextAreaField(filters=[fields.scalar, fields.tidy_note], validators=[fields.note])
    save_details = BooleanField()

    def offer_choices(
        self,
        days: dict[str, str],
        methods: dict[str, str],
        deliveries: Sequence[str] = (),
        slots: Collection[str] = tuple(SLOTS),
    ) -> None:
        """Set what may be chosen: days and methods by value and words, deliveries and slots by
        their codes."""
        self.prefecture.choices = self.ship_prefecture.choices = {
            "": _("選択してください"),
            **{name: name for name, _english in PREFECTURES},
        }
        self.delivery_date.choices = {"": _("指定なし"), **days}
        self.delivery_time.choices = {code: code for code in SLOTS if code in slots}
        self.delivery_method.choices = {code: code for code in deliveries}
        self.payment.choices = methods

    @property
    def wished(self) -> str:
        """The wished day and time of delivery in words; empty where neither is wished."""
        day, slot = self.delivery_date.data, self.delivery_time.data
        words = [
            self.delivery_date.choices.get(day, "") if day else "",
            self.delivery_time.choices.get(slot, "") if slot != ANY_TIME else "",
        ]
        return " ".join(word for word in words if word)

    def answers(self) -> dict[str, Any]:
        """Every field's value by its name, the CSRF token left out; this is what OrderDetails.load
        reads."""
        return {
            name: field.data or "" for name, field in self._fields.items() if name != "csrf_token"
        }


class ConfirmForm(ShopForm):
    """The press of the confirmation's button, with the digest of what the confirmation showed."""

    confirmation_key = HiddenField()


class CodeForm(ShopForm):
    """The code as it was typed, with the digest of what the confirmation showed."""

    code = StringField(filters=[fields.scalar], validators=[fields.code])
    confirmation_key = HiddenField()

    @property
    def digits(self) -> str:
        """What the shopper meant; the field keeps what was typed."""
        return japanese.digits(self.code.data)


class OtherMethodForm(ShopForm):
    """The choice of another payment method after a failure, with the number for its code."""

    payment = StringField(filters=[fields.scalar])
    sms_tel = StringField(filters=[fields.scalar, fields.to_phone])
