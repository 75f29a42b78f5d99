"""Learning from the provider where a payment stands, for orders whose money it collects."""

from datetime import timedelta

import sqlalchemy as sa
import structlog

from storefront import clock
from storefront.collecting.requests import shop_collects
from storefront.extensions import db, transaction
from storefront.orders.models import Order
from storefront.orders.settling import settle
from storefront.orders.telling import gateway_of
from storefront.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    Standing,
)
from storefront.payments.moves import News, State

log = structlog.get_logger(__name__)

UNPAID = {State.DEFERRED, State.REQUESTED, State.OVERDUE}
EVERY = timedelta(hours=1)
AT_ONCE = 50
# What a standing tells, in the order it must have happened: an enquiry may jump.
TOLD: dict[Standing, tuple[News, ...]] = {
    Standing.REQUESTED: (News.REQUESTED,),
    Standing.PAID: (News.REQUESTED, News.PAID),
    Standing.CANCELLED: (News.CANCELLED,),
}


def refresh(order: Order) -> Standing | None:
    """Ask now and act on the answer; None where nobody can be asked, or nobody answers."""
    gateway = gateway_of(order)
    if gateway is None or order.payment_reference is None:
        return None
    reference = order.payment_reference
    db.session.commit()  # no transaction is open while we wait for the provider
    try:
        standing = gateway.standing(reference)
    except (GatewayRefused, GatewayUnavailable, GatewayUnknown) as failure:
        log.warning("payment_not_told", order=order.number, kind=type(failure).__name__)
        return None
    hear(order, standing)
    return standing


def hear(order: Order, standing: Standing) -> None:
    """Whatever comes late, twice or in another order ends where the plain course would.

    That the provider has asked for the money is no news where the shop asks for it itself.
    """
    is_own = standing is Standing.REQUESTED and shop_collects(order)
    if standing not in TOLD or is_own:
        return
    with transaction():
        for news in TOLD[standing]:
            if not _is_behind(order, news):
                settle(order, news)
    db.session.refresh(order)


def _is_behind(order: Order, news: News) -> bool:
    """Whether the payment is past this already, so that it would only be refused."""
    state = db.session.scalar(sa.select(Order.payment_status).where(Order.id == order.id))
    return news is News.REQUESTED and state != State.DEFERRED


def follow_up() -> None:
    """A chore: each unpaid order that a provider collects for is asked about once an hour."""
    for order_id in _due():
        if _claim(order_id):
            refresh(db.session.get_one(Order, order_id))


def _is_due() -> sa.ColumnElement[bool]:
    waits = Order.payment_status.in_(UNPAID) & (Order.status == "delivered")
    is_time = Order.asked_at.is_(None) | (Order.asked_at <= clock.now() - EVERY)
    return waits & Order.payment_reference.is_not(None) & is_time


def _due() -> list[int]:
    query = sa.select(Order.id).where(_is_due()).order_by(Order.asked_at).limit(AT_ONCE)
    return list(db.session.scalars(query))


def _claim(order_id: int) -> bool:
    claim = sa.update(Order).where(Order.id == order_id, _is_due()).values(asked_at=clock.now())
    with transaction():
        return db.session.scalar(claim.returning(Order.id)) is not None
