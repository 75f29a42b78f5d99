"""POST /sandbox/orders: an order in the state that a test begins with."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import abort

from storefront.core import phones
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.emails.content import status_url
from storefront.orders.fulfilment import NotNow, NotPaid
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.status import OrderStatus
from storefront.payment_requests import emails, lifecycle
from storefront.payments.kinds import KINDS, Time, kind_of_code
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.mail import is_address, read_address
from storefront.ports.payments import GatewayRefused, GatewayUnavailable, GatewayUnknown
from storefront.sandbox.orders import order_events, order_factory
from storefront.sandbox.orders.order_factory import NotPlaced
from storefront.worker import periodic_tasks

Body = dict[str, Any]
KNOWN = {"state", "payment", "payment_state", "tel", "email"}
REFUSED = (NotNow, NotPaid, GatewayRefused, GatewayUnavailable, GatewayUnknown)
USUAL = "kuroneko_smartphone"


def make(body: Body) -> Body:
    """Place an order and bring it into the state that the body asks for; gives number, status_url
    and pay_url, which is null where there is nothing to pay by."""
    state, payment, payment_state, tel, email = _read(body)
    try:
        order = order_factory.place(payment, tel, email)
    except NotPlaced as why:
        abort(409, f"payment: {why}")
    try:
        _bring(order, state, payment_state)
    except REFUSED as why:
        abort(400, f"state: an order by {payment} cannot be {state} and {payment_state} ({why})")
    periodic_tasks.run_due()
    db.session.refresh(order)
    if payment_state and order.payment_status != payment_state:
        words = f"{state} it is {order.payment_status}"
        abort(400, f"payment_state: an order by {payment} is never {payment_state}: {words}")
    asked = order.request
    return {
        "number": order.number,
        "status_url": status_url(order),
        "pay_url": emails.pay_url(order, asked) if asked else None,
    }


def _read(body: Body) -> tuple[str, str, str, str, str]:
    if unknown := body.keys() - KNOWN:
        abort(400, f"{', '.join(sorted(unknown))}: not known here")
    if any(not isinstance(value, str) for value in body.values()):
        abort(400, "Every value is a text")
    state = _one_of("state", body.get("state", ""), list(OrderStatus))
    payment = _one_of("payment", body.get("payment", USUAL), list(KINDS))
    wanted = body.get("payment_state", "")
    if wanted:
        _one_of("payment_state", wanted, list(PaymentState))
    tel = phones.national(body.get("tel", "")) if body.get("tel") else ""
    if tel is None:
        abort(400, "tel: a phone number")
    email = read_address(body.get("email", ""))
    if email and not is_address(email):
        abort(400, "email: an address like name@example.com")
    return state, payment, wanted, tel, email


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        abort(400, f"{name}: one of {', '.join(known)}")
    return value


def _bring(order: Order, state: str, payment_state: str) -> None:
    kind = kind_of_code(order.payment_code)
    is_paid_first = kind.time is Time.BEFORE and state not in {"placed", "cancelled"}
    if is_paid_first and order.payment_status == PaymentState.AWAITING:
        order_events.pay(order)
    for step in PATHS[OrderStatus(state)]:
        step(order)
        db.session.refresh(order)
    if payment_state and order.payment_status != payment_state:
        for pay in PAYMENTS.get(payment_state, []):
            pay(order)


def _overdue(order: Order) -> None:
    lifecycle.fall_overdue(order.id)


def _pay(order: Order) -> None:
    if order.payment_status != PaymentState.PAID:
        order_events.pay(order)


def _refund(order: Order) -> None:
    with transaction():
        apply_payment_event(order, PaymentEvent.REFUNDED)


Steps = list[Callable[[Order], None]]
SHIPPED: Steps = [fulfilment.prepare, order_events.ship]
PATHS: dict[OrderStatus, Steps] = {
    OrderStatus.PLACED: [],
    OrderStatus.PREPARING: [fulfilment.prepare],
    OrderStatus.SHIPPED: SHIPPED,
    OrderStatus.DELIVERED: [*SHIPPED, order_events.deliver],
    OrderStatus.CANCELLED: [fulfilment.cancel],
    OrderStatus.RETURNED: [*SHIPPED, fulfilment.take_back],
}
PAYMENTS: dict[str, Steps] = {
    PaymentState.OVERDUE: [_overdue],
    PaymentState.PAID: [_pay],
    PaymentState.REFUNDED: [_pay, _refund],
}
