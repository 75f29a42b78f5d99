"""Looking an order up."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from storefront.core import japanese
from storefront.ports.mail import read_address
from storefront.web.forms import ShopForm

LONGEST_NAME = 60  # of a receipt: a company's, its department's and a person's


def scalar(value: Any) -> str:
    return value.strip()[:254] if isinstance(value, str) else ""


def _given(message: object) -> Any:
    def check(_form: ShopForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


def one_line(value: Any) -> str:
    return japanese.tidy(value) if isinstance(value, str) else ""


class ReceiptNameForm(ShopForm):
    """Whom a receipt is made out to; none where it is whoever ordered."""

    receipt_name = StringField(filters=[one_line])

    def validate_receipt_name(self, field: Field) -> None:
        if len(field.data) > LONGEST_NAME:
            raise ValidationError(_("宛名は%(n)s文字以内で入力してください", n=LONGEST_NAME))


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
