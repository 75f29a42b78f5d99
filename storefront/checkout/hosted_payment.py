"""Payment methods that are paid on a page of the provider, or given a number to pay by there:
leaving for the page, and coming back."""

from contextlib import suppress
from dataclasses import asdict

import structlog

from storefront.checkout import card_attempts, placing, store
from storefront.checkout import journey as journeys
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, Snapshot, SoldOut
from storefront.core.extensions import transaction
from storefront.orders.models import Order
from storefront.orders.numbers import new_number
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import lookup
from storefront.outbox import outbox
from storefront.payments import hosted_sessions
from storefront.payments.hosted_sessions import UNPLACED, ReturnTo
from storefront.payments.models import HostedSession
from storefront.payments.status import PaymentEvent
from storefront.ports.payments import NO_ANSWER, Outcome

log = structlog.get_logger(__name__)

GOOD = {Outcome.PAID, Outcome.ISSUED}


def leave(journey: Journey, snapshot: Snapshot, return_to: ReturnTo, address: str) -> str:
    """Open a visit for this press; gives the address of the provider's page.

    address is the shopper's internet address as client_address() gives it. The snapshot is kept
    with the visit, so that the order can be placed where the browser never comes back. Raises
    TooManyDeclined, or the errors of ports/payments.py.
    """
    method = journey.method
    if method is None:
        raise Changed
    _visit, url = hosted_sessions.open_visit(
        return_to,
        journey.key,
        card_attempts.admission(method, journey.checkout.id, address),
        checkout_id=journey.checkout.id,
        offer_fingerprint=journey.offer_fingerprint,
        order_number=new_number(),
        method=method.code,
        means=method.kind,
        yen=journey.offer.total,
        locale=snapshot.locale,
        snapshot=asdict(snapshot),
    )
    return url


def learn(visit: HostedSession) -> Order | None:
    """The order of this press, once the provider says that it is paid; raises as the port does.

    What is paid for an order that cannot be placed any more goes back.
    """
    outcome = hosted_sessions.outcome_of(visit)
    if outcome not in GOOD:
        with transaction():
            hosted_sessions.settle_visit(visit, outcome)
        return None
    order = lookup.by_key(visit.idempotency_key or "") or _placed(visit, outcome)
    if order is not None:
        _hear_of_payment(visit, outcome, order)
    return order


def _placed(visit: HostedSession, outcome: Outcome) -> Order | None:
    checkout = store.find(visit.checkout_id or "")
    number = hosted_sessions.number_of(visit) if outcome is Outcome.ISSUED else None
    try:
        if checkout is None or visit.snapshot is None:
            raise Changed
        journey = journeys.load(checkout, checkout.cart_id)
        paid = placing.Paid(visit, outcome, number)
        return placing.place(journey, visit.idempotency_key or "", Snapshot(**visit.snapshot), paid)
    except (Changed, SoldOut) as why:
        _give_back(visit, why)
        return None


def _hear_of_payment(visit: HostedSession, outcome: Outcome, order: Order) -> None:
    """News after the order was placed: its number is paid, or another visit has paid for it."""
    with transaction():
        lookup.locked(order.id)
        if not hosted_sessions.settle_visit(visit, outcome):
            return
        is_own = order.number == visit.order_number
        is_good = (
            apply_payment_event(order, PaymentEvent.PAID)
            if is_own and outcome is Outcome.PAID
            else is_own
        )
        if not is_good:
            hosted_sessions.owe_back(visit, outcome)
    outbox.wake_worker()


def _give_back(visit: HostedSession, why: Exception) -> None:
    with transaction():
        is_owed = hosted_sessions.owe_back(visit, *UNPLACED)
    if is_owed:
        error = type(why).__name__
        log.error("paid_order_not_placed", order=visit.order_number, yen=visit.yen, error=error)
        outbox.wake_worker()


def newest(journey: Journey) -> HostedSession | None:
    """The last visit for the chosen method; None where there is none, or where the method has no
    hosted page."""
    if journey.method is None or not journey.is_hosted:
        return None
    return hosted_sessions.newest(
        HostedSession.checkout_id == journey.checkout.id,
        HostedSession.method == journey.method.code,
    )


def declined(journey: Journey) -> bool:
    """Whether the provider refused the last visit for the chosen method, with no visit opened
    since."""
    visit = newest(journey)
    return visit is not None and visit.outcome == Outcome.REFUSED


def is_paid_meanwhile(journey: Journey) -> bool:
    """Whether a visit that was left by the browser's Back has led to an order after all."""
    visit = newest(journey)
    if visit is None or visit.outcome != Outcome.OPEN:
        return False
    with suppress(*NO_ANSWER):
        return learn(visit) is not None
    return False
