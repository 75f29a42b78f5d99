"""Judging a typed code: the try is spent before the comparison."""

import hmac
from enum import StrEnum

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.ports.registry import providers
from storefront.verification import rate_limits
from storefront.verification.challenges import Ended, bound
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester, code_vault

MENDED = (Ended.LOCKED, Ended.ENDED)  # ends that a right code of the same moment undoes


class CodeCheckResult(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    ENDED = "ended"
    UNKNOWN = "unknown"  # whoever judges it gave no answer; no try is lost


def judge(challenge: Challenge, typed: str, requester: Requester) -> CodeCheckResult:
    """Spend one try, then compare the code; a right one marks the challenge as passed, once.

    The try is committed before the comparison, so that neither a crash nor a race gives one for
    free.
    """
    spent = spend_try(challenge, requester)
    if spent is None or spent.sealed_code is None:
        return why_not(challenge)
    code = code_vault().open(spent.sealed_code, bound(challenge))
    if hmac.compare_digest(code.encode(), typed.encode()) and providers().codes.may_pass(
        requester.phone
    ):
        return CodeCheckResult.RIGHT if pass_(challenge) else CodeCheckResult.ENDED
    return wrong(challenge, requester)


def wrong(challenge: Challenge, requester: Requester) -> CodeCheckResult:
    """After a wrong code: wrong while there are tries left, else the end."""
    if tries_left(challenge, requester) > 0:
        return CodeCheckResult.WRONG
    lock(challenge)
    return CodeCheckResult.ENDED


def spend_try(challenge: Challenge, requester: Requester) -> Challenge | None:
    """Commit one try of the running code.

    Returns None where the code has expired, ended or passed, or no try is left; a used-up cap on
    tries also locks the challenge.
    """
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
        if spent is None or rate_limits.spend_guess(requester, challenge.id):
            return spent
    lock(challenge)
    return None


def give_try_back(challenge: Challenge) -> None:
    """Undo a try whose code was never judged, in the challenge and in the caps."""
    with transaction():
        tried = (Challenge.id == challenge.id) & (Challenge.attempts > 0)
        back = sa.update(Challenge).where(tried).values(attempts=Challenge.attempts - 1)
        db.session.scalar(back.returning(Challenge))
        rate_limits.give_last_back("guess", challenge.id)


def lock(challenge: Challenge) -> None:
    """End the challenge as locked, unless it has passed or ended already."""
    with transaction():
        live = (Challenge.id == challenge.id) & Challenge.ended.is_(None)
        lock = sa.update(Challenge).where(live, Challenge.passed_at.is_(None))
        locked = lock.values(ended=Ended.LOCKED, sealed_code=None)
        db.session.scalar(locked.returning(Challenge))


def why_not(challenge: Challenge) -> CodeCheckResult:
    """Why no try could be spent, as a result for the screen."""
    db.session.refresh(challenge)
    if challenge.passed_at:
        return CodeCheckResult.RIGHT
    if challenge.ended:
        return CodeCheckResult.ENDED
    if challenge.attempts >= challenge.max_attempts:
        lock(challenge)
        db.session.refresh(challenge)
        return CodeCheckResult.RIGHT if challenge.passed_at else CodeCheckResult.ENDED
    return CodeCheckResult.EXPIRED


def pass_(challenge: Challenge) -> bool:
    """Mark the challenge as passed; True for the request that did so.

    A right code whose try was spent also passes a challenge that other tries have locked meanwhile.
    """
    with transaction():
        return pass_within(challenge)


def pass_within(challenge: Challenge) -> bool:
    """pass_, inside the caller's transaction."""
    same = (Challenge.id == challenge.id) & (Challenge.generation == challenge.generation)
    live = Challenge.ended.is_(None) | Challenge.ended.in_(MENDED)
    first = sa.update(Challenge).where(same, live)
    first = first.values(passed_at=clock.now(), ended=None, sealed_code=None)
    passed = db.session.scalar(first.returning(Challenge)) is not None
    if passed:
        rate_limits.give_back("guess", challenge.id)
    return passed


def tries_left(challenge: Challenge, requester: Requester) -> int:
    """Tries that are left to the running code, by its own limit and every cap."""
    return max(0, min(challenge.max_attempts - challenge.attempts, rate_limits.left(requester)))
