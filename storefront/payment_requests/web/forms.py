"""The payment page's one form."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from storefront.web.forms import ShopForm


def scalar(value: object) -> str:
    return value if isinstance(value, str) else ""


class PayForm(ShopForm):
    """offered and stores are handed in: what there is today is not a form's business."""

    means = StringField(filters=[scalar])
    store = StringField(filters=[scalar])
    offered: Collection[str] = ()
    stores: Collection[str] = ()

    def validate_means(self, field: Field) -> None:
        if field.data not in self.offered:
            raise ValidationError(_("お支払い方法を選択してください"))

    def validate_store(self, field: Field) -> None:
        if self.means.data == "cvs" and field.data not in self.stores:
            raise ValidationError(_("店舗を選択してください"))
