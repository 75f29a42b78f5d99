"""KAASA0020: letting Yamato judge a code; the try is spent before it is asked."""

from storefront import clock
from storefront.extensions import db, transaction
from storefront.kuroneko import attempts, enquiring
from storefront.kuroneko.endings import NoAnswer, NotAsked, Refused
from storefront.kuroneko.learning import Learned, News, learn
from storefront.kuroneko.problems import Invalid
from storefront.kuroneko.results import Verdict as Told
from storefront.kuroneko.transport import SHOPPERS, Patience
from storefront.kuroneko.yamato import NotConnected, Yamato
from storefront.verification import judging
from storefront.verification.challenges import Ended, note
from storefront.verification.judging import Verdict, give_try_back, spend_try, why_not
from storefront.verification.limits import Asker
from storefront.verification.models import Challenge

ENDINGS = {
    Told.UNDELIVERED: Ended.UNDELIVERED,
    Told.ENDED: Ended.ENDED,
    Told.LOCKED: Ended.LOCKED,
}


def judge(yamato: Yamato, challenge: Challenge, typed: str, asker: Asker) -> Verdict:
    """An answer that never came costs no try; it is asked what came of it, never asked again."""
    if spend_try(challenge, asker) is None:
        return why_not(challenge)
    told = _told(yamato, challenge, typed)
    if told is Told.RIGHT:
        return _pass(challenge)
    if told is Told.WRONG:
        return judging.wrong(challenge, asker)
    if told in ENDINGS:
        note(challenge.id, ended=ENDINGS[told])
        return Verdict.ENDED
    give_try_back(challenge)
    if told is Told.EXPIRED:
        note(challenge.id, expires_at=clock.now())
        return Verdict.EXPIRED
    return _ask(yamato, challenge)


def _told(yamato: Yamato, challenge: Challenge, typed: str) -> Told:
    patience = Patience(SHOPPERS.to_connect, yamato.patience.in_all - enquiring.BRIEF.in_all)
    try:
        return yamato.client(patience).verify_code(challenge.reference or "", typed)
    except (NotConnected, NotAsked, NoAnswer, Refused, Invalid):
        return Told.UNKNOWN


def _pass(challenge: Challenge) -> Verdict:
    attempt = attempts.current(challenge)
    if attempt is not None:
        learn(attempt, News(Learned.APPROVED))
    db.session.refresh(challenge)
    return Verdict.RIGHT if challenge.passed_at else Verdict.ENDED


def _ask(yamato: Yamato, challenge: Challenge) -> Verdict:
    attempt = attempts.current(challenge)
    learned = enquiring.ask(attempt, yamato) if attempt is not None else None
    if learned in {None, Learned.UNKNOWN}:
        with transaction():
            kept = db.session.get_one(Challenge, challenge.id)
            kept.outcome_unknown = True
    db.session.refresh(challenge)
    if challenge.passed_at:
        return Verdict.RIGHT
    return Verdict.ENDED if challenge.ended else Verdict.UNKNOWN
