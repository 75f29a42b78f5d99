"""Asking Yamato what became of a request, before anything is asked a second time."""

from dataclasses import replace
from datetime import timedelta

import structlog

from storefront import clock
from storefront.extensions import db, transaction
from storefront.kuroneko import attempts
from storefront.kuroneko.attempts import State
from storefront.kuroneko.client import Client
from storefront.kuroneko.endings import NoAnswer, NotAsked, Refused
from storefront.kuroneko.faults import Action
from storefront.kuroneko.learning import Learned, News, learn
from storefront.kuroneko.messages import SendDivision
from storefront.kuroneko.models import CreditAttempt
from storefront.kuroneko.results import Decision, Status, decide
from storefront.kuroneko.transport import Patience
from storefront.kuroneko.yamato import NotConnected, Yamato
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge

log = structlog.get_logger(__name__)

ON_ITS_WAY = timedelta(minutes=1)  # in which an unanswered request may still arrive there
MOST = 5  # enquiries while a shopper waits
WAIT = {
    state: timedelta(seconds=9 if state is State.WAITING else 2) for state in State
}  # until the next one, by whoever
BRIEF = Patience(1, 2)  # with the request before it, within what a browser waits


def ask(
    attempt: CreditAttempt,
    yamato: Yamato,
    patience: Patience = BRIEF,
    wait: timedelta | None = None,
    *,
    adopts: bool = False,
    is_called: bool = False,
) -> Learned | None:
    """Enquire once and act on the answer as learn() does.

    None where somebody else has just enquired; wait is how long the next one is put off. When
    called for by a notice it is not put off, nor counted.
    """
    with transaction():
        next_at = clock.now() + (WAIT[State(attempt.state)] if wait is None else wait)
        claimed = attempt if is_called else attempts.claim_enquiry(attempt, next_at)
    if claimed is None:
        return None
    try:
        news = _enquire(yamato.client(patience, claimed.contract), claimed)
        if news.what is Learned.NOT_TAKEN and clock.now() < claimed.asked_at + ON_ITS_WAY:
            news = replace(news, is_settled=False)
    except (NotConnected, NotAsked, NoAnswer):
        news = News(Learned.UNKNOWN)
    learn(claimed, news, adopts=adopts)
    return news.what


def _enquire(client: Client, attempt: CreditAttempt) -> News:
    try:
        result = client.credit_result(attempt.order_number)
    except Refused as refused:
        nothing = refused.fault.action is Action.REFUSE  # no such order
        return News(Learned.NOT_TAKEN if nothing else Learned.UNKNOWN)
    decision = decide(result, SendDivision(attempt.division))
    if decision is not Decision.REFUSED:
        return News(FROM_DECISION[decision])
    return News(_why_refused(client, attempt))


FROM_DECISION = {
    Decision.APPROVED: Learned.APPROVED,
    Decision.CODE_WANTED: Learned.CODE_MAYBE,
    Decision.OVER_LIMIT: Learned.OVER_LIMIT,
    Decision.UNKNOWN: Learned.UNKNOWN,
}


def _why_refused(client: Client, attempt: CreditAttempt) -> Learned:
    """No credit, or a code that was not entered in time: only the status tells them apart."""
    if attempt.division != SendDivision.SMARTPHONE:
        return Learned.NO_CREDIT
    try:
        status = client.status(attempt.order_number).status
    except Refused:
        return Learned.NO_CREDIT
    return Learned.CODE_OVER if status == Status.NOT_VERIFIED else Learned.NO_CREDIT


def ask_again(challenge: Challenge, yamato: Yamato) -> None:
    """While a shopper waits for an unknown outcome; after five enquiries it is given up."""
    if not challenge.outcome_unknown or challenge.ended or challenge.passed_at:
        return
    attempt = attempts.current(challenge)
    if attempt is None or ask(attempt, yamato) is not Learned.UNKNOWN:
        return
    with transaction():
        asked = attempts.find(attempt.order_number)
        kept = db.session.get(Challenge, challenge.id, with_for_update=True)
        if asked is None or kept is None or asked.enquiries < MOST:
            return
        if not kept.taken and not kept.ended and not kept.passed_at:
            kept.ended = Ended.UNANSWERED
