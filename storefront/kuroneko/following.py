"""Seeing every request for credit to its end, whoever has left meanwhile."""

from datetime import timedelta

import sqlalchemy as sa
import structlog

from storefront import clock
from storefront.extensions import db, transaction
from storefront.kuroneko import attempts, enquiring, learning, leaving
from storefront.kuroneko.attempts import State
from storefront.kuroneko.endings import NoAnswer, NotAsked, Refused
from storefront.kuroneko.faults import Action
from storefront.kuroneko.models import CreditAttempt
from storefront.kuroneko.transport import WORKERS, Patience
from storefront.kuroneko.yamato import NotConnected, Yamato, yamato
from storefront.orders.models import Order
from storefront.payments import contracts
from storefront.verification.models import Challenge

log = structlog.get_logger(__name__)

WAITED_FOR = timedelta(minutes=30)  # as long as stock may be held for a checkout
SHOPPERS_TURN = timedelta(minutes=2)  # a shopper who waits enquires by themselves
AFTER_THE_CODE = learning.LIFETIME + timedelta(minutes=1)
BETWEEN = timedelta(minutes=5)
GIVEN_UP = timedelta(days=7)  # Yamato does not answer for a week: the owner has heard of it
AT_ONCE = 50


def follow_up() -> None:
    """A chore of every minute: enquire what is unknown, cancel what was approved for nobody."""
    line = yamato()
    if line is None:
        return
    for attempt in _unsettled():
        leaving.see_to(attempt, enquiring.ask(attempt, line, WORKERS, wait=BETWEEN))
    for attempt in _unwanted():
        cancel(attempt, line)


def _unsettled() -> list[CreditAttempt]:
    now = clock.now()
    unknown = (CreditAttempt.state == State.UNKNOWN) & (
        CreditAttempt.asked_at < now - SHOPPERS_TURN
    )
    waited = (CreditAttempt.state == State.WAITING) & (
        CreditAttempt.asked_at < now - AFTER_THE_CODE
    )
    due = CreditAttempt.ask_at.is_(None) | (CreditAttempt.ask_at <= now)
    recent = CreditAttempt.asked_at > now - GIVEN_UP
    query = sa.select(CreditAttempt).where(unknown | waited, due, recent, _can_be_asked())
    return list(db.session.scalars(query.order_by(CreditAttempt.asked_at).limit(AT_ONCE)))


def _can_be_asked() -> sa.ColumnElement[bool]:
    """Under another contract Yamato would know nothing of it, and that would be no answer."""
    return CreditAttempt.contract.is_(None) | (CreditAttempt.contract == contracts.current())


def _unwanted() -> list[CreditAttempt]:
    """Approved, and the checkout went on without it, or nobody came back for it."""
    is_live = (
        sa.select(Challenge.id)
        .where(Challenge.reference == CreditAttempt.order_number, Challenge.ended.is_(None))
        .exists()
    )
    is_over = sa.select(Order.id).where(Order.checkout_id == CreditAttempt.checkout_id).exists()
    now = clock.now()
    late = CreditAttempt.asked_at < now - WAITED_FOR
    due = CreditAttempt.ask_at.is_(None) | (CreditAttempt.ask_at <= now)
    stuck = (CreditAttempt.state == State.CANCELLING) & due
    unwanted = (CreditAttempt.state == State.APPROVED) & (~is_live | is_over | late)
    query = sa.select(CreditAttempt).where(
        unwanted | stuck, CreditAttempt.asked_at > now - GIVEN_UP, _can_be_asked()
    )
    return list(db.session.scalars(query.order_by(CreditAttempt.asked_at).limit(AT_ONCE)))


def give_up_others(attempt: CreditAttempt, line: Yamato) -> None:
    """What was approved for an earlier version of this checkout would count to the limit."""
    mine = CreditAttempt.checkout_id == attempt.checkout_id
    others = sa.select(CreditAttempt).where(mine, CreditAttempt.id != attempt.id)
    approved = others.where(CreditAttempt.state == State.APPROVED)
    for other in list(db.session.scalars(approved)):
        cancel(other, line, enquiring.BRIEF)


def cancel(attempt: CreditAttempt, line: Yamato, patience: Patience = WORKERS) -> None:
    """Claimed before it is asked for, so that no order can be placed on it meanwhile."""
    with transaction():
        if not attempts.move(attempt, State.CANCELLING, State.APPROVED, State.CANCELLING):
            return
        db.session.get_one(CreditAttempt, attempt.id).ask_at = clock.now() + BETWEEN
    try:
        line.client(patience, attempt.contract).cancel(attempt.order_number)
    except Refused as refused:
        if refused.fault.action is not Action.REFUSE:  # else it is cancelled already
            log.warning("credit_not_cancelled", order=attempt.order_number, code=refused.code)
            return
    except (NotConnected, NotAsked, NoAnswer) as failure:
        kind = type(failure).__name__
        log.warning("credit_not_cancelled", order=attempt.order_number, kind=kind)
        return
    with transaction():
        attempts.move(attempt, State.CLOSED, State.CANCELLING)
