"""What every form of the shop is read from: a form that was sent as one."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto


class ShopForm(FlaskForm):
    """Neither JSON nor files are read into fields; they would bring values that are no text."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            if formdata is not _Auto:
                return formdata
            return (form.is_submitted() and request.form) or None


class PressForm(ShopForm):
    """A button alone."""
