"""The list of payment methods, and what is done from it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.payment_methods import bp, choices, wording
from storefront.admin.payment_methods.forms import YES, KindForm, PressForm
from storefront.admin.plugin import plugins
from storefront.checkout import store
from storefront.orders.queries.payment_use import is_used
from storefront.payments import method_settings, methods, publishing, requirements
from storefront.payments.kinds import KINDS
from storefront.payments.method_settings import InUse
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import NotPublishable
from storefront.ports.plugin import Place
from storefront.ports.registry import providers
from storefront.web.rendering import errors_of, has_old_token, page


def back() -> ResponseReturnValue:
    """Redirect to the list."""
    return redirect(url_for("admin.payment_methods.listing"), 303)


def with_method(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Gives the view the method that its address names, or answers 404."""

    @wraps(view)
    def found(code: str) -> ResponseReturnValue:
        method = method_settings.find(code)
        return view(method) if method and method.kind in KINDS else abort(404)

    return found


@bp.get("")
@owner_only
def listing() -> ResponseReturnValue:
    return show_list(KindForm(formdata=None))


@bp.post("")
@owner_only
def choose_kind() -> ResponseReturnValue:
    """Lead to the form of a new method of this kind; 422 where the kind has no room for another."""
    form = KindForm()
    if not form.validate():
        return show_list(form, 422)
    kind = KINDS.get(form.type.data or "")
    if kind is None:
        form.type.errors = (_("追加する種類を選択してください"),)
        return show_list(form, 422)
    if not method_settings.may_register(kind):
        form.type.errors = (wording.already(),)
        return show_list(form, 422)
    return redirect(url_for("admin.payment_methods.new", type=kind.code), 303)


def show_list(form: KindForm, status: int = 200, refusal: list[str] | None = None) -> Any:
    """The list, with what each method lacks; refusal is why a press changed nothing."""
    known, stands = method_settings.all_methods(), requirements.standing()
    missing = {one.code: wording.all_missing(publishing.missing(one, stands)) for one in known}
    return page(
        "admin/payment_methods/listing.html",
        status,
        form=form,
        errors=[*errors_of(form), *(("methods", one) for one in refusal or [])],
        old_token=has_old_token(form),
        known=known,
        missing=missing,
        is_any_on_offer=any(one.published and not missing[one.code] for one in known),
        kinds=choices.kinds(known),
        kind_of=methods.kind_of,
        most_of=methods.most_of,
        notes=providers().notes(Place.METHOD_KINDS),
        provider_pages=[one.entry for one in plugins()],
    )


@bp.post("/<code>/publish")
@owner_only
@with_method
def publish(method: PaymentMethod) -> ResponseReturnValue:
    """Put the method on offer; 422 with what it lacks."""
    require_fresh_token()
    try:
        publishing.publish(method.code)
    except NotPublishable as refused:
        return show_list(KindForm(formdata=None), 422, refusal=wording.all_missing(refused.missing))
    audit.record("payment-method.publish", method.code, {"published": False}, {"published": True})
    flash(_("「%(name)s」を公開しました", name=method.name))
    return back()


@bp.post("/<code>/unpublish")
@owner_only
@with_method
def unpublish(method: PaymentMethod) -> ResponseReturnValue:
    """Take the method off the offer; a second press where shoppers have just chosen it."""
    require_fresh_token()
    form, count = PressForm(), store.holding(method.code)
    if count and form.confirmed.data != YES:
        return _confirm(method, "unpublish", count)
    publishing.unpublish(method.code)
    audit.record("payment-method.unpublish", method.code, {"published": True}, {"published": False})
    flash(_("「%(name)s」を非公開にしました", name=method.name))
    return back()


@bp.post("/<code>/up")
@owner_only
@with_method
def up(method: PaymentMethod) -> ResponseReturnValue:
    return _move(method, -1)


@bp.post("/<code>/down")
@owner_only
@with_method
def down(method: PaymentMethod) -> ResponseReturnValue:
    return _move(method, 1)


def _move(method: PaymentMethod, by: int) -> ResponseReturnValue:
    require_fresh_token()
    method_settings.move(method.code, by)
    audit.record("payment-method.move", method.code, after={"by": by})
    flash(_("表示順を変更しました"))
    return back()


@bp.post("/<code>/delete")
@owner_only
@with_method
def delete(method: PaymentMethod) -> ResponseReturnValue:
    """Delete the method after a second press; refused where an order was placed by it."""
    require_fresh_token()
    if PressForm().confirmed.data != YES:
        return _confirm(method, "delete", store.holding(method.code))
    try:
        method_settings.remove(method.code, is_used)
    except InUse:
        flash(_("このお支払い方法のご注文があるため、削除できません。非公開にしてください"))
        return back()
    audit.record("payment-method.delete", method.code, {"name": method.name})
    flash(_("「%(name)s」を削除しました", name=method.name))
    return back()


def _confirm(method: PaymentMethod, action: str, count: int) -> ResponseReturnValue:
    """The same button once more, under what it will do to those who are just ordering."""
    return page(
        "admin/payment_methods/confirm.html",
        422,
        method=method,
        action=action,
        holders=wording.holders(count) if count else "",
        count=count,
    )
