"""The cart's forms."""

import unicodedata
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from storefront.cart.carts import MOST
from storefront.web.forms import ShopForm


def plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""


def _whole_number(lowest: int, too_low: object) -> Any:
    def check(_form: ShopForm, field: Field) -> None:
        text = field.data
        if not (text.isascii() and text.isdigit() and len(text) <= 4) or int(text) < lowest:
            raise ValidationError(too_low)
        if int(text) > MOST:
            raise ValidationError(_("%(n)s点まで購入できます", n=MOST))

    return check


class PutInForm(ShopForm):
    """One product and its options, by the words that the page shows."""

    product = StringField(filters=[plain])
    variant_1 = StringField(filters=[plain])
    variant_2 = StringField(filters=[plain])
    quantity = StringField(
        filters=[plain],
        default="1",
        validators=[_whole_number(1, lazy_gettext("数量は1以上で入力してください"))],
    )


class QuantityForm(ShopForm):
    quantity = StringField(
        filters=[plain],
        validators=[_whole_number(0, lazy_gettext("数量は0から99の数字で入力してください"))],
    )
