"""Ending what an order on credit owes where its contract with the provider is no longer the shop's.

Nobody can be asked about it, so it is the owner who knows that the money came. An order whose
money never comes is cancelled or taken back, which asks nobody either.
"""

from storefront.extensions import db, transaction
from storefront.orders.fulfilling import NotNow
from storefront.orders.models import Order
from storefront.orders.moves import Status
from storefront.orders.settling import settle
from storefront.orders.telling import is_of_another_contract
from storefront.payments.moves import News, State

ON_ITS_WAY = {Status.SHIPPED, Status.DELIVERED}
UNPAID = {State.DEFERRED, State.REQUESTED, State.OVERDUE}


def waits_for_money(order: Order) -> bool:
    """Whether it is on its way or delivered, and not paid."""
    return order.status in ON_ITS_WAY and order.payment_status in UNPAID


def close(order: Order) -> None:
    """The provider has passed the money on, as its own pages say; raises NotNow."""
    if not (waits_for_money(order) and is_of_another_contract(order)):
        raise NotNow(f"The order is {order.status}, its payment {order.payment_status}")
    with transaction():
        if order.payment_status == State.DEFERRED:
            settle(order, News.REQUESTED)
        if not settle(order, News.PAID, is_told=False):
            raise NotNow("The payment was moved meanwhile")
    db.session.refresh(order)
