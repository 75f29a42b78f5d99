"""Giving back what was paid for an order that stays where it is."""

from storefront import clock
from storefront.extensions import db, transaction
from storefront.orders import ledger, owed_back
from storefront.orders.fulfilling import NotNow
from storefront.orders.models import Order
from storefront.orders.settling import settle
from storefront.outbox import rows
from storefront.payments import visits
from storefront.payments.moves import News, State


def refund(order: Order) -> None:
    """All of it: what came by a hosted page goes back by it, in the worker; raises NotNow."""
    if order.payment_status != State.PAID:
        raise NotNow(f"The payment is {order.payment_status}: nothing can be given back")
    with transaction():
        if not settle(order, News.REFUNDED):
            raise NotNow("The payment was moved meanwhile")
        visits.owe_back_all(order.id)
        ledger.record_reversal(order, clock.now(), is_by_hand=owed_back.goes_by_hand(order))
        rows.add("refunded-mail", order.id)
    db.session.refresh(order)
    rows.kick()
