"""How the shop stands at this moment, in a handful of figures."""

from dataclasses import dataclass

import sqlalchemy as sa

from storefront import clock
from storefront.days import Span
from storefront.extensions import db
from storefront.orders.models import Order
from storefront.orders.moves import MOVES, Move
from storefront.orders.sales import IS_LOST, IS_REAL, OWED
from storefront.payments.kinds import KINDS, Time
from storefront.payments.moves import State
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge

AT_THE_DOOR = [code for code, kind in KINDS.items() if kind.time is Time.DOOR]
FAILED_TEXT = (Ended.UNDELIVERED, Ended.REFUSED, Ended.UNAVAILABLE)


@dataclass(frozen=True)
class Today:
    """Orders placed today and kept, and their yen; the rest whenever it was ordered."""

    orders: int
    sales: int
    to_ship: int
    unpaid_overdue: int
    failed_texts: int  # codes of today that reached no phone


def today() -> Today:
    """In three statements, whatever the number of orders."""
    day = Span(clock.today(), clock.today())
    placed = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(OWED), 0))
    kept = placed.where(day.holds(Order.placed_at), IS_REAL, ~IS_LOST)
    orders, sales = db.session.execute(kept).one()
    failed = sa.select(sa.func.count()).where(
        day.holds(Challenge.created_at), Challenge.ended.in_(FAILED_TEXT)
    )
    waiting = sa.select(_count(_may_ship()), _count(_is_overdue()))
    to_ship, overdue = db.session.execute(waiting).one()
    return Today(orders, sales, to_ship, overdue, db.session.scalar(failed) or 0)


def _count(which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(which, IS_REAL).scalar_subquery()


def _may_ship() -> sa.ColumnElement[bool]:
    """What is paid in advance waits for its money."""
    at_door = sa.or_(*(Order.payment_code.startswith(code) for code in AT_THE_DOOR))
    waits_for_money = (Order.payment_status == State.AWAITING) & ~at_door
    return Order.status.in_(MOVES[Move.SHIP][0]) & ~waits_for_money


def _is_overdue() -> sa.ColumnElement[bool]:
    return (Order.payment_status == State.OVERDUE) & ~IS_LOST
