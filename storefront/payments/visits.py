"""Visits to hosted pages: sending a shopper there, and learning from the provider how it ended."""

import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from storefront import clock
from storefront.extensions import db, transaction
from storefront.payments import GatewayUnavailable, Outcome, Visit
from storefront.payments.models import HostedPayment
from storefront.providers import providers

ReturnTo = Callable[[str], str]  # a visit's token to the address that the page leads back to

UNSETTLED = (Outcome.OPEN, Outcome.ISSUED)


def open_visit(return_to: ReturnTo, **values: Any) -> tuple[HostedPayment, str]:
    """A new visit and the address to send the shopper to; return_to makes the way back.

    Raises GatewayUnavailable or GatewayUnknown: then nobody was sent anywhere.
    """
    hosted = providers().hosted
    if hosted is None:
        raise GatewayUnavailable("No provider is connected")
    visit = HostedPayment(
        token=secrets.token_urlsafe(32), opened_at=clock.now(), outcome=Outcome.OPEN, **values
    )
    with transaction():
        db.session.add(visit)
    url = hosted.open(_announced(visit, return_to))
    with transaction():
        here = sa.update(HostedPayment).where(HostedPayment.token == visit.token)
        db.session.execute(here.values(url=url))
    return visit, url


def _announced(visit: HostedPayment, return_to: ReturnTo) -> Visit:
    return Visit(
        visit.token,
        visit.means,
        visit.yen,
        visit.order_number,
        return_to(visit.token),
        visit.locale,
    )


def find(token: str) -> HostedPayment | None:
    return db.session.get(HostedPayment, token)


def of_press(press: str) -> HostedPayment | None:
    """The newest visit that one press of the confirmation has led to."""
    mine = sa.select(HostedPayment).where(HostedPayment.press == press)
    return db.session.scalar(mine.order_by(HostedPayment.opened_at.desc()).limit(1))


def of_order(order_id: int) -> HostedPayment | None:
    """The visit that an order was placed on."""
    mine = (HostedPayment.order_id == order_id) & HostedPayment.press.is_not(None)
    return db.session.scalar(sa.select(HostedPayment).where(mine))


def outcome_of(visit: HostedPayment) -> Outcome:
    """Asked of the provider, which alone is believed; raises as the port does."""
    hosted = providers().hosted
    if hosted is None:
        raise GatewayUnavailable("No provider is connected")
    db.session.commit()  # no transaction is open while we wait for the provider
    return hosted.outcome(visit.token)


def settle_visit(visit: HostedPayment, outcome: Outcome) -> bool:
    """Inside the caller's transaction; the first to bring an outcome is the one that counts."""
    sources = [Outcome.OPEN] if outcome is Outcome.ISSUED else list(UNSETTLED)
    if outcome is Outcome.OPEN:
        return False
    open_ = (HostedPayment.token == visit.token) & HostedPayment.outcome.in_(sources)
    step = sa.update(HostedPayment).where(open_)
    step = step.values(outcome=outcome, settled_at=clock.now())
    return db.session.scalar(step.returning(HostedPayment)) is not None


def refund(visit: HostedPayment) -> None:
    """Paid, and nothing to be paid for: the money goes back. Raises as the port does."""
    hosted = providers().hosted
    if hosted is None:
        raise GatewayUnavailable("No provider is connected")
    db.session.commit()
    hosted.refund(visit.token)
