"""Erasure of the person in orders; number, days, amounts and tax stay for the books."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from storefront.bulk.models import BulkResult
from storefront.core import clock
from storefront.core.extensions import Base, db
from storefront.orders.details import OrderDetails
from storefront.orders.models import (
    OF_A_PERSON,
    Order,
    OrderCheck,
    PaymentRequest,
    SearchIndexEntry,
)
from storefront.payments.models import HostedSession
from storefront.ports.registry import providers
from storefront.privacy.person import Person

NOBODY = OrderDetails(*[""] * 8)


@dataclass(frozen=True)
class Gone:
    """Of what nobody may keep anything: a person, orders by every number that they are known by,
    and whatever happened before a moment."""

    person: Person | None = None
    numbers: frozenset[str] = frozenset()
    before: datetime | None = None


Eraser = Callable[[Gone], int]


def tell(gone: Gone) -> int:
    """Whoever else keeps something of persons, inside the caller's transaction; gives the rows
    that they erased."""
    erasers: list[Eraser] = current_app.extensions.get("erasers", [])
    return sum(erase_theirs(gone) for erase_theirs in erasers)


def erase(ids: Sequence[int], *which: sa.ColumnElement[bool]) -> list[Order]:
    """Those of these orders that are still so, inside the caller's transaction.

    They are locked first, so that what is asked of them is true until the transaction ends.
    """
    mine = Order.id.in_(ids) & OF_A_PERSON
    locked = sa.select(Order.id).where(mine).order_by(Order.id).with_for_update()
    db.session.scalars(locked).all()
    sealed = sa.update(Order).where(mine, *which).values(_blank()).returning(Order)
    orders = list(db.session.scalars(sealed, execution_options={"synchronize_session": False}))
    if orders:
        _erase_beside(orders)
    return orders


def _blank() -> dict[Any, Any]:
    """The confirmation's key is a digest of what was typed, and those of the screens are too."""
    return {
        Order.customer: NOBODY.dump(),
        Order.staff_note: None,
        Order.receipt_name: None,
        Order.screens: {},
        Order.key: sa.literal("erased-") + sa.cast(Order.id, sa.String),
        Order.challenge_id: None,
        Order.is_marked: True,
        Order.erased_at: clock.now(),
    }


def _erase_beside(orders: Sequence[Order]) -> None:
    ids = [order.id for order in orders]
    checkouts = [order.checkout_id for order in orders]
    for table in (SearchIndexEntry, OrderCheck):
        db.session.execute(sa.delete(table).where(table.order_id.in_(ids)))
    _clear(PaymentRequest, PaymentRequest.order_id.in_(ids), store=None, number=None)
    _clear(BulkResult, BulkResult.order_id.in_(ids), brought=None)
    visits = HostedSession.order_id.in_(ids) | HostedSession.checkout_id.in_(checkouts)
    forget_visits(visits)
    known = {number for one in providers().plugins for number in one.erase_checkouts(checkouts)}
    tell(Gone(numbers=frozenset(known | {order.number for order in orders})))


def forget_visits(which: sa.ColumnElement[bool]) -> None:
    """What was agreed to before a hosted page, and where that page was."""
    _clear(HostedSession, which, snapshot=None, url="", number=None, offer_fingerprint=None)


def _clear(table: type[Base], which: sa.ColumnElement[bool], **values: Any) -> None:
    how = {"synchronize_session": False}
    db.session.execute(sa.update(table).where(which).values(**values), execution_options=how)
