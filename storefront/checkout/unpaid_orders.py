"""Orders whose money never came, when the days to pay are over."""

from contextlib import suppress

import sqlalchemy as sa
import structlog

from storefront.checkout import hosted_payment
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import fulfilment
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.status import TRANSITIONS, Transition
from storefront.payments import hosted_sessions
from storefront.payments.status import PaymentState
from storefront.ports.payments import NO_ANSWER

log = structlog.get_logger(__name__)

AT_ONCE = 50


def end_unpaid() -> None:
    """Each minute: cancel orders whose days to pay are over.

    The provider of a store payment is asked first. After one silence no provider is asked any more
    in this minute; orders without a provider are still cancelled.
    """
    is_silent = False
    for order in _due():
        is_silent = _end(order, is_silent)


def _due() -> list[Order]:
    waits = (Order.payment_status == PaymentState.AWAITING) & Order.status.in_(
        TRANSITIONS[Transition.CANCEL][0]
    )
    query = sa.select(Order).where(waits, Order.pay_by < clock.today())
    return list(db.session.scalars(query.order_by(Order.pay_by).limit(AT_ONCE)))


def _end(order: Order, is_silent: bool) -> bool:
    """End one order; returns whether a provider is known not to answer in this minute."""
    visit = hosted_sessions.of_order(order.id)
    if visit is not None and is_silent:
        return True
    try:
        if visit is not None:
            hosted_payment.learn(visit)  # its notice may have been lost: what is paid does not end
    except NO_ANSWER as failure:
        error = type(failure).__name__
        log.warning("hosted_outcome_not_received", order=order.number, error=error)
        return True
    with suppress(NotNow):  # paid, or called off, at this very moment
        fulfilment.lapse(order)
    return is_silent
