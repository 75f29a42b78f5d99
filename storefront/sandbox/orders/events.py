"""Outside events that a program may play: reports, notices, parcels and payments."""

from collections.abc import Callable
from typing import Any

from flask import abort

from storefront.core.extensions import db
from storefront.orders.fulfilment import NotNow, NotPaid
from storefront.orders.models import Order
from storefront.ports.payments import GatewayRefused, GatewayUnavailable, GatewayUnknown
from storefront.ports.sms import Delivery
from storefront.sandbox.models import SandboxText
from storefront.sandbox.orders import order_events
from storefront.sandbox.phone import phone
from storefront.sandbox.yamato import judgement_notices

MOST_ID = 2**31  # what a column of numbers holds on both databases
Body = dict[str, Any]
REFUSED = (NotNow, NotPaid, GatewayRefused, GatewayUnavailable, GatewayUnknown)


def play(body: Body) -> Body:
    """Let an event happen and say what became of it, as JSON; an event that cannot happen raises
    4xx with a sentence."""
    kind = body.get("event")
    if not isinstance(kind, str) or kind not in EVENTS:
        abort(400, f"event: one of {', '.join(EVENTS)}")
    return EVENTS[kind](body)


def _report(body: Body) -> Body:
    known = sorted((Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED))
    status, id_ = body.get("status"), body.get("message")
    if status not in known:
        abort(400, f"status: one of {', '.join(known)}")
    is_number = isinstance(id_, int) and not isinstance(id_, bool) and abs(id_) < MOST_ID
    message = db.session.get(SandboxText, id_) if is_number else None
    if message is None:
        abort(404, "message: the id of a text on the sandbox phone")
    phone.report(message, Delivery(status))
    if message.provider == phone.YAMATO and status == Delivery.UNDELIVERED:
        judgement_notices.lose(message)
    return {"message": message.id, "status": status}


def _of_order(happening: Callable[[Order], None]) -> Callable[[Body], Body]:
    def happen(body: Body) -> Body:
        number = body.get("order")
        order = order_events.by_number(number) if isinstance(number, str) else None
        if order is None:
            abort(404, "order: the number of an order")
        try:
            happening(order)
        except REFUSED as refused:
            abort(409, f"order: {str(refused) or type(refused).__name__}")
        return {
            "order": order.number,
            "status": order.status,
            "payment_status": order.payment_status,
        }

    return happen


EVENTS: dict[str, Callable[[Body], Body]] = {
    "delivery-report": _report,
    "kuroneko-notice": judgement_notices.play,
    "shipped": _of_order(order_events.ship),
    "delivered": _of_order(order_events.deliver),
    "paid": _of_order(order_events.pay),
}
