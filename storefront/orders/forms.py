"""Looking an order up."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from storefront.ports.mail import read_address
from storefront.web.forms import ShopForm


def scalar(value: Any) -> str:
    return value.strip()[:254] if isinstance(value, str) else ""


def _given(message: object) -> Any:
    def check(_form: ShopForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


class FindForm(ShopForm):
    number = StringField(
        filters=[scalar], validators=[_given(lazy_gettext("注文番号を入力してください"))]
    )
    email = StringField(
        filters=[scalar, read_address],
        validators=[_given(lazy_gettext("メールアドレスを入力してください"))],
    )

    def say_wrong_pair(self) -> None:
        """One sentence for every wrong pair, so that nobody learns which half exists."""
        self.number.errors = (_("注文番号かメールアドレスが違います"),)
