"""KAARA0010 for one attempt, and what its answer means."""

from dataclasses import dataclass, replace
from time import monotonic

import structlog

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.account import alerts
from storefront.providers.yamato.account.session import NotConnected, Yamato
from storefront.providers.yamato.credit import attempts
from storefront.providers.yamato.credit.application import Application
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.credit.outcomes import CreditOutcome, ProviderOutcome
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.error_codes import Action
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.field_errors import Invalid
from storefront.providers.yamato.protocol.results import CreditDecision, decide
from storefront.providers.yamato.protocol.transport import SHOPPERS, Timeout
from storefront.verification.models import Challenge

log = structlog.get_logger(__name__)

NUMBERS = 3  # how many of our order numbers Yamato may know already before we stop drawing new ones
ROOM = 4.0  # seconds kept back for the enquiry after a request without an answer, and the page
LEAST = 1.0  # seconds that a request gets, whatever has taken long before it
FROM_DECISION = {
    CreditDecision.APPROVED: CreditOutcome.APPROVED,
    CreditDecision.REFUSED: CreditOutcome.NO_CREDIT,
    CreditDecision.OVER_LIMIT: CreditOutcome.OVER_LIMIT,
    CreditDecision.UNKNOWN: CreditOutcome.UNKNOWN,
}


@dataclass(frozen=True)
class AnsweredAttempt:
    """The attempt that Yamato answered, which may be a later one, and the answer."""

    attempt: CreditAttempt
    news: ProviderOutcome


def apply(
    yamato: Yamato, application: Application, attempt: CreditAttempt, waiting_since: float
) -> AnsweredAttempt:
    """Ask Yamato for credit; under a new number, NUMBERS times at most, where Yamato knows the old.

    waiting_since is a reading of the monotonic clock: when the shopper pressed the button. All
    requests together end ROOM seconds before the shop's time-out, counted from then. What went
    wrong is in the answer: no error of the port is raised.
    """
    end = waiting_since + yamato.patience.in_all - ROOM
    for _ in range(NUMBERS):
        patience = replace(SHOPPERS, in_all=max(LEAST, end - monotonic()))
        news = _news(yamato, patience, application, attempt)
        if news is not TAKEN_NUMBER:
            return AnsweredAttempt(attempt, news)
        attempt = _next(attempt)
    alerts.tell("kaara009E")
    return AnsweredAttempt(attempt, ProviderOutcome(CreditOutcome.NOT_TAKEN))


TAKEN_NUMBER = ProviderOutcome(CreditOutcome.NOT_TAKEN, "order_number")


def _news(
    yamato: Yamato, patience: Timeout, application: Application, attempt: CreditAttempt
) -> ProviderOutcome:
    left_at, was_heard = clock.now(), True
    try:
        news = _ask(yamato.client(patience, attempt.contract), application, attempt)
    except (NotConnected, NotAsked):
        news = ProviderOutcome(CreditOutcome.NOT_TAKEN)
    except NoAnswer as nothing:
        news, was_heard = ProviderOutcome(CreditOutcome.UNKNOWN), nothing.was_heard
    except Invalid as invalid:
        news = ProviderOutcome(CreditOutcome.TO_CORRECT, invalid.problems[0].field)
    if news.what is CreditOutcome.UNKNOWN:
        attempts.note_request(attempt, None if was_heard else left_at)
    return news


def _ask(client: Client, application: Application, attempt: CreditAttempt) -> ProviderOutcome:
    try:
        credit = client.apply(application.numbered(attempt.order_number))
    except Refused as refused:
        return _of_refusal(refused)
    decision = decide(credit.result, application.division)
    if decision is not CreditDecision.CODE_WANTED:
        return ProviderOutcome(FROM_DECISION[decision])
    is_sure = credit.is_text_sent is not False
    return ProviderOutcome(CreditOutcome.CODE_SENT if is_sure else CreditOutcome.CODE_MAYBE)


def _of_refusal(refused: Refused) -> ProviderOutcome:
    fault = refused.fault
    if fault.action is Action.CORRECT and fault.field:
        return ProviderOutcome(CreditOutcome.TO_CORRECT, fault.field)
    if fault.action is Action.NEW_ATTEMPT:
        return TAKEN_NUMBER
    if fault.action is Action.TRY_LATER:
        return ProviderOutcome(CreditOutcome.UNKNOWN)  # it may have broken down after the action
    alerts.tell(refused.code)
    return ProviderOutcome(CreditOutcome.NOT_TAKEN)


def _next(attempt: CreditAttempt) -> CreditAttempt:
    with transaction(of=f"codes {attempt.checkout_id}"):
        attempts.move(attempt, AttemptState.CLOSED, AttemptState.UNKNOWN)
        challenge = db.session.get_one(Challenge, attempt.challenge_id)
        was_current = challenge.reference == attempt.order_number
        following = attempts.begin(challenge, attempt.division, attempt.total)
        if was_current:
            challenge.reference = following.order_number
    return following
