"""The phone checks on the way to an order: while they are fresh, and kept after that."""

from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, upsert
from storefront.orders.models import Order, OrderCheck
from storefront.verification import rate_limits
from storefront.verification.models import Challenge

EARLY = timedelta(hours=1)  # before they are erased; a worker that was away erases them later
KEPT = [column.name for column in OrderCheck.__table__.columns if column.name != "order_id"]


def of_order(order: Order) -> list[OrderCheck]:
    """The phone checks on the way to an order, the oldest first; those of today are live."""
    kept = _kept(order) if order.placed_at < clock.now() - rate_limits.DAY + 2 * EARLY else []
    known = {one.id for one in kept}
    fresh = sa.select(Challenge).where(Challenge.checkout_id == order.checkout_id)
    kept += [_check(order, one) for one in db.session.scalars(fresh) if one.id not in known]
    return sorted(kept, key=lambda one: one.created_at)


def _kept(order: Order) -> list[OrderCheck]:
    return list(db.session.scalars(sa.select(OrderCheck).where(OrderCheck.order_id == order.id)))


def _check(order: Order, challenge: Challenge) -> OrderCheck:
    return OrderCheck(order_id=order.id, **{name: getattr(challenge, name) for name in KEPT})


def keep() -> None:
    """Copy checks of placed orders that are erased within the hour; the caller's transaction."""
    old = Challenge.created_at < clock.now() - rate_limits.DAY + EARLY
    columns = [getattr(Challenge, name) for name in KEPT]
    of_orders = sa.select(Order.id, *columns).join(
        Order, Order.checkout_id == Challenge.checkout_id
    )
    insert = upsert(OrderCheck).from_select(["order_id", *KEPT], of_orders.where(old))
    db.session.execute(insert.on_conflict_do_nothing())
