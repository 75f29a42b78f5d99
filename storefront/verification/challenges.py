"""Challenges: one code for one offer and one phone, from its birth to its one use."""

from enum import StrEnum

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.ports.failure_reasons import FailureReason
from storefront.verification import rate_limits, statistics
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import code_vault


class Ended(StrEnum):
    """Why a challenge has ended.

    After CORRECT (an answer is to be corrected) and REPLACED (by a newer challenge) the payment
    method may be tried again; after every other reason it is closed for this checkout.
    """

    LOCKED = FailureReason.LOCKED
    TOO_MANY = FailureReason.TOO_MANY
    UNDELIVERED = FailureReason.UNDELIVERED
    REFUSED = FailureReason.REFUSED
    UNAVAILABLE = FailureReason.UNAVAILABLE
    ENDED = FailureReason.ENDED
    CREDIT = FailureReason.CREDIT
    LIMIT = FailureReason.LIMIT
    UNANSWERED = FailureReason.UNANSWERED
    CORRECT = "correct"
    REPLACED = "replaced"


BOUND_TO_NUMBER = {Ended.UNDELIVERED, Ended.REFUSED}  # another number may still work
OF_PROVIDER = {Ended.CREDIT, Ended.LIMIT, Ended.UNANSWERED}  # whatever the method of the provider
NO_FAILURE = {None, Ended.REPLACED, Ended.CORRECT}  # the method may be tried again


def phone_digests(phone: str) -> tuple[str, ...]:
    """Digests of a phone under each CODE_KEY in use, the newest key first."""
    return code_vault().digests("phone", phone)


def phone_digest(phone: str) -> str:
    return code_vault().digest("phone", phone)


def bound(challenge: Challenge) -> str:
    return f"{challenge.id}|{challenge.phone_digest}|{challenge.generation}"


def of_checkout(checkout_id: str) -> list[Challenge]:
    """The checkout's challenges, newest first, read anew from the database."""
    mine = sa.select(Challenge).where(Challenge.checkout_id == checkout_id)
    fresh = mine.order_by(Challenge.created_at.desc())
    return list(db.session.scalars(fresh.execution_options(populate_existing=True)))


def note(challenge_id: str, **values: object) -> None:
    """Set columns of a challenge that has not ended, in a transaction of its own."""
    with transaction():
        live = (Challenge.id == challenge_id) & Challenge.ended.is_(None)
        db.session.scalar(sa.update(Challenge).where(live).values(**values).returning(Challenge))


def is_expired(challenge: Challenge) -> bool:
    return challenge.expires_at <= clock.now()


def was_renewed(challenge: Challenge) -> bool:
    """Whether the last text had a new code, so that the code of an earlier text is wrong."""
    return challenge.generation > 1 and challenge.coded_at == challenge.sent_at


def consume(challenge_id: str) -> bool:
    """Use a passed challenge for its one order, inside the caller's transaction.

    Returns False where the challenge has not passed or another order has used it.
    """
    passed = (Challenge.id == challenge_id) & Challenge.passed_at.is_not(None)
    use = sa.update(Challenge).where(passed, Challenge.consumed_at.is_(None))
    use = use.values(consumed_at=clock.now(), sealed_code=None)
    return db.session.scalar(use.returning(Challenge)) is not None


def purge() -> None:
    """Erase codes that have expired, and challenges of more than a day ago; these are counted."""
    now = clock.now()
    expired = sa.update(Challenge).where(Challenge.expires_at <= now)
    db.session.execute(expired.where(Challenge.sealed_code.is_not(None)).values(sealed_code=None))
    statistics.let_go(Challenge.created_at < now - rate_limits.DAY)
