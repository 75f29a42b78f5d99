"""What the forms of the owner's side have in common."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from storefront.core.japanese import half_width
from storefront.ports.mail import read_address
from storefront.web.forms import ShopForm

LONGEST_LINE = 254


class AdminForm(ShopForm):
    """A form that checks its own CSRF token, so that an old page is answered with everything that
    was typed."""


def line(value: Any) -> str:
    """A filter: one line of text without space around it; what is longer is told, not cut."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def plain(value: Any) -> str:
    """A filter: what machines read (a day, a number, a code), typed in any width."""
    return half_width(line(value))


def mail_address(value: Any) -> str:
    """A filter: a mail address, typed in any width."""
    return read_address(line(value))


def text(value: Any) -> str:
    """A filter: several lines, with one kind of line end."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def raw(value: Any) -> str:
    """A filter: as it was typed, for passwords."""
    return value if isinstance(value, str) else ""


def given(message: object) -> Any:
    """A validator for a field that must not be empty, with its message."""

    def check(_form: AdminForm, field: Field) -> None:
        if not field.data:
            raise ValidationError(message)

    return check


def at_most(characters: int) -> Any:
    """A validator for at most so many characters."""

    def check(_form: AdminForm, field: Field) -> None:
        if len(field.data or "") > characters:
            raise ValidationError(_l("%(n)s文字以内で入力してください", n=characters))

    return check
