"""KAASA0020: letting Yamato judge a code; the try is spent before it is asked."""

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.account.session import NotConnected, Yamato
from storefront.providers.yamato.credit import attempts, code_turns, inquiry
from storefront.providers.yamato.credit.code_turns import TurnState
from storefront.providers.yamato.credit.outcomes import CreditOutcome, ProviderOutcome, learn
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.field_errors import Invalid
from storefront.providers.yamato.protocol.results import CodeJudgement as Told
from storefront.providers.yamato.protocol.transport import SHOPPERS, Timeout
from storefront.verification import code_check
from storefront.verification.challenges import Ended, is_expired, note
from storefront.verification.code_check import (
    CodeCheckResult,
    give_try_back,
    lock,
    spend_try,
    why_not,
)
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester


def judge(
    yamato: Yamato, challenge: Challenge, typed: str, requester: Requester
) -> CodeCheckResult:
    """Spend one try and have Yamato judge the code; equal codes sent at once are judged once.

    A request whose twin is being judged waits up to three seconds for that result and spends no
    try.
    """
    turn = code_turns.turn_of(challenge, typed)
    standing = code_turns.take(turn)
    if standing is TurnState.TOLD:
        return _as_it_stands(challenge)
    if standing is TurnState.UNTOLD:
        return _ask(yamato, challenge)
    verdict = None
    try:
        verdict = _judge(yamato, challenge, typed, requester)
    finally:
        code_turns.end(turn, was_wrong=verdict is CodeCheckResult.WRONG)
    return verdict


def _judge(
    yamato: Yamato, challenge: Challenge, typed: str, requester: Requester
) -> CodeCheckResult:
    """Spend a try and ask Yamato; a judgement without an answer gives the try back."""
    if spend_try(challenge, requester) is None:
        return _why_not(yamato, challenge)
    told = _told(yamato, challenge, typed)
    if told is Told.RIGHT:
        return _pass(challenge)
    if told is Told.WRONG:
        return code_check.wrong(challenge, requester)
    if told is Told.UNDELIVERED:
        note(challenge.id, ended=Ended.UNDELIVERED)
        return CodeCheckResult.ENDED
    return _unjudged(yamato, challenge, told)


def _unjudged(yamato: Yamato, challenge: Challenge, told: Told) -> CodeCheckResult:
    """What follows where Yamato compared no code: locked, expired, or nothing to judge.

    The shopper's code may still have been right in an earlier request, so the attempt's outcome is
    asked for.
    """
    if told is Told.LOCKED:
        lock(challenge)
        return _ask(yamato, challenge)
    give_try_back(challenge)
    if told is Told.EXPIRED:
        note(challenge.id, expires_at=clock.now())
        return CodeCheckResult.EXPIRED
    return _ask(yamato, challenge)


def _why_not(yamato: Yamato, challenge: Challenge) -> CodeCheckResult:
    """Why no try could be spent.

    After the last try the outcome is asked for first: it may have been right, and its process
    killed.
    """
    db.session.refresh(challenge)
    if challenge.attempts >= challenge.max_attempts and not challenge.ended:
        _ask(yamato, challenge)
    return why_not(challenge)


def _told(yamato: Yamato, challenge: Challenge, typed: str) -> Told:
    patience = Timeout(SHOPPERS.to_connect, yamato.patience.in_all - inquiry.BRIEF.in_all)
    attempt = attempts.current(challenge)
    contract = attempt.contract if attempt else None
    try:
        return yamato.client(patience, contract).verify_code(challenge.reference or "", typed)
    except (NotConnected, NotAsked, NoAnswer, Refused, Invalid):
        return Told.UNKNOWN


def _pass(challenge: Challenge) -> CodeCheckResult:
    attempt = attempts.current(challenge)
    if attempt is not None:
        learn(attempt, ProviderOutcome(CreditOutcome.APPROVED))
    db.session.refresh(challenge)
    return CodeCheckResult.RIGHT if challenge.passed_at else CodeCheckResult.ENDED


def _ask(yamato: Yamato, challenge: Challenge) -> CodeCheckResult:
    attempt = attempts.current(challenge)
    learned = inquiry.ask(attempt, yamato) if attempt is not None else None
    if learned in {None, CreditOutcome.UNKNOWN}:
        with transaction():
            open_ = Challenge.ended.is_(None) & Challenge.passed_at.is_(None)
            unknown = sa.update(Challenge).where(Challenge.id == challenge.id, open_)
            db.session.execute(unknown.values(outcome_unknown=True))
    return _as_it_stands(challenge, CodeCheckResult.UNKNOWN)


def _as_it_stands(
    challenge: Challenge, otherwise: CodeCheckResult | None = None
) -> CodeCheckResult:
    """The result that another request or an enquiry has written on the challenge."""
    db.session.refresh(challenge)
    if challenge.passed_at:
        return CodeCheckResult.RIGHT
    if challenge.ended:
        return CodeCheckResult.ENDED
    if otherwise is not None:
        return otherwise
    if is_expired(challenge):
        return CodeCheckResult.EXPIRED
    return CodeCheckResult.UNKNOWN if challenge.outcome_unknown else CodeCheckResult.WRONG
