"""Following up requests for credit until each is settled, whoever has left the shop meanwhile."""

from datetime import timedelta
from itertools import takewhile
from time import monotonic

import sqlalchemy as sa
import structlog

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.payments import requirements
from storefront.providers.yamato.account.session import NotConnected, Yamato, yamato
from storefront.providers.yamato.credit import attempts, inquiry, late_refusals, outcomes
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.error_codes import Action
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.transport import Timeout
from storefront.verification.models import Challenge

log = structlog.get_logger(__name__)

WAITED_FOR = timedelta(minutes=30)  # as long as stock may be held for a checkout
SHOPPERS_TURN = timedelta(seconds=20)  # in which a request may be under way still
EACH_MINUTE = timedelta(minutes=2)  # for whoever waits for it, on a page that does not ask itself
AFTER_THE_CODE = outcomes.LIFETIME + timedelta(minutes=1)
BETWEEN = timedelta(minutes=5)
PATIENCE = Timeout(2, 5)  # of one request
ROUND = 5.0  # seconds: mails are not to wait for a provider that does not answer
GIVEN_UP = timedelta(days=7)  # Yamato does not answer for a week: the owner has heard of it
AT_ONCE = 50
GIVEN_BACK = (AttemptState.APPROVED, AttemptState.WAITING, AttemptState.CANCELLING)


def follow_up() -> None:
    """Each minute: ask about attempts of unknown outcome, cancel approved ones without a checkout.

    Takes ROUND seconds at most.
    """
    line = yamato()
    if line is None:
        return
    end = monotonic() + ROUND
    for attempt in takewhile(lambda _: monotonic() < end, _unsettled()):
        is_new = attempt.asked_at > clock.now() - EACH_MINUTE
        learned = inquiry.ask(attempt, line, PATIENCE, wait=None if is_new else BETWEEN)
        late_refusals.see_to(attempt, learned)
    for attempt in takewhile(lambda _: monotonic() < end, _unwanted()):
        cancel(attempt, line)


def _unsettled() -> list[CreditAttempt]:
    now = clock.now()
    unknown = (CreditAttempt.state == AttemptState.UNKNOWN) & (
        CreditAttempt.asked_at < now - SHOPPERS_TURN
    )
    waited = (CreditAttempt.state == AttemptState.WAITING) & (
        CreditAttempt.asked_at < now - AFTER_THE_CODE
    )
    due = CreditAttempt.ask_at.is_(None) | (CreditAttempt.ask_at <= now)
    recent = CreditAttempt.asked_at > now - GIVEN_UP
    query = sa.select(CreditAttempt).where(unknown | waited, due, recent, _can_be_asked())
    return _in_turn(query)


def _in_turn(query: sa.Select[CreditAttempt]) -> list[CreditAttempt]:
    """At most AT_ONCE attempts, those first whose last enquiry is longest ago."""
    waiting = sa.func.coalesce(CreditAttempt.ask_at, CreditAttempt.asked_at)
    return list(db.session.scalars(query.order_by(waiting).limit(AT_ONCE)))


def _can_be_asked() -> sa.ColumnElement[bool]:
    """Whether the attempt belongs to the shop's present contract; Yamato denies all others."""
    return CreditAttempt.contract.is_(None) | (CreditAttempt.contract == requirements.current())


def _unwanted() -> list[CreditAttempt]:
    """Approved attempts that no order will stand on, and cancellations that got no answer.

    The checkout went on by another way, or nobody came back within WAITED_FOR; or the code came so
    late that the shopper had gone on.
    """
    is_live = (
        sa.select(Challenge.id)
        .where(Challenge.reference == CreditAttempt.order_number, Challenge.ended.is_(None))
        .exists()
    )
    is_over = sa.select(Order.id).where(Order.checkout_id == CreditAttempt.checkout_id).exists()
    now = clock.now()
    late = CreditAttempt.asked_at < now - WAITED_FOR
    due = CreditAttempt.ask_at.is_(None) | (CreditAttempt.ask_at <= now)
    stuck = (CreditAttempt.state == AttemptState.CANCELLING) & due
    unwanted = (CreditAttempt.state == AttemptState.APPROVED) & (~is_live | is_over | late)
    came_late = CreditAttempt.ask_at.is_not(None)
    in_vain = (CreditAttempt.state == AttemptState.WAITING) & came_late & (~is_live | is_over)
    query = sa.select(CreditAttempt).where(
        unwanted | in_vain | stuck, CreditAttempt.asked_at > now - GIVEN_UP, _can_be_asked()
    )
    return _in_turn(query)


def give_up_others(attempt: CreditAttempt, line: Yamato) -> None:
    """Cancel approved credit of the checkout's earlier attempts: Yamato counts it to the limit."""
    mine = CreditAttempt.checkout_id == attempt.checkout_id
    others = sa.select(CreditAttempt).where(mine, CreditAttempt.id != attempt.id)
    approved = others.where(CreditAttempt.state == AttemptState.APPROVED)
    for other in list(db.session.scalars(approved)):
        cancel(other, line, inquiry.BRIEF)


def cancel(attempt: CreditAttempt, line: Yamato, patience: Timeout = PATIENCE) -> None:
    """Cancel an attempt at Yamato, where it is in one of GIVEN_BACK; without an answer, later
    again.

    The attempt is claimed first, so that no order can be placed on it meanwhile.
    """
    with transaction():
        if not attempts.move(attempt, AttemptState.CANCELLING, *GIVEN_BACK):
            return
        db.session.get_one(CreditAttempt, attempt.id).ask_at = clock.now() + BETWEEN
    try:
        line.client(patience, attempt.contract).cancel(attempt.order_number)
    except Refused as refused:
        if refused.fault.action is not Action.REFUSE:  # else it is cancelled already
            _note_uncancelled(attempt, provider_code=refused.code)
            return
    except (NotConnected, NotAsked, NoAnswer) as failure:
        _note_uncancelled(attempt, error=type(failure).__name__)
        return
    with transaction():
        attempts.move(attempt, AttemptState.CLOSED, AttemptState.CANCELLING)


def _note_uncancelled(attempt: CreditAttempt, **cause: str) -> None:
    log.warning("credit_not_cancelled", reference=attempt.order_number, **cause)
