"""Choosing a way to pay, and paying: once."""

import secrets
from contextlib import suppress

import sqlalchemy as sa
import structlog

from storefront.core import clock
from storefront.core.encryption import fingerprint
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import lookup
from storefront.outbox import outbox
from storefront.payment_requests.convenience_stores import Chain
from storefront.payments import hosted_sessions
from storefront.payments.hosted_sessions import ReturnTo
from storefront.payments.models import HostedSession
from storefront.payments.pay_later_options import Done, PayLaterOption, on_offer
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.payments import NO_ANSWER, Outcome
from storefront.ports.registry import providers

log = structlog.get_logger(__name__)

PAYABLE = (PaymentState.REQUESTED, PaymentState.OVERDUE)
DIGITS = {Done.NUMBER: 13, Done.ACCOUNT: 7}


class NotPayable(Exception):
    """The order is paid or cancelled meanwhile; the page shows which."""


def ways() -> list[PayLaterOption]:
    """Today's ways to pay; none without a provider, as nobody would take the money."""
    return on_offer(clock.today()) if providers().hosted else []


def choose(request: PaymentRequest, means: PayLaterOption, chain: Chain | None) -> None:
    """Keep the way to pay, with a number of its own; the same way again keeps its number."""
    store = chain.code if chain else None
    is_same = (request.means, request.store) == (means.code, store)
    number = request.number if is_same else _number(means.done)
    payable = sa.select(Order.id).where(Order.payment_status.in_(PAYABLE))
    mine = (PaymentRequest.id == request.id) & PaymentRequest.order_id.in_(payable)
    chosen = (
        sa.update(PaymentRequest)
        .where(mine)
        .values(means=means.code, store=store, number=number, chosen_at=clock.now())
    )
    with transaction():
        if db.session.scalar(chosen.returning(PaymentRequest)) is None:
            raise NotPayable


def _number(done: Done) -> str | None:
    count = DIGITS.get(done)
    return f"{secrets.randbelow(9 * 10 ** (count - 1)) + 10 ** (count - 1)}" if count else None


def forget_choice(request: PaymentRequest) -> None:
    """Let the shopper choose anew; a number that was shown can still be paid."""
    with transaction():
        mine = PaymentRequest.id == request.id
        empty = sa.update(PaymentRequest).where(mine).values(means=None, store=None, number=None)
        db.session.scalar(empty.returning(PaymentRequest))


def visit(request: PaymentRequest, order: Order, means: PayLaterOption, return_to: ReturnTo) -> str:
    """Address of the hosted page for the amount owed; raises what the port raises."""
    _visit, url = hosted_sessions.open_visit(
        return_to,
        fingerprint(request.token, "pay", means.code, str(order.owed)),
        order_id=order.id,
        order_number=order.number,
        method=order.payment_code,
        means=means.code,
        yen=order.owed,
        locale=order.locale,
    )
    return url


def learn(visit: HostedSession) -> Outcome:
    """Ask the provider how a visit for a placed order ended, and apply the answer.

    Returns the outcome. Money that comes twice, too late or in another amount is given back. Raises
    what the port raises.
    """
    outcome = hosted_sessions.outcome_of(visit)
    with transaction():
        order = lookup.locked(visit.order_id) if visit.order_id else None
        if hosted_sessions.settle_visit(visit, outcome) and outcome is Outcome.PAID and order:
            _take(visit, order)
    outbox.wake_worker()
    return outcome


def _take(visit: HostedSession, order: Order) -> None:
    if visit.yen != order.owed or not apply_payment_event(order, PaymentEvent.PAID):
        log.warning("payment_refund_queued", order=order.number, yen=visit.yen)
        hosted_sessions.owe_back(visit, Outcome.PAID)


def last_visit(order: Order) -> HostedSession | None:
    return hosted_sessions.newest(HostedSession.order_id == order.id)


def has_given_back(order: Order) -> bool:
    """Whether one of several payments of an order is given back, or will be."""
    return order.payment_status != PaymentState.REFUNDED and hosted_sessions.has_given_back(
        order.id
    )


def is_paid_meanwhile(order: Order) -> bool:
    """Whether the open visit turns out to be paid; the provider is asked."""
    visit = last_visit(order) if order.payment_status in PAYABLE else None
    if visit is None or visit.outcome != Outcome.OPEN:
        return False
    with suppress(*NO_ANSWER):
        return learn(visit) is not Outcome.OPEN
    return False
