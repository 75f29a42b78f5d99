"""Placing: one confirmation key, one order, all of it in one transaction."""

import secrets
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storefront import clock
from storefront.cart.models import CartLine
from storefront.catalogue import stock
from storefront.catalogue.stock import SoldOut
from storefront.checkout import journey as journeys
from storefront.checkout.fitting import misfits
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.extensions import db, transaction
from storefront.orders import ledger, numbers
from storefront.orders.models import Order, OrderEvent, OrderLine
from storefront.outbox import rows
from storefront.payments import methods
from storefront.verification import challenges


class Changed(Exception):
    """Something of the offer is not as the shopper saw it: show the confirmation again."""


@dataclass(frozen=True)
class Snapshot:
    """What the shopper read and agreed to, in the language it was read in."""

    locale: str
    names: dict[str, str]  # sku to product name
    options: dict[str, str]  # sku to the words of its options
    texts: dict[str, Any]
    screens: dict[str, Any]


def hold_stock(journey: Journey) -> None:
    """Keep the pieces of the offer for this shopper; raises SoldOut."""
    with transaction():
        stock.release_expired()
        stock.hold(journey.checkout.cart_id, journey.offer.stock)


def place(journey: Journey, key: str, snapshot: Snapshot) -> Order:
    """The order of this key, now or earlier. Raises Changed or SoldOut and then changes nothing."""
    checkout_id, cart_id = journey.checkout.id, journey.checkout.cart_id
    try:
        with transaction():
            order = _find(key) or _place(checkout_id, cart_id, key, snapshot)
            order_id = order.id
    except IntegrityError:  # another request placed it between our look and our write
        order_id = None
    placed = db.session.get(Order, order_id) if order_id else _find(key)
    if placed is None:
        raise Changed
    rows.kick()
    return placed


def _find(key: str) -> Order | None:
    return db.session.scalar(sa.select(Order).where(Order.key == key))


def _place(checkout_id: str, cart_id: str, key: str, snapshot: Snapshot) -> Order:
    checkout = db.session.get(Checkout, checkout_id, populate_existing=True)
    if checkout is None:
        raise Changed
    journey = journeys.load(checkout, cart_id)
    if journey.key != key or misfits(journey) or journey.needs_code:
        raise Changed
    stock.release_expired()
    stock.spend(cart_id, journey.offer.stock)
    challenge = journey.challenge
    if challenge and not challenges.consume(challenge.id):
        raise Changed
    order = _write(journey, key, snapshot, challenge.id if challenge else None)
    db.session.execute(sa.delete(CartLine).where(CartLine.cart_id == cart_id))
    checkout.order_token, checkout.typed, checkout.answered = order.token, None, None
    return order


def _write(journey: Journey, key: str, snapshot: Snapshot, challenge_id: str | None) -> Order:
    method, answers, offer = journey.method, journey.answers, journey.offer
    if method is None or answers is None:
        raise Changed
    now = clock.now()
    order = Order(
        number=numbers.new_number(),
        token=secrets.token_urlsafe(32),
        key=key,
        checkout_id=journey.checkout.id,
        challenge_id=challenge_id,
        locale=snapshot.locale,
        placed_at=now,
        payment_status=methods.kind_of(method).first_state,
        payment_code=method.code,
        customer=answers.dump(),
        texts=snapshot.texts,
        screens=snapshot.screens,
        goods=offer.goods,
        shipping=offer.shipping,
        fee=offer.fee,
        total=offer.total,
        lines=[
            OrderLine(
                variant_id=line.variant_id,
                sku=line.sku,
                name=snapshot.names[line.sku],
                option=snapshot.options[line.sku],
                price=line.price,
                quantity=line.quantity,
                tax=line.rate,
            )
            for line in offer.lines
        ],
        events=[OrderEvent(at=now, event="placed")],
    )
    db.session.add(order)
    db.session.flush()
    ledger.record_sale(order, offer.taxes, now)
    rows.add("order-mail", order.id)
    return order


__all__ = ["Changed", "Snapshot", "SoldOut", "hold_stock", "place"]
