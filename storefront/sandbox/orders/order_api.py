"""POST /sandbox/orders: an order in the state that a test begins with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort

from storefront.cart import carts
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
from storefront.sandbox import head_starts, schemas
from storefront.sandbox.orders import order_events, order_factory
from storefront.sandbox.orders.order_factory import NotPlaced, Wishes
from storefront.worker import periodic_tasks

Body = dict[str, Any]
TEXTS = {"state", "payment", "payment_state", "tel", "email", "lang"}
ANSWERS = {"name", "delivery_date", "delivery_method", "note"}  # as on the order form
KNOWN = {*TEXTS, *ANSWERS, "items", "age_days"}
LONGEST = {"name": 60, "note": 500}  # characters
MOST_TEXT = 254
OLDEST = 365  # days
DAY = 86_400  # seconds
REFUSED = (NotNow, NotPaid, GatewayRefused, GatewayUnavailable, GatewayUnknown)
USUAL = "kuroneko_smartphone"


@dataclass(frozen=True)
class Wanted:
    """What a program asks for, well-formed; empty where it leaves something to the shop."""

    state: str
    payment: str
    payment_state: str
    tel: str
    email: str
    wishes: Wishes
    age_days: int


def make(body: Body) -> Body:
    """Place an order and bring it into the state that the body asks for; gives number, status_url
    and pay_url, which is null where there is nothing to pay by."""
    wanted = _read(body)
    order = _placed(wanted)
    periodic_tasks.run_due()
    if wanted.age_days:
        head_starts.advance(order.checkout_id, wanted.age_days * DAY)
        periodic_tasks.tidy_up()
        periodic_tasks.run_due()
    db.session.refresh(order)
    _refuse_another(order, wanted)
    asked = order.request
    return {
        "number": order.number,
        "status_url": status_url(order),
        "pay_url": emails.pay_url(order, asked) if asked else None,
    }


def _placed(wanted: Wanted) -> Order:
    try:
        order = order_factory.place(wanted.payment, wanted.tel, wanted.email, wanted.wishes)
    except NotPlaced as why:
        abort(409, f"payment: {why}")
    try:
        _bring(order, wanted.state, wanted.payment_state)
    except REFUSED as why:
        words = f"{wanted.state} and {wanted.payment_state}"
        abort(400, f"state: an order by {wanted.payment} cannot be {words} ({why})")
    return order


def _refuse_another(order: Order, wanted: Wanted) -> None:
    """What was asked for may be what no order comes to, or what none stays."""
    words = f"{wanted.state}, {wanted.age_days} days old, it is"
    if order.status != wanted.state:
        abort(400, f"state: {words} {order.status}")
    if wanted.payment_state and order.payment_status != wanted.payment_state:
        never = f"an order by {wanted.payment} is not {wanted.payment_state}"
        abort(400, f"payment_state: {never}: {words} {order.payment_status}")


def _read(body: Body) -> Wanted:
    if unknown := body.keys() - KNOWN:
        abort(400, f"{', '.join(sorted(unknown))}: not known here")
    texts = {name: body[name] for name in body.keys() & {*TEXTS, *ANSWERS}}
    for name, value in texts.items():
        if not isinstance(value, str) or len(value) > LONGEST.get(name, MOST_TEXT):
            abort(400, f"{name}: a text of at most {LONGEST.get(name, MOST_TEXT)} characters")
    return Wanted(
        _one_of("state", texts.get("state", ""), list(OrderStatus)),
        _one_of("payment", texts.get("payment", USUAL), list(KINDS)),
        _one_of("payment_state", texts.get("payment_state", ""), ["", *PaymentState]),
        _tel(texts.get("tel", "")),
        _email(texts.get("email", "")),
        _wishes(texts, body.get("items")),
        _whole("age_days", body.get("age_days", 0), 0, OLDEST),
    )


def _tel(typed: str) -> str:
    tel = phones.national(typed) if typed else ""
    if tel is None:
        abort(400, "tel: a phone number")
    return tel


def _email(typed: str) -> str:
    email = read_address(typed)
    if email and not is_address(email):
        abort(400, "email: an address like name@example.com")
    return email


def _wishes(texts: Body, items: object) -> Wishes:
    lang = _one_of("lang", texts.get("lang", "ja"), ["ja", "en"])
    answers = {name: texts[name] for name in ANSWERS if texts.get(name)}
    _day(answers.get("delivery_date", ""))
    return Wishes(_items(items), answers, lang)


def _day(text: str) -> None:
    try:
        date.fromisoformat(text or "2026-01-31")
    except ValueError:
        abort(400, "delivery_date: a day such as 2026-01-31")


def _items(items: object) -> dict[str, int]:
    if items is None:
        return dict(order_factory.A_YUNOMI)
    if not isinstance(items, dict) or not items:
        abort(400, 'items: pieces by SKU, such as {"yunomi": 2, "indigo-tote-s": 1}')
    return {sku: _whole(f"items: {sku}", count, 1, carts.MOST) for sku, count in items.items()}


def _whole(name: str, value: object, least: int, most: int) -> int:
    number = schemas.whole(value)
    if number is None or not least <= number <= most:
        abort(400, f"{name}: a whole number from {least} to {most}")
    return number


def _one_of(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        abort(400, f"{name}: one of {', '.join(one for one in known if one)}")
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
