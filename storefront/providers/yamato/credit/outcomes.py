"""What an answer of Yamato's means for the attempt and for the checkout it belongs to."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.credit import attempts
from storefront.providers.yamato.credit.attempts import OPEN, AttemptState
from storefront.providers.yamato.models import CreditAttempt
from storefront.verification import code_check
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge

LIFETIME = timedelta(seconds=180)  # of a code, from when its text went out
APART = timedelta(seconds=10)  # how far Yamato's clock may be from ours
TRIES = 3  # Yamato has a cap of its own, which it tells of by kaasa021E


class CreditOutcome(StrEnum):
    """The shop's word for what an answer says."""

    APPROVED = "approved"
    CODE_SENT = "code-sent"
    CODE_MAYBE = "code-maybe"  # under examination; whether a text went out is not known
    NOT_TAKEN = "not-taken"  # Yamato knows nothing of it
    NOT_YET = "not-yet"  # nor does it, but the request may still be on its way
    NO_CREDIT = "no-credit"
    OVER_LIMIT = "over-limit"
    TO_CORRECT = "blamed"  # a field of the order is to be corrected
    CODE_OVER = "code-over"  # the code can no longer become right
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ProviderOutcome:
    """What one answer of Yamato's says about a credit attempt.

    field names the form's field to correct, where what is TO_CORRECT. is_settled is False where the
    shopper may be told, but Yamato may still grant the credit: the attempt is then asked about
    again and, if granted, cancelled.
    """

    what: CreditOutcome
    field: str = ""
    is_settled: bool = True


STATES = {
    CreditOutcome.APPROVED: AttemptState.APPROVED,
    CreditOutcome.CODE_SENT: AttemptState.WAITING,
    CreditOutcome.CODE_MAYBE: AttemptState.WAITING,
    CreditOutcome.UNKNOWN: AttemptState.UNKNOWN,
    CreditOutcome.NOT_YET: AttemptState.UNKNOWN,
}
NOTHING_YET = {CreditOutcome.UNKNOWN, CreditOutcome.NOT_YET}
FRUITLESS = NOTHING_YET | {CreditOutcome.NOT_TAKEN, CreditOutcome.TO_CORRECT}
ENDINGS = {
    CreditOutcome.NOT_TAKEN: Ended.UNAVAILABLE,
    CreditOutcome.NO_CREDIT: Ended.CREDIT,
    CreditOutcome.OVER_LIMIT: Ended.LIMIT,
    CreditOutcome.TO_CORRECT: Ended.CORRECT,
}


def learn(attempt: CreditAttempt, news: ProviderOutcome, *, adopts: bool = False) -> bool:
    """Write an answer down on its attempt and on the challenge of its checkout.

    Returns False where the attempt's state cannot change by such an answer; then nothing was
    written. The challenge changes only while it is open and the checkout waits for this very
    attempt. With adopts the checkout waits for this attempt from now on, unless the answer is
    one of FRUITLESS. Opens a transaction of its own.
    """
    with transaction():
        state = (
            STATES.get(news.what, AttemptState.CLOSED) if news.is_settled else AttemptState.UNKNOWN
        )
        sources = (AttemptState.UNKNOWN,) if news.what in NOTHING_YET else OPEN
        if not attempts.move(attempt, state, *sources):
            return False
        challenge = _live(attempt, news)
        if challenge is not None and adopts and news.what not in FRUITLESS:
            challenge.reference = attempt.order_number
        if challenge is not None and challenge.reference == attempt.order_number:
            _tell(challenge, news, renews=adopts or not challenge.generation)
    return True


def _live(attempt: CreditAttempt, news: ProviderOutcome) -> Challenge | None:
    """The challenge that the answer may change, locked; None where it has passed or ended.

    An approval also reopens a challenge that was locked or ended while its code was running.
    """
    mine = (Challenge.id == attempt.challenge_id) & Challenge.passed_at.is_(None)
    live: sa.ColumnElement[bool] = Challenge.ended.is_(None)
    if news.what is CreditOutcome.APPROVED:
        live |= Challenge.ended.in_(code_check.MENDED) & (Challenge.expires_at > clock.now())
    return db.session.scalar(sa.select(Challenge).where(mine, live).with_for_update())


def _tell(challenge: Challenge, news: ProviderOutcome, *, renews: bool) -> None:
    if news.what is CreditOutcome.APPROVED:
        challenge.taken, challenge.outcome_unknown = True, False
        code_check.pass_within(challenge)
    elif news.what in {CreditOutcome.CODE_SENT, CreditOutcome.CODE_MAYBE}:
        challenge.taken = True
        challenge.outcome_unknown = news.what is CreditOutcome.CODE_MAYBE
        if renews:
            _wait_for_code(challenge)
    elif news.what in NOTHING_YET:
        challenge.outcome_unknown = True
    elif news.what is CreditOutcome.CODE_OVER:
        _end_code(challenge)
    else:
        was_there = news.what is CreditOutcome.NOT_TAKEN and challenge.taken
        challenge.ended = Ended.ENDED if was_there else ENDINGS[news.what]
        challenge.field_to_correct = news.field or None


def _wait_for_code(challenge: Challenge) -> None:
    challenge.generation += 1
    challenge.attempts, challenge.max_attempts = 0, TRIES
    challenge.sent_at = challenge.coded_at = clock.now()
    challenge.expires_at = challenge.coded_at + LIFETIME


def _end_code(challenge: Challenge) -> None:
    """Yamato says only that the code is over; time and tries, which the shop knows, say why."""
    if challenge.expires_at <= clock.now() + APART:
        return  # the screen says so, and a new text may be asked for
    is_locked = challenge.attempts >= challenge.max_attempts
    challenge.ended = Ended.LOCKED if is_locked else Ended.UNDELIVERED
