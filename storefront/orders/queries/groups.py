"""Groups of orders that the first page counts, and that its lists show: one rule for both."""

from enum import StrEnum

import sqlalchemy as sa

from storefront.orders.models import Order
from storefront.orders.owed_back import IS_OWED_BACK
from storefront.orders.queries.sales_conditions import IS_COUNTED
from storefront.orders.status import TRANSITIONS, Transition
from storefront.payments.kinds import KINDS, Time
from storefront.payments.status import PaymentState

AT_THE_DOOR = [code for code, kind in KINDS.items() if kind.time is Time.DOOR]


class Group(StrEnum):
    COUNTED = "counted"  # in the sales
    TO_SHIP = "to-ship"
    OVERDUE = "overdue"
    OWED_BACK = "owed-back"  # by hand


def _is_unpaid_prepayment() -> sa.ColumnElement[bool]:
    """What is paid in advance."""
    at_door = sa.or_(*(Order.payment_code.startswith(code) for code in AT_THE_DOOR))
    return (Order.payment_status == PaymentState.AWAITING) & ~at_door


GROUPS: dict[Group, sa.ColumnElement[bool]] = {
    Group.COUNTED: IS_COUNTED,
    Group.TO_SHIP: Order.status.in_(TRANSITIONS[Transition.SHIP][0])
    & IS_COUNTED
    & ~_is_unpaid_prepayment(),
    Group.OVERDUE: (Order.payment_status == PaymentState.OVERDUE) & IS_COUNTED,
    Group.OWED_BACK: IS_OWED_BACK,
}
