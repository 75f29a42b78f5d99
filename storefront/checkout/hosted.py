"""Methods that are paid, or given a number for, on a page of the provider: there and back."""

from dataclasses import asdict

import sqlalchemy as sa
import structlog

from storefront.checkout import checkouts, placing
from storefront.checkout import journey as journeys
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, Snapshot, SoldOut
from storefront.extensions import db, transaction
from storefront.orders import finding
from storefront.orders.models import Order
from storefront.orders.numbers import new_number
from storefront.orders.settling import settle
from storefront.outbox import rows
from storefront.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    Outcome,
    visits,
)
from storefront.payments.models import HostedPayment
from storefront.payments.moves import News
from storefront.payments.visits import ReturnTo
from storefront.providers import providers

log = structlog.get_logger(__name__)

SILENT = (GatewayRefused, GatewayUnavailable, GatewayUnknown)
GOOD = {Outcome.PAID, Outcome.ISSUED}


def leave(journey: Journey, snapshot: Snapshot, return_to: ReturnTo) -> str:
    """The address of the provider's page for this press; raises as the port does.

    All that placing the order needs is kept, as the browser may never come back.
    """
    method = journey.method
    if method is None:
        raise Changed
    known = visits.of_press(journey.key)
    if known is not None and known.outcome == Outcome.OPEN and known.url:
        return known.url  # pressed before: one press, one payment
    _visit, url = visits.open_visit(
        return_to,
        press=journey.key,
        checkout_id=journey.checkout.id,
        offer_mark=journey.offer_mark,
        order_number=new_number(),
        method=method.code,
        means=method.kind,
        yen=journey.offer.total,
        locale=snapshot.locale,
        snapshot=asdict(snapshot),
    )
    return url


def learn(visit: HostedPayment) -> tuple[Outcome, Order | None]:
    """How it ended, as the provider says, and the order that was placed on it; raises as the port.

    What is paid for an order that cannot be placed any more goes back.
    """
    outcome = visits.outcome_of(visit)
    if outcome not in GOOD:
        with transaction():
            visits.settle_visit(visit, outcome)
        return outcome, None
    placed = finding.by_key(visit.press or "")
    if placed is not None:
        _hear_of_payment(visit, outcome, placed)
        return outcome, placed
    try:
        return outcome, _place(visit, outcome)
    except (Changed, SoldOut):
        _give_back(visit, outcome)
        return Outcome.REFUSED, None


def _place(visit: HostedPayment, outcome: Outcome) -> Order:
    checkout = checkouts.find(visit.checkout_id or "")
    if checkout is None:
        raise Changed
    journey = journeys.load(checkout, checkout.cart_id)
    number = providers().hosted
    shown = number.number(visit.token) if number and outcome is Outcome.ISSUED else None
    paid = placing.Paid(visit, outcome, shown)
    order = placing.place(journey, visit.press or "", Snapshot(**(visit.snapshot or {})), paid)
    return order


def _hear_of_payment(visit: HostedPayment, outcome: Outcome, order: Order) -> None:
    """A number that was given before is paid now; or another visit paid for the same order."""
    with transaction():
        is_first = visits.settle_visit(visit, outcome)
        is_own = order.number == visit.order_number
        if is_first and is_own and outcome is Outcome.PAID:
            settle(order, News.PAID)
    rows.kick()
    if is_first and not is_own and outcome is Outcome.PAID:
        _give_back(visit, outcome)


def _give_back(visit: HostedPayment, outcome: Outcome) -> None:
    log.error("paid_but_not_placed", order=visit.order_number, outcome=outcome)
    with transaction():
        visits.settle_visit(visit, Outcome.REFUSED)
    if outcome is not Outcome.PAID:
        return
    try:
        visits.refund(visit)
    except SILENT as failure:
        kind = type(failure).__name__
        log.error("refund_failed", order=visit.order_number, kind=kind)


def declined(journey: Journey) -> bool:
    """Whether the last visit for the chosen method was refused, and nothing was tried since."""
    method = journey.method.code if journey.method else ""
    mine = (HostedPayment.checkout_id == journey.checkout.id) & (HostedPayment.method == method)
    newest = sa.select(HostedPayment.outcome).where(mine)
    last = db.session.scalar(newest.order_by(HostedPayment.opened_at.desc()).limit(1))
    return last == Outcome.REFUSED
