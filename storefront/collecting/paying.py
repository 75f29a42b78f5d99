"""Choosing a way to pay, and paying: once."""

import secrets

import sqlalchemy as sa
import structlog

from storefront import clock
from storefront.collecting.means import Done, Means
from storefront.collecting.stores import Chain
from storefront.extensions import db, transaction
from storefront.orders.models import Order, PaymentRequest
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
from storefront.payments.moves import News, State
from storefront.payments.visits import ReturnTo

log = structlog.get_logger(__name__)

PAYABLE = (State.REQUESTED, State.OVERDUE)
DIGITS = {Done.NUMBER: 13, Done.ACCOUNT: 7}


class NotPayable(Exception):
    """It is paid or cancelled by now: the page says which."""


def choose(request: PaymentRequest, means: Means, chain: Chain | None) -> None:
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
    """The shopper wants another way; what was shown before can still be paid."""
    with transaction():
        mine = PaymentRequest.id == request.id
        empty = sa.update(PaymentRequest).where(mine).values(means=None, store=None, number=None)
        db.session.scalar(empty.returning(PaymentRequest))


def visit(order: Order, means: Means, return_to: ReturnTo) -> str:
    """The address of the hosted page; raises as the port does."""
    _visit, url = visits.open_visit(
        return_to,
        order_id=order.id,
        order_number=order.number,
        method=order.payment_code,
        means=means.code,
        yen=order.owed,
        locale=order.locale,
    )
    return url


def learn(visit: HostedPayment) -> Outcome:
    """How a visit for a placed order ended, as the provider says; a second payment goes back.

    Raises as the port does.
    """
    outcome = visits.outcome_of(visit)
    with transaction():
        is_first = visits.settle_visit(visit, outcome)
        order = db.session.get_one(Order, visit.order_id)
        is_paid = is_first and outcome is Outcome.PAID and settle(order, News.PAID)
    if is_paid:
        rows.kick()
    elif is_first and outcome is Outcome.PAID:
        _give_back(visit)
    return outcome


def _give_back(visit: HostedPayment) -> None:
    try:
        visits.refund(visit)
        log.warning("paid_twice_given_back", order=visit.order_number)
    except (GatewayRefused, GatewayUnavailable, GatewayUnknown) as failure:
        kind = type(failure).__name__
        log.error("paid_twice_to_give_back", order=visit.order_number, kind=kind)
