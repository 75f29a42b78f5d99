"""Where a shopper cancels an order: asked on a page of its own, done by one press of several."""

from contextlib import suppress

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from storefront.catalogue.pictures import pictures
from storefront.core.extensions import db, limiter
from storefront.core.polling import looks
from storefront.orders import fulfilment, receipt, wording
from storefront.orders.fulfilment import NotNow, StillAsked
from storefront.orders.models import Order
from storefront.orders.queries import lookup
from storefront.orders.screens import unknown
from storefront.orders.status import OrderStatus, Transition, can
from storefront.orders.web import bp
from storefront.ports.payments import NO_ANSWER
from storefront.shop import profile
from storefront.web.forms import PressForm
from storefront.web.rendering import page


@bp.get("/<token>/cancel")
def ask(token: str) -> ResponseReturnValue:
    order = lookup.by_token(token)
    if order is None:
        return unknown()
    is_over = order.status == OrderStatus.CANCELLED or fulfilment.is_being_cancelled(order)
    return _leave(order) if is_over else _question(order)


@bp.post("/<token>/cancel")
@limiter.limit("20 per 10 minutes")
def cancel(token: str) -> ResponseReturnValue:
    order = lookup.by_token(token)
    if order is None:
        return unknown()
    if not PressForm().validate():
        return _question(order, 422, old_token=True)
    problem = _cancel(order)
    return _question(order, 422, wording.not_cancelled()[problem]) if problem else _leave(order)


def _cancel(order: Order) -> str:
    """Why it is not cancelled, by a key of the words for it; empty where it is or soon will be.

    A second press waits for the first and finds what that one did; one that meets a payment sees
    to the paid order. Waits 13 seconds at most: a browser gives up at 15.
    """
    for _look in looks():
        db.session.refresh(order)
        if order.status == OrderStatus.CANCELLED or fulfilment.is_being_cancelled(order):
            return ""
        if not can(order.status, Transition.CANCEL_BY_SHOPPER):
            return "too-late"
        try:
            with suppress(NotNow):
                fulfilment.cancel_by_shopper(order)
                return ""
        except StillAsked:
            return ""  # the page of the order says so
        except NO_ANSWER:
            return "unanswered"
    return "busy"


def _leave(order: Order) -> ResponseReturnValue:
    return redirect(url_for("orders.status", token=order.token), 303)


def _question(
    order: Order, status: int = 200, problem: str = "", *, old_token: bool = False
) -> ResponseReturnValue:
    return page(
        "orders/cancel.html",
        status,
        order=order,
        can_cancel=can(order.status, Transition.CANCEL_BY_SHOPPER),
        pictures=pictures.of_variants(line.variant_id for line in order.lines),
        taxes=receipt.taxes_of(order),
        money=wording.before_cancelling(order),
        problem=problem,
        old_token=old_token,
        here=f"/orders/{order.token}/cancel",
        shop=profile.shop(),
    )
