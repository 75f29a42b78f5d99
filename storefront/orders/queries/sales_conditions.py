"""Which orders count in the sales, and with how many yen: the same wherever orders are counted.

An order by way of a test connection never counts; one that was cancelled, came back or was paid
back counts as lost.
"""

import sqlalchemy as sa

from storefront.orders.models import Order
from storefront.orders.status import OrderStatus
from storefront.payments.status import PaymentState

GONE = (OrderStatus.CANCELLED, OrderStatus.RETURNED)
IS_REAL = Order.is_test.is_(False)
IS_LOST = Order.status.in_(GONE) | (Order.payment_status == PaymentState.REFUNDED)
IS_COUNTED = IS_REAL & ~IS_LOST
OWED = sa.func.coalesce(Order.reduced_to, Order.total)


def yen_of(order: Order) -> int:
    """What one order adds to the sales."""
    is_lost = order.status in GONE or order.payment_status == PaymentState.REFUNDED
    return 0 if order.is_test or is_lost else order.owed
