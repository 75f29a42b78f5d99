"""Rendering a screen: one template for the whole page and for the part that HTMX swaps."""

import re
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from jinja2.ext import Extension
from wtforms import Field

SHOWN_AGAIN = "storefront.shown_again"  # marks the environ of a form that its sender sees again


class Unindented(Extension):
    """Leaves the room before the tags of a page to whoever reads the template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        is_page = name is not None and name.endswith(".html")
        return re.sub(r"^[ \t]+(?=[<{])", "", source, flags=re.MULTILINE) if is_page else source


def page(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    if SHOWN_AGAIN in request.environ:
        status = 200
    return render_template(template, status=status, **context), status


def errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """Field and message of each error, in the order of the screen; the token is no field.

    A field that was given a name (in words of every language) is named before its message.
    """
    return [
        (name, str(field.errors[0]) if _is_nameless(field) else named(field, field.errors[0]))
        for name, field in form._fields.items()
        if field.errors and name != "csrf_token"
    ]


def named(field: Field, text: object) -> str:
    """An error as the summary says it, which stands apart from the field."""
    return _("%(field)s: %(fault)s", field=field.label.text, fault=text)


def _is_nameless(field: Field) -> bool:
    """WTForms then makes a name up of the attribute's, which is plain text."""
    return isinstance(field.label.text, str)


def has_old_token(form: FlaskForm) -> bool:
    """The page was open for too long or came from elsewhere: a fresh one works."""
    return "csrf_token" in form.errors and SHOWN_AGAIN not in request.environ
