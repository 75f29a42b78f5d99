"""How the shop stands at this moment, in a handful of figures."""

from dataclasses import dataclass

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries.groups import GROUPS, Group
from storefront.orders.queries.sales_conditions import OWED
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge

FAILED_TEXT = (Ended.UNDELIVERED, Ended.REFUSED, Ended.UNAVAILABLE)


@dataclass(frozen=True)
class Today:
    """Orders placed today and kept, and their yen; the rest whenever it was ordered."""

    orders: int
    sales: int
    to_ship: int
    unpaid_overdue: int
    owed_back: int  # money to be sent by hand
    failed_texts: int  # codes of today that reached no phone


def today() -> Today:
    """In three statements, whatever the number of orders."""
    day = Span(clock.today(), clock.today())
    placed = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(OWED), 0))
    kept = placed.where(day.holds(Order.placed_at), GROUPS[Group.COUNTED])
    orders, sales = db.session.execute(kept).one()
    failed = sa.select(sa.func.count()).where(
        day.holds(Challenge.created_at), Challenge.ended.in_(FAILED_TEXT)
    )
    waiting = sa.select(_count(Group.TO_SHIP), _count(Group.OVERDUE), _count(Group.OWED_BACK))
    to_ship, overdue, back = db.session.execute(waiting).one()
    return Today(orders, sales, to_ship, overdue, back, db.session.scalar(failed) or 0)


def _count(group: Group) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(Order).where(GROUPS[group]).scalar_subquery()
