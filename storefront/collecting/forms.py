"""The payment page's one form."""

from flask_babel import gettext as _
from wtforms import StringField

from storefront.forms import ShopForm


def scalar(value: object) -> str:
    return value if isinstance(value, str) else ""


class PayForm(ShopForm):
    """Which ways and chains there are is not a form's business."""

    means = StringField(filters=[scalar])
    store = StringField(filters=[scalar])

    def blame_means(self) -> None:
        self.means.errors = (_("お支払い方法を選択してください"),)

    def blame_store(self) -> None:
        self.store.errors = (_("店舗を選択してください"),)


class PressForm(ShopForm):
    """A button alone."""
