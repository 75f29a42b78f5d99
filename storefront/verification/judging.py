"""Judging a typed code: the try is spent before the comparison."""

import hmac
from enum import StrEnum

import sqlalchemy as sa

from storefront import clock
from storefront.extensions import db, transaction
from storefront.providers import providers
from storefront.verification import limits
from storefront.verification.challenges import Ended, bound
from storefront.verification.limits import Asker, code_vault
from storefront.verification.models import Challenge


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    ENDED = "ended"


def judge(challenge: Challenge, typed: str, asker: Asker) -> Verdict:
    """Spend one try, then compare. A right code marks the challenge passed, once.

    The try is committed before the comparison, so that no crash and no race gives one for free.
    """
    sealed = _spend_try(challenge, asker)
    if sealed is None:
        return _why_not(challenge)
    code = code_vault().open(sealed, bound(challenge))
    if hmac.compare_digest(code.encode(), typed.encode()) and providers().codes.may_pass(
        asker.phone
    ):
        return Verdict.RIGHT if _pass(challenge) else Verdict.ENDED
    if tries_left(challenge, asker) > 0:
        return Verdict.WRONG
    _lock(challenge)
    return Verdict.ENDED


def _spend_try(challenge: Challenge, asker: Asker) -> bytes | None:
    with transaction():
        open_ = (
            (Challenge.id == challenge.id)
            & (Challenge.generation == challenge.generation)
            & (Challenge.attempts < Challenge.max_attempts)
            & (Challenge.expires_at > clock.now())
            & Challenge.ended.is_(None)
            & Challenge.passed_at.is_(None)
        )
        spend = sa.update(Challenge).where(open_).values(attempts=Challenge.attempts + 1)
        spent = db.session.scalar(spend.returning(Challenge))
        if spent is None or limits.spend_guess(asker, challenge.id):
            return spent and spent.sealed_code
    _lock(challenge)
    return None


def _lock(challenge: Challenge) -> None:
    """End it, unless a right code that was typed in time has passed it meanwhile."""
    with transaction():
        live = (Challenge.id == challenge.id) & Challenge.ended.is_(None)
        lock = sa.update(Challenge).where(live, Challenge.passed_at.is_(None))
        locked = lock.values(ended=Ended.LOCKED, sealed_code=None)
        db.session.scalar(locked.returning(Challenge))


def _why_not(challenge: Challenge) -> Verdict:
    db.session.refresh(challenge)
    if challenge.passed_at:
        return Verdict.RIGHT
    if challenge.ended:
        return Verdict.ENDED
    if challenge.attempts >= challenge.max_attempts:
        _lock(challenge)
        db.session.refresh(challenge)
        return Verdict.RIGHT if challenge.passed_at else Verdict.ENDED
    return Verdict.EXPIRED


def _pass(challenge: Challenge) -> bool:
    """A right code whose try was spent passes, though others have used up the rest meanwhile."""
    with transaction():
        same = (Challenge.id == challenge.id) & (Challenge.generation == challenge.generation)
        live = Challenge.ended.is_(None) | (Challenge.ended == Ended.LOCKED)
        first = sa.update(Challenge).where(same, live)
        first = first.values(passed_at=clock.now(), ended=None, sealed_code=None)
        passed = db.session.scalar(first.returning(Challenge)) is not None
        if passed:
            limits.give_back("guess", challenge.id)
    return passed


def tries_left(challenge: Challenge, asker: Asker) -> int:
    return max(0, min(challenge.max_attempts - challenge.attempts, limits.left(asker)))
