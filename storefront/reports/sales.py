"""What was sold: by day, month, method and product, added up in the database.

An order counts on the day in Japan it was placed, with what is charged for it; one that was
cancelled, came back or was paid back counts as lost. Orders placed by way of a test connection
never count: orders/queries/sales_conditions.py has the conditions.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storefront.core.calendar import Span, japan_day, japan_month
from storefront.core.extensions import db
from storefront.orders.models import Order, OrderLine
from storefront.orders.queries.sales_conditions import IS_COUNTED, IS_LOST, IS_REAL, OWED


@dataclass(frozen=True)
class Sold:
    """Orders that were kept and their yen, tax included; lost ones are counted apart."""

    key: str
    orders: int = 0
    yen: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Services:
    """What the sums of orders that were kept hold besides goods, in yen, tax included."""

    shipping: int
    fees: int
    taken_off: int  # what is not charged after all


@dataclass(frozen=True)
class Goods:
    """One article in orders that were kept: pieces, and yen as the lines say, tax included."""

    sku: str
    name: str
    pieces: int
    yen: int


def by_day(span: Span) -> list[Sold]:
    """Every day of the span, the first one first."""
    found = _by(japan_day(Order.placed_at), span)
    return [found.get(f"{day}", Sold(f"{day}")) for day in span.days()]


def by_month(span: Span) -> list[Sold]:
    """Every month that the span touches, keyed as 2026-11."""
    found = _by(japan_month(Order.placed_at), span)
    return [found.get(f"{day:%Y-%m}", Sold(f"{day:%Y-%m}")) for day in span.months()]


def by_method(span: Span) -> list[Sold]:
    """Methods by which something was ordered, the most sold first."""
    return sorted(_by(Order.payment_code, span).values(), key=lambda one: (-one.yen, one.key))


def _by(key: Any, span: Span) -> dict[str, Sold]:
    kept = sa.func.sum(sa.case((IS_LOST, 0), else_=1))
    yen = sa.func.sum(sa.case((IS_LOST, 0), else_=OWED))
    lost = sa.func.sum(sa.case((IS_LOST, 1), else_=0))
    query = sa.select(key, kept, yen, lost).where(span.holds(Order.placed_at), IS_REAL)
    lines = db.session.execute(query.group_by(key))
    return {f"{name}": Sold(f"{name}", *sums) for name, *sums in lines}


def by_product(span: Span) -> list[Goods]:
    """Each article with its options, under a name it was sold by; the most sold first."""
    yen = sa.func.sum(OrderLine.price * OrderLine.quantity)
    named = sa.func.max(OrderLine.name), sa.func.max(OrderLine.option)
    query = (
        sa.select(OrderLine.sku, *named, sa.func.sum(OrderLine.quantity), yen)
        .join(Order, Order.id == OrderLine.order_id)
        .where(span.holds(Order.placed_at), IS_COUNTED)
        .group_by(OrderLine.sku)
        .order_by(yen.desc(), OrderLine.sku)
    )
    return [
        Goods(sku, f"{name} ({option})" if option else name, pieces, total)
        for sku, name, option, pieces, total in db.session.execute(query)
    ]


def services(span: Span) -> Services:
    """With these the goods add up to what was sold."""
    columns = (Order.shipping, Order.fee, Order.total - OWED)
    sums: list[Any] = [sa.func.coalesce(sa.func.sum(column), 0) for column in columns]
    query = sa.select(*sums).where(span.holds(Order.placed_at), IS_COUNTED)
    return Services(*db.session.execute(query).one())
