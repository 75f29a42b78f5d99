"""The page of one order: what it is, what happened to it, and what may be done with it."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only, proven
from storefront.admin.forms import AdminForm
from storefront.admin.orders import actions, bp, detail_screen, wording
from storefront.admin.orders.access import leave_to_show, of_number
from storefront.admin.orders.actions import ACTIONS
from storefront.admin.orders.forms import NoteForm, PressForm
from storefront.bulk import action_errors
from storefront.core.extensions import transaction
from storefront.orders.models import Order


@bp.get("/<number>")
@of_number
def show(order: Order) -> ResponseReturnValue:
    return detail_screen.show(order)


@bp.post("/<number>/show")
@of_number
def reveal(order: Order) -> ResponseReturnValue:
    """Show phone, mail address and full address for a few minutes, and note in the audit log who
    did."""
    form = PressForm()
    if not form.validate():
        return detail_screen.show(order, form)
    audit.record("order.show-person", order.number)
    return _back(order, shown=leave_to_show(order))


@bp.post("/<number>/note")
@of_number
def keep_note(order: Order) -> ResponseReturnValue:
    """What it says stays out of the audit log: it may be about a person."""
    form = NoteForm()
    if not form.validate():
        return detail_screen.show(order, form, "note")
    before = len(order.staff_note or "")
    with transaction():
        order.staff_note = str(form.note.data) or None
        lengths = {"characters": before}, {"characters": len(str(form.note.data))}
        audit.record("order.note", order.number, *lengths)
    flash(_("メモを保存しました"))
    return _back(order)


@bp.post("/<number>/do/<code>")
@of_number
def act(order: Order, code: str) -> ResponseReturnValue:
    """Do an action with the order; one that would refund it is asked for once more."""
    if code not in ACTIONS or ACTIONS[code].takes_money:
        abort(404)
    if actions.gives_money_back(order, code):  # it was paid after the page was opened
        paid = _("入金がありました。返金になることを確かめて、もう一度押してください")
        return detail_screen.show(order, PressForm(), code, paid)
    return _do(order, code)


@bp.post("/<number>/refund/<code>")
@owner_only
@proven
@of_number
def act_with_refund(order: Order, code: str) -> ResponseReturnValue:
    """Do an action that refunds the order."""
    if code not in ACTIONS or not ACTIONS[code].gives_back:
        abort(404)
    return _do(order, code)


@bp.post("/<number>/paid")
@proven
@of_number
def confirm_money(order: Order) -> ResponseReturnValue:
    """Note money that was found on the shop's account."""
    return _do(order, "paid")


@bp.post("/<number>/given-back")
@owner_only
@proven
@of_number
def confirm_given_back(order: Order) -> ResponseReturnValue:
    """Note money that was sent to the shopper by hand."""
    return _do(order, "given-back")


def _do(order: Order, code: str) -> ResponseReturnValue:
    action = ACTIONS[code]
    form = action.form()
    if not form.validate():
        return detail_screen.show(order, form, code)
    before = _standing(order)
    refused = action_errors.attempt(lambda: action.act(order, form))
    if refused:
        return detail_screen.show(order, form, code, wording.refusal(refused, order.payment_code))
    audit.record(f"order.{code}", order.number, before, _standing(order) | _told(form, action.told))
    flash(detail_screen.done(code, order))
    return _back(order)


def _standing(order: Order) -> dict[str, Any]:
    return {
        "status": order.status,
        "payment": order.payment_status,
        "yen": order.owed,
    }


def _told(form: AdminForm, names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(form[name].data) for name in names}


def _back(order: Order, **more: Any) -> ResponseReturnValue:
    return redirect(url_for(".show", number=order.number, **more), 303)
