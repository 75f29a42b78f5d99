"""What Yamato gave the shop when the contract was made."""

import re
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, given, line
from storefront.payments import demo_leftovers

CODE, PASSWORD, DAYS = re.compile(r"[0-9]{11}"), re.compile(r"[0-9A-Za-z]{8}"), range(91)


def half_width(typed: object) -> str:
    """A filter that gives letters and digits in half width."""
    return normalize("NFKC", line(typed)).strip()


class ConnectionForm(AdminForm):
    """Merchant code, password and options of the contract; an empty password keeps the registered
    one."""

    merchant_code = StringField(
        filters=[half_width], validators=[given(_l("加盟店コードは11桁の数字です"))]
    )
    password = StringField(filters=[half_width])  # empty keeps the one that is known
    smartphone = BooleanField()
    bundled = BooleanField()
    other_carrier = BooleanField()
    ship_days = StringField(filters=[half_width])

    is_known: bool = False  # a password is there already

    def validate_merchant_code(self, field: Field) -> None:
        """Require eleven digits that are not the demo shop's."""
        if not CODE.fullmatch(field.data):
            raise ValidationError(_("加盟店コードは11桁の数字です"))
        if demo_leftovers.is_demo_code(field.data):
            raise ValidationError(
                _("見本のお店の加盟店コードです。ヤマトからの通知書にある番号を入力してください")
            )

    def validate_password(self, field: Field) -> None:
        """Require eight letters or digits, unless a password is registered and none is typed."""
        if not field.data and self.is_known:
            return
        if not PASSWORD.fullmatch(field.data):
            raise ValidationError(_("8桁の半角英数字です"))

    def validate_ship_days(self, field: Field) -> None:
        """Require 0 to 90 days, the range that KAARA0010 takes."""
        typed = field.data
        if not (typed.isascii() and typed.isdigit() and int(typed) in DAYS):
            raise ValidationError(_("0から90までの数字で入力してください"))


class HostForm(AdminForm):
    """The change between real and test service; changing to the real one needs a second press,
    confirmed."""

    live = StringField(filters=[line])
    confirmed = StringField(filters=[line])


class StagesForm(AdminForm):
    """How far the screenings of the two services have come."""

    deferred = StringField(filters=[line])
    web_collect = StringField(filters=[line])
