"""The list of delivery methods, the form of each, and the days of rest."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.delivery import screens
from storefront.admin.delivery.forms import MethodForm, RestForm
from storefront.admin.forms import AdminForm
from storefront.shipping.models import DeliveryMethod
from storefront.shop import delivery_settings, profile
from storefront.shop.delivery_settings import CodeTaken, LastMethod

bp = Blueprint("delivery", __name__, url_prefix="/settings/delivery")


@bp.get("")
@owner_only
def listing() -> ResponseReturnValue:
    return screens.listing()


@bp.get("/new")
@owner_only
def new() -> ResponseReturnValue:
    form = MethodForm(formdata=None)
    form.show(None)
    return screens.method_form(form, None)


@bp.post("/new")
@owner_only
def add() -> ResponseReturnValue:
    form = MethodForm()
    form.is_new = True
    form.read_fees(request.form)
    if not form.validate():
        return screens.method_form(form, None, 422)
    try:
        method = delivery_settings.add(str(form.code.data), form.terms())
    except CodeTaken:
        form.code.errors = (_("この記号はすでに使われています。別の記号にしてください"),)
        return screens.method_form(form, None, 422)
    audit.record("delivery-method.add", method.code, after=form.terms())
    flash(_("登録しました"))
    return redirect(url_for(".listing"), 303)


@bp.get("/rest")
@owner_only
def rest() -> ResponseReturnValue:
    form = RestForm(formdata=None)
    form.show(profile.shop().calendar)
    return screens.rest(form)


@bp.post("/rest")
@owner_only
def keep_rest() -> ResponseReturnValue:
    form = RestForm()
    if not form.validate():
        return screens.rest(form, 422)
    before, calendar = profile.shop().calendar, form.calendar()
    delivery_settings.keep_calendar(calendar)
    told = audit.changes(before.dump(), calendar.dump())
    audit.record("delivery.rest", before=told["before"], after=told["after"])
    flash(_("登録しました"))
    return redirect(url_for(".rest"), 303)


@bp.get("/<code>")
@owner_only
def edit(code: str) -> ResponseReturnValue:
    method = _found(code)
    form = MethodForm(formdata=None, obj=method)
    form.show(method)
    return screens.method_form(form, method)


@bp.post("/<code>")
@owner_only
def save(code: str) -> ResponseReturnValue:
    method, form = _found(code), MethodForm()
    form.read_fees(request.form)
    if not form.validate():
        return screens.method_form(form, method, 422)
    before, after = delivery_settings.terms_of(method), form.terms()
    try:
        delivery_settings.change(code, after)
    except LastMethod:
        form.state.errors = (screens.last_method(),)
        return screens.method_form(form, _found(code), 422)
    told = audit.changes(before, after)
    audit.record("delivery-method.change", code, before=told["before"], after=told["after"])
    flash(_("登録しました"))
    return redirect(url_for(".listing"), 303)


@bp.post("/<code>/do")
@owner_only
def do(code: str) -> ResponseReturnValue:
    """The buttons of the list: publish, withdraw, move and delete."""
    method, action = _found(code), ACTIONS.get(request.form.get("do", ""))
    form = AdminForm()
    if not form.validate() or action is None:
        return screens.listing(422, old_token=True)
    try:
        action(method)
    except LastMethod:
        return screens.listing(422, screens.last_method())
    audit.record(f"delivery-method.{request.form['do']}", code)
    flash(_("変更しました"))
    return redirect(url_for(".listing"), 303)


ACTIONS: dict[str, Callable[[DeliveryMethod], None]] = {
    "publish": lambda method: delivery_settings.change(method.code, {"published": True}),
    "unpublish": lambda method: delivery_settings.change(method.code, {"published": False}),
    "up": lambda method: delivery_settings.move(method.code, -1),
    "down": lambda method: delivery_settings.move(method.code, 1),
}


def _found(code: str) -> DeliveryMethod:
    return delivery_settings.find(code) or abort(404)
