"""Asking Yamato what became of a request, before anything is asked a second time."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.account.session import NotConnected, Yamato
from storefront.providers.yamato.credit import attempts
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.credit.outcomes import CreditOutcome, ProviderOutcome, learn
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.error_codes import Action
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NoPlace, NotAsked, Refused
from storefront.providers.yamato.protocol.messages import SendDivision
from storefront.providers.yamato.protocol.results import CreditDecision, CreditStatus, decide
from storefront.providers.yamato.protocol.transport import Timeout
from storefront.verification.challenges import Ended, note
from storefront.verification.models import Challenge

ON_ITS_WAY = timedelta(minutes=1)  # in which an unanswered request may still arrive there
LATEST = timedelta(minutes=10)  # until which a credit is looked for that came later still
MOST = 5  # enquiries without an answer
WAIT = {
    state: timedelta(seconds=9 if state is AttemptState.WAITING else 2) for state in AttemptState
}  # from the end of one to the next, by whoever
BRIEF = Timeout(1, 2)  # with the request before it, within what a browser waits


def ask(
    attempt: CreditAttempt,
    yamato: Yamato,
    patience: Timeout = BRIEF,
    wait: timedelta | None = None,
    *,
    is_called: bool = False,
) -> CreditOutcome | None:
    """Ask Yamato what became of an attempt, and write the answer down by learn().

    Returns the outcome, UNKNOWN where Yamato did not answer; None where nothing was asked, because
    another process has just asked or all places for calls are taken. Until wait has passed nobody
    asks again. Five enquiries without an answer end the challenge as unanswered. With is_called (a
    notice has come in) the enquiry is neither put off nor counted.
    """
    wait = WAIT[AttemptState(attempt.state)] if wait is None else wait
    claimed = attempt if is_called else _claim(attempt, wait, patience)
    if claimed is None:
        return None
    try:
        news = _news(yamato, patience, claimed)
    except NoPlace:
        return None
    learn(claimed, news, adopts=attempts.is_later(claimed))
    if not is_called:
        _end(claimed, wait, is_silent=news.what is CreditOutcome.UNKNOWN)
    return news.what


def _claim(attempt: CreditAttempt, wait: timedelta, patience: Timeout) -> CreditAttempt | None:
    """Take the enquiry for this process until it ends, or until patience and wait are over."""
    with transaction():
        next_at = clock.now() + timedelta(seconds=patience.in_all) + wait
        return attempts.claim_enquiry(attempt, next_at)


def _end(attempt: CreditAttempt, wait: timedelta, *, is_silent: bool) -> None:
    """Give the enquiry free; the last of MOST silent ones ends the challenge as unanswered."""
    with transaction():
        asked = attempts.end_enquiry(attempt, clock.now() + wait, is_silent=is_silent)
        if not is_silent or asked.enquiries < MOST:
            return
        live = Challenge.ended.is_(None) & Challenge.passed_at.is_(None)
        waits = (Challenge.reference == asked.order_number) & Challenge.taken.is_(False) & live
        told = sa.update(Challenge).where(waits).values(ended=Ended.UNANSWERED)
        db.session.scalar(told.returning(Challenge))


def _news(yamato: Yamato, patience: Timeout, attempt: CreditAttempt) -> ProviderOutcome:
    """Raises NoPlace."""
    try:
        return _in_time(_enquire(yamato.client(patience, attempt.contract), attempt), attempt)
    except NoPlace:
        raise
    except (NotConnected, NotAsked, NoAnswer):
        return ProviderOutcome(CreditOutcome.UNKNOWN)


def _in_time(news: ProviderOutcome, attempt: CreditAttempt) -> ProviderOutcome:
    """Turn "no such order" into "not yet" while the shop's request may still reach Yamato."""
    if news.what is not CreditOutcome.NOT_TAKEN:
        return news
    now, since = clock.now(), attempt.unanswered_since
    if attempt.state == AttemptState.UNKNOWN and since and now < since + ON_ITS_WAY:
        return ProviderOutcome(CreditOutcome.NOT_YET)
    return replace(news, is_settled=now >= attempt.asked_at + LATEST)


def _enquire(client: Client, attempt: CreditAttempt) -> ProviderOutcome:
    try:
        result = client.credit_result(attempt.order_number)
    except Refused as refused:
        nothing = refused.fault.action is Action.REFUSE  # no such order
        return ProviderOutcome(CreditOutcome.NOT_TAKEN if nothing else CreditOutcome.UNKNOWN)
    decision = decide(result, SendDivision(attempt.division))
    if decision is not CreditDecision.REFUSED:
        return ProviderOutcome(FROM_DECISION[decision])
    return ProviderOutcome(_why_refused(client, attempt))


FROM_DECISION = {
    CreditDecision.APPROVED: CreditOutcome.APPROVED,
    CreditDecision.CODE_WANTED: CreditOutcome.CODE_MAYBE,
    CreditDecision.OVER_LIMIT: CreditOutcome.OVER_LIMIT,
    CreditDecision.UNKNOWN: CreditOutcome.UNKNOWN,
}


def _why_refused(client: Client, attempt: CreditAttempt) -> CreditOutcome:
    """NO_CREDIT, or CODE_OVER where the order's status says that no code was entered in time."""
    if attempt.division != SendDivision.SMARTPHONE:
        return CreditOutcome.NO_CREDIT
    try:
        status = client.status(attempt.order_number).status
    except Refused:
        return CreditOutcome.NO_CREDIT
    return (
        CreditOutcome.CODE_OVER if status == CreditStatus.NOT_VERIFIED else CreditOutcome.NO_CREDIT
    )


def ask_again(challenge: Challenge, yamato: Yamato) -> None:
    """Enquire about the challenge's attempts whose outcome is unknown, while the shopper waits."""
    if not challenge.outcome_unknown or challenge.ended or challenge.passed_at:
        return
    if not ask_of_later(challenge, yamato) and (attempt := attempts.current(challenge)):
        ask(attempt, yamato)


def ask_of_later(challenge: Challenge, yamato: Yamato) -> bool:
    """Enquire about a request for a new code that Yamato has not answered; False where there is
    none.

    Where Yamato knows nothing of the request, the code before stays good and nothing is unknown any
    more.
    """
    later = attempts.pending(challenge)
    if later is None:
        return False
    if ask(later, yamato) is CreditOutcome.NOT_TAKEN:
        note(challenge.id, outcome_unknown=False)
    return True
