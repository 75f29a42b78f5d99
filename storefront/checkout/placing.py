"""Placing an order: one confirmation key gives one order, written in one transaction."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.catalogue.stock import SoldOut
from storefront.checkout import holds, order_limits, store
from storefront.checkout import journey as journeys
from storefront.checkout.journey import Journey
from storefront.checkout.offer import Offer
from storefront.checkout.order_limits import TooManyOrders
from storefront.checkout.validation import problems
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, numbers
from storefront.orders.models import Order, OrderEvent, OrderLine
from storefront.orders.payment_events import apply_payment_event
from storefront.outbox import outbox
from storefront.payments import hosted_sessions, methods
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.payments.status import PaymentEvent
from storefront.ports.deferred_credit import OrderNumbers
from storefront.ports.payments import Outcome
from storefront.verification import challenges
from storefront.verification.models import Challenge


class Changed(Exception):
    """The offer is not what the shopper saw: show the confirmation again."""


@dataclass(frozen=True)
class Snapshot:
    """What the shopper read and agreed to, in the language it was read in."""

    locale: str
    names: dict[str, str]  # sku to product name
    options: dict[str, str]  # sku to the words of its options
    texts: dict[str, Any]
    screens: dict[str, Any]


@dataclass(frozen=True)
class Paid:
    """What came of a visit to a hosted page: paid, or a number to pay by."""

    visit: HostedSession
    outcome: Outcome
    number: str | None = None


def place(
    journey: Journey,
    key: str,
    snapshot: Snapshot,
    paid: Paid | None = None,
    address: str | None = None,
) -> Order:
    """The order of this confirmation key: placed now, or found where the key was sent before.

    address is the shopper's internet address, None where no shopper is at the shop. paid is what
    came of a hosted page. Raises Changed, SoldOut or TooManyOrders, and changes nothing then.
    """
    try:
        with transaction(of=carts.name_of(journey.checkout.cart_id)):
            order = _place(journey.checkout.id, key, snapshot, paid, address)
    except (Changed, IntegrityError):  # another request may have placed it before
        placed = db.session.scalar(sa.select(Order).where(Order.key == key))
        if placed is None:
            raise Changed from None
        order = placed
    outbox.wake_worker()
    return order


def _place(
    checkout_id: str,
    key: str,
    snapshot: Snapshot,
    paid: Paid | None,
    address: str | None,
) -> Order:
    checkout = store.find(checkout_id)
    if checkout is None or checkout.order_token:
        raise Changed
    journey = journeys.load(checkout, checkout.cart_id)
    if key not in journey.keys or problems(journey) or _is_unready(journey, paid):
        raise Changed
    order_limits.spend(journey, address)
    holds.spend(journey)
    challenge = journey.challenge
    if challenge and not challenges.consume(challenge.id):
        raise Changed
    order = write(journey, key, snapshot, challenge, paid)
    if paid:
        _settle(order, paid)
    db.session.execute(sa.delete(CartLine).where(CartLine.cart_id == checkout.cart_id))
    checkout.order_token, checkout.typed, checkout.answered = order.token, None, None
    return order


def _is_unready(journey: Journey, paid: Paid | None) -> bool:
    """Whether something is still to be proven, approved or paid before the order can stand."""
    if paid is None and (journey.is_hosted or not journey.shop.is_open):
        return True  # what is paid already is sold, though the shop has closed meanwhile
    return journey.needs_code or journey.needs_credit


def _settle(order: Order, paid: Paid) -> None:
    """The visit is used up by its order: of two at once the second finds it settled."""
    if not hosted_sessions.settle_visit(paid.visit, paid.outcome):
        raise Changed
    visit = paid.visit
    used = sa.update(HostedSession).where(HostedSession.token == visit.token)
    db.session.execute(used.values(order_id=order.id, number=paid.number, snapshot=None))
    if paid.outcome is Outcome.PAID:
        apply_payment_event(
            order, PaymentEvent.PAID, is_told=False
        )  # the order's own mail follows at once


def _numbers(journey: Journey, challenge: Challenge | None) -> OrderNumbers | None:
    """Those of the credit that the order stands on; None where it stands on none."""
    if challenge is None or journey.credit is None:
        return None
    claimed = journey.credit.claim(challenge.reference or "")
    if claimed is None:
        raise Changed
    return claimed


def write(
    journey: Journey,
    key: str,
    snapshot: Snapshot,
    challenge: Challenge | None,
    paid: Paid | None,
) -> Order:
    """The rows of a journey's order, inside the caller's transaction; raises Changed where there
    is no method or no answer."""
    method, answers, offer = journey.method, journey.answers, journey.offer
    if method is None or answers is None:
        raise Changed
    now = clock.now()
    claimed = None if paid else _numbers(journey, challenge)
    order = Order(
        number=paid.visit.order_number if paid else _number(claimed),
        payment_reference=claimed.reference if claimed else None,
        contract=claimed.contract if claimed else None,
        token=secrets.token_urlsafe(32),
        key=key,
        checkout_id=journey.checkout.id,
        challenge_id=challenge.id if challenge else None,
        locale=snapshot.locale,
        placed_at=now,
        payment_status=methods.kind_of(method).first_state,
        payment_code=method.code,
        is_test=_is_test(journey, claimed),
        pay_by=_last_day(method),
        customer=answers.dump(),
        texts=snapshot.texts,
        screens=snapshot.screens,
        goods=offer.goods,
        shipping=offer.shipping,
        fee=offer.fee,
        total=offer.total,
        events=[OrderEvent(at=now, event="placed")],
    )
    db.session.add(order)
    db.session.flush()  # gives the order its id
    db.session.execute(sa.insert(OrderLine), _lines(order, offer, snapshot))
    ledger.record_sale(order, offer.taxes, now)
    outbox.add("order-mail", order.id)
    return order


def _number(claimed: OrderNumbers | None) -> str:
    return claimed.number if claimed else numbers.new_number()


def _is_test(journey: Journey, claimed: OrderNumbers | None) -> bool:
    credit = journey.credit
    return credit is not None and claimed is not None and credit.is_test_order(claimed)


def _last_day(method: PaymentMethod) -> date | None:
    """For its money, where it ends by itself without."""
    if not methods.kind_of(method).waits:
        return None
    return clock.today() + timedelta(days=method.days_to_pay)


def _lines(order: Order, offer: Offer, snapshot: Snapshot) -> list[dict[str, object]]:
    return [
        {
            "order_id": order.id,
            "variant_id": line.variant_id,
            "sku": line.sku,
            "name": snapshot.names[line.sku],
            "option": snapshot.options[line.sku],
            "price": line.price,
            "quantity": line.quantity,
            "tax": line.rate,
        }
        for line in offer.lines
    ]


__all__ = ["Changed", "Snapshot", "SoldOut", "TooManyOrders", "place"]
