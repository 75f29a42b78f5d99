"""Requests for credit, each under a number of its own, and the order that one of them leads to."""

from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.numbers import new_number
from storefront.payments import requirements
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.identifiers import attempt_number
from storefront.verification.models import Challenge


class AttemptState(StrEnum):
    """Where a request stands as far as the shop knows."""

    UNKNOWN = "unknown"  # asked, or about to be, and never answered
    WAITING = "waiting"  # for the code, or for the end of the examination
    APPROVED = "approved"
    PLACED = "placed"  # an order stands on it
    CANCELLING = "cancelling"
    CLOSED = "closed"  # nothing is owed on it


ANSWERED_WITHIN = timedelta(seconds=15)  # later, whoever asked has died
OPEN = (AttemptState.UNKNOWN, AttemptState.WAITING)


def begin(challenge: Challenge, division: str, total: int) -> CreditAttempt:
    """The checkout's next attempt, inside the caller's transaction; all share one order number."""
    mine = CreditAttempt.checkout_id == challenge.checkout_id
    count, base = db.session.execute(
        sa.select(sa.func.count(), sa.func.max(CreditAttempt.base)).where(mine)
    ).one()
    base = base or new_number()
    attempt = CreditAttempt(
        order_number=attempt_number(base, count + 1),
        base=base,
        checkout_id=challenge.checkout_id,
        challenge_id=challenge.id,
        division=division,
        total=total,
        contract=requirements.current(),
        state=AttemptState.UNKNOWN,
        enquiries=0,
        asked_at=clock.now(),
        unanswered_since=clock.now(),  # until an answer is there, whatever becomes of us
    )
    db.session.add(attempt)
    return attempt


def find(order_number: str) -> CreditAttempt | None:
    """The attempt of this number, read anew from the database; None for an unknown number."""
    known = sa.select(CreditAttempt).where(CreditAttempt.order_number == order_number)
    return db.session.scalar(known.execution_options(populate_existing=True))


def current(challenge: Challenge) -> CreditAttempt | None:
    """The attempt whose code the shopper has; None before the first request was sent."""
    return find(challenge.reference) if challenge.reference else None


def is_under_way(reference: str) -> bool:
    """Whether the request has been made a moment ago, and its answer may still be written down."""
    attempt = find(reference)
    if attempt is None or attempt.state != AttemptState.UNKNOWN or attempt.ask_at is not None:
        return False
    return clock.now() < attempt.asked_at + ANSWERED_WITHIN


def pending(challenge: Challenge) -> CreditAttempt | None:
    """A newer request of the challenge whose answer is unknown; None where there is none."""
    now = current(challenge)
    if now is None:
        return None
    mine = (CreditAttempt.challenge_id == challenge.id) & (
        CreditAttempt.state == AttemptState.UNKNOWN
    )
    newest = sa.select(CreditAttempt).where(mine, CreditAttempt.id > now.id)
    return db.session.scalar(newest.order_by(CreditAttempt.id.desc()).limit(1))


def is_later(attempt: CreditAttempt) -> bool:
    """Whether the attempt is newer than the one that its challenge waits for."""
    challenge = db.session.get(Challenge, attempt.challenge_id)
    now = current(challenge) if challenge else None
    return now is not None and now.id < attempt.id


def note_request(attempt: CreditAttempt, unanswered_since: datetime | None) -> None:
    """Keep the time at which a request without an answer was sent.

    None says that something came back, so that the request cannot arrive later.
    """
    with transaction():
        mine = sa.update(CreditAttempt).where(CreditAttempt.id == attempt.id)
        noted = mine.values(unanswered_since=unanswered_since)
        db.session.scalar(noted.returning(CreditAttempt))


def move(attempt: CreditAttempt, to: AttemptState, *sources: AttemptState) -> bool:
    """Change the attempt's state, inside the caller's transaction.

    Returns False where the attempt was in none of the sources.
    """
    here = (CreditAttempt.id == attempt.id) & CreditAttempt.state.in_(sources)
    step = sa.update(CreditAttempt).where(here).values(state=to)
    return db.session.scalar(step.returning(CreditAttempt)) is not None


def claim_enquiry(attempt: CreditAttempt, next_at: datetime) -> CreditAttempt | None:
    """Claim the next enquiry until next_at, inside the caller's transaction.

    Returns None where another process has claimed it, or the attempt is settled.
    """
    now = clock.now()
    due = CreditAttempt.ask_at.is_(None) | (CreditAttempt.ask_at <= now)
    mine = (CreditAttempt.id == attempt.id) & CreditAttempt.state.in_(OPEN) & due
    claim = sa.update(CreditAttempt).where(mine).values(ask_at=next_at)
    return db.session.scalar(claim.returning(CreditAttempt))


def end_enquiry(attempt: CreditAttempt, next_at: datetime, *, is_silent: bool) -> CreditAttempt:
    """Set when the next enquiry may be made and count a silent one; the caller's transaction."""
    more = CreditAttempt.enquiries + int(is_silent)
    end = sa.update(CreditAttempt).where(CreditAttempt.id == attempt.id)
    end = end.values(enquiries=more, ask_at=next_at)
    return db.session.scalars(end.returning(CreditAttempt)).one()


def place(order_number: str) -> CreditAttempt | None:
    """Let the order stand on the approved attempt, inside the caller's transaction.

    Returns None where the attempt is no longer approved; the caller then places no order.
    """
    approved = (CreditAttempt.order_number == order_number) & (
        CreditAttempt.state == AttemptState.APPROVED
    )
    use = sa.update(CreditAttempt).where(approved).values(state=AttemptState.PLACED)
    return db.session.scalar(use.returning(CreditAttempt))
