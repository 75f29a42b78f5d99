"""Ending what an order on credit owes where its contract with the provider is no longer the shop's.

Nobody can be asked about it, so it is the owner who knows that the money came. An order whose
money never comes is cancelled or taken back, which asks nobody either.
"""

from storefront.core.extensions import db, transaction
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.provider_calls import is_of_another_contract
from storefront.orders.status import OrderStatus
from storefront.payments.status import PaymentEvent, PaymentState

ON_ITS_WAY = {OrderStatus.SHIPPED, OrderStatus.DELIVERED}
UNPAID = {PaymentState.DEFERRED, PaymentState.REQUESTED, PaymentState.OVERDUE}


def is_unpaid_credit(order: Order) -> bool:
    """Whether the order is shipped or delivered and its credit is not paid."""
    return order.status in ON_ITS_WAY and order.payment_status in UNPAID


def close(order: Order) -> None:
    """Mark an order of a former contract as paid, as the provider's own pages show.

    Raises NotNow for any other order.
    """
    if not (is_unpaid_credit(order) and is_of_another_contract(order)):
        raise NotNow(f"The order is {order.status}, its payment {order.payment_status}")
    with transaction():
        if order.payment_status == PaymentState.DEFERRED:
            apply_payment_event(order, PaymentEvent.REQUESTED)
        if not apply_payment_event(order, PaymentEvent.PAID, is_told=False):
            raise NotNow("The payment was moved meanwhile")
    db.session.refresh(order)
