"""Learning from the provider of the credit that a parcel has arrived and where its payment
stands."""

from contextlib import suppress
from datetime import timedelta

import sqlalchemy as sa
import structlog

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.provider_calls import gateway_of
from storefront.orders.status import OrderStatus
from storefront.payment_requests.lifecycle import shop_collects
from storefront.payments import requirements
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    ProviderStatus,
)

log = structlog.get_logger(__name__)

UNPAID = {PaymentState.DEFERRED, PaymentState.REQUESTED, PaymentState.OVERDUE}
UNDERWAY = {OrderStatus.SHIPPED, OrderStatus.DELIVERED}
ARRIVED = {
    ProviderStatus.SOLD,
    ProviderStatus.REQUESTED,
    ProviderStatus.PAID,
}  # a sale is fixed by its delivery
EVERY = timedelta(hours=1)
AT_ONCE = 50
# What a standing tells, in the order it must have happened: an enquiry may jump.
TOLD: dict[ProviderStatus, tuple[PaymentEvent, ...]] = {
    ProviderStatus.REQUESTED: (PaymentEvent.REQUESTED,),
    ProviderStatus.PAID: (PaymentEvent.REQUESTED, PaymentEvent.PAID),
    ProviderStatus.CANCELLED: (PaymentEvent.CANCELLED,),
}


def refresh(order: Order) -> ProviderStatus | None:
    """Ask the provider for the order's standing and apply the answer.

    Returns None where no provider is connected or none answers.
    """
    gateway = gateway_of(order)
    if gateway is None or order.payment_reference is None:
        return None
    reference = order.payment_reference
    db.session.commit()  # no transaction is open while we wait for the provider
    try:
        standing = gateway.standing(reference)
    except (GatewayRefused, GatewayUnavailable, GatewayUnknown) as failure:
        error = type(failure).__name__
        log.warning("credit_status_not_received", order=order.number, error=error)
        return None
    _note(order, standing)
    hear(order, standing)
    return standing


def _note(order: Order, standing: ProviderStatus) -> None:
    """Keep the standing and the time of the enquiry, for the owner's list of payments."""
    noted = sa.update(Order).where(Order.id == order.id)
    with transaction():
        db.session.execute(noted.values(standing=standing, asked_at=clock.now()))


def hear(order: Order, standing: ProviderStatus) -> None:
    """Apply a standing: news that comes late, twice or out of order leads to the same end.

    Where the shop asks for the money itself, the provider's request counts for nothing.
    """
    if standing in ARRIVED and order.status == OrderStatus.SHIPPED:
        with suppress(NotNow):  # the owner has said so meanwhile
            fulfilment.deliver(order)
    is_own = standing is ProviderStatus.REQUESTED and shop_collects(order)
    if standing not in TOLD or is_own:
        return
    with transaction():
        for news in TOLD[standing]:
            if not _is_behind(order, news):
                apply_payment_event(order, news)
    db.session.refresh(order)


def _is_behind(order: Order, news: PaymentEvent) -> bool:
    """Whether the payment has passed the state that the news tells of."""
    state = db.session.scalar(sa.select(Order.payment_status).where(Order.id == order.id))
    return news is PaymentEvent.REQUESTED and state != PaymentState.DEFERRED


def follow_up() -> None:
    """A chore: each unpaid order on its way or delivered is asked about once an hour.

    After one that is not answered the others wait for the next minute: mails are not to wait for
    a provider that does not answer.
    """
    for order_id in _due():
        if _claim(order_id) and refresh(db.session.get_one(Order, order_id)) is None:
            return


def _is_due() -> sa.ColumnElement[bool]:
    waits = Order.payment_status.in_(UNPAID) & Order.status.in_(UNDERWAY)
    is_time = Order.asked_at.is_(None) | (Order.asked_at <= clock.now() - EVERY)
    can_be_asked = Order.contract.is_(None) | (Order.contract == requirements.current())
    return waits & Order.payment_reference.is_not(None) & can_be_asked & is_time


def _due() -> list[int]:
    query = sa.select(Order.id).where(_is_due()).order_by(Order.asked_at).limit(AT_ONCE)
    return list(db.session.scalars(query))


def _claim(order_id: int) -> bool:
    claim = sa.update(Order).where(Order.id == order_id, _is_due()).values(asked_at=clock.now())
    with transaction():
        return db.session.scalar(claim.returning(Order.id)) is not None
