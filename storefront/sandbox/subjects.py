"""Which checkout a program means: it names the checkout, its order or its phone number."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort

from storefront.checkout.models import Checkout
from storefront.core import phones
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.numbers import tidy_number
from storefront.sandbox.models import SandboxHeadStart
from storefront.verification.models import Challenge

NEWEST = 500  # checkouts, and as many orders, that are looked through: each is sealed
NAMED_ONCE = 'Name one of "checkout", "order" and "tel", as a text'


def are_named(body: Mapping[str, object]) -> bool:
    """Whether the body names a checkout, an order or a phone number."""
    return any(name in body for name in FINDERS)


def checkout_in(body: Mapping[str, object]) -> str:
    """The id of the checkout that is named; raises 4xx with a sentence."""
    names = [name for name in FINDERS if name in body]
    value = body[names[0]] if len(names) == 1 else None
    if not isinstance(value, str):
        abort(400, NAMED_ONCE)
    found = FINDERS[names[0]](value)
    if found is None:
        abort(404, f"{names[0]}: the shop knows no checkout of it")
    return found


def read(typed: str) -> dict[str, str]:
    """What a person typed, a phone number or the number of an order, as programs name it."""
    return {"tel": typed} if phones.national(typed) else {"order": typed}


def _by_id(checkout_id: str) -> str | None:
    """An order outlives its checkout, and its checkout's id with it."""
    for column in (Checkout.id, Challenge.checkout_id, Order.checkout_id):
        if db.session.scalar(sa.select(column).where(column == checkout_id).limit(1)):
            return checkout_id
    return None


def _by_order(number: str) -> str | None:
    mine = sa.select(Order.checkout_id).where(Order.number == tidy_number(number))
    return db.session.scalar(mine)


def _by_tel(typed: str) -> str | None:
    """The newest checkout or order of this number."""
    number = phones.national(typed)
    if number is None:
        abort(400, "tel: a phone number")
    moved = sa.select(SandboxHeadStart.checkout_id, SandboxHeadStart.seconds)
    ahead = dict(db.session.execute(moved).all())
    mine = [
        (at + timedelta(seconds=ahead.get(checkout_id, 0)), checkout_id)
        for checkout_id, at, details in (*_checkouts(), *_orders())
        if number in numbers_in(details)
    ]
    return max(mine)[1] if mine else None


def numbers_in(details: Mapping[str, Any]) -> set[str]:
    """The numbers of an order form that may get a text."""
    return {details.get("tel") or "", details.get("sms_tel") or ""} - {""}


def _checkouts() -> Iterator[tuple[str, datetime, Mapping[str, Any]]]:
    newest = sa.select(Checkout.id, Checkout.touched_at, Checkout.answered)
    newest = newest.where(Checkout.order_token.is_(None))
    for row in db.session.execute(newest.order_by(Checkout.touched_at.desc()).limit(NEWEST)):
        yield row[0], row[1], row[2] or {}


def _orders() -> Iterator[tuple[str, datetime, Mapping[str, Any]]]:
    newest = sa.select(Order.checkout_id, Order.placed_at, Order.customer)
    for row in db.session.execute(newest.order_by(Order.id.desc()).limit(NEWEST)):
        yield row[0], row[1], row[2]


FINDERS: dict[str, Callable[[str], str | None]] = {
    "checkout": _by_id,
    "order": _by_order,
    "tel": _by_tel,
}
