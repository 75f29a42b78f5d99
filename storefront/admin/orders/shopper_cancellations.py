"""The owner's audit log learns which orders their shoppers cancelled."""

import sqlalchemy as sa

from storefront.admin.auth import audit
from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db, take_turn, transaction
from storefront.orders.fulfilment import CANCELLED_BY_SHOPPER
from storefront.orders.models import Order

SHOPPER = "shopper"  # as who did it: the log names no shopper
ACTION = f"order.{CANCELLED_BY_SHOPPER}"


def record(order_id: int) -> None:
    """Add the entry of one order, once however often the worker comes to it."""
    with transaction():
        take_turn("audit log")
        order = db.session.get_one(Order, order_id)
        mine = (AuditEntry.action == ACTION) & (AuditEntry.subject == order.number)
        if db.session.scalar(sa.select(AuditEntry.id).where(mine)) is None:
            after = {"status": order.status, "payment": order.payment_status, "yen": order.owed}
            audit.record(ACTION, order.number, {"status": "placed"}, after, SHOPPER)
