"""Which orders can do without their person: nothing is to be paid, sent or given back any more."""

from datetime import datetime

import sqlalchemy as sa

from storefront.orders.models import Order, OrderEvent
from storefront.orders.owed_back import IS_OWED_BACK
from storefront.orders.status import OrderStatus
from storefront.payments.hosted_sessions import OWED_BACK
from storefront.payments.models import HostedSession
from storefront.payments.status import PaymentState

SETTLED = (PaymentState.PAID, PaymentState.CANCELLED, PaymentState.REFUNDED)
OPEN_MONEY, OPEN_GOODS, OPEN_REFUND = "money", "goods", "refund"  # why an order is left


def is_money_open() -> sa.ColumnElement[bool]:
    """Something is to be paid, or a provider still has to give something back."""
    goes_back = sa.exists().where(
        HostedSession.order_id == Order.id, HostedSession.outcome == OWED_BACK
    )
    return Order.payment_status.not_in(SETTLED) | goes_back


def is_to_be_sent() -> sa.ColumnElement[bool]:
    """It is paid, and has not left the shop."""
    return Order.status.in_((OrderStatus.PLACED, OrderStatus.PREPARING)) & (
        Order.payment_status == PaymentState.PAID
    )


def is_under_way() -> sa.ColumnElement[bool]:
    """It has left the shop and nobody has said yet that it arrived."""
    return (Order.status == OrderStatus.SHIPPED) & (Order.payment_status == PaymentState.PAID)


def is_quiet_since(moment: datetime) -> sa.ColumnElement[bool]:
    """Its last event was before."""
    later = sa.exists().where(OrderEvent.order_id == Order.id, OrderEvent.at >= moment)
    return (Order.placed_at < moment) & ~later


def why_open() -> sa.ColumnElement[str]:
    """Why an order is left when its person asks; empty where it need not be."""
    return sa.case(
        (is_money_open(), OPEN_MONEY),
        (is_to_be_sent() | is_under_way(), OPEN_GOODS),
        (IS_OWED_BACK, OPEN_REFUND),
        else_="",
    )
