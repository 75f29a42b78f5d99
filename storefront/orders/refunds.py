"""Giving back what was paid for an order that stays where it is."""

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, owed_back
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.outbox import outbox
from storefront.payments import hosted_sessions
from storefront.payments.status import PaymentEvent, PaymentState


def refund(order: Order) -> None:
    """Give all of a paid order's money back and mark the payment as refunded; raises NotNow.

    What was paid on a hosted page is given back by its provider, in the worker.
    """
    if order.payment_status != PaymentState.PAID:
        raise NotNow(f"The payment is {order.payment_status}: nothing can be given back")
    with transaction():
        if not apply_payment_event(order, PaymentEvent.REFUNDED):
            raise NotNow("The payment was moved meanwhile")
        hosted_sessions.owe_back_all(order.id)
        ledger.record_reversal(order, clock.now(), is_by_hand=owed_back.goes_by_hand(order))
        outbox.add("refunded-mail", order.id)
    db.session.refresh(order)
    outbox.wake_worker()
