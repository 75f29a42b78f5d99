"""The verifier that Yamato is: it takes the order on credit, texts the code and judges it."""

from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from sqlalchemy.exc import IntegrityError

from storefront.core.extensions import db, transaction
from storefront.ports.sms import SmsUnavailable
from storefront.providers.yamato.account.session import Yamato
from storefront.providers.yamato.credit import attempts, inquiry, outcomes, reconciliation
from storefront.providers.yamato.credit.application import Application
from storefront.providers.yamato.credit.code_check import judge
from storefront.providers.yamato.credit.outcomes import NOTHING_YET, CreditOutcome, learn
from storefront.providers.yamato.credit.request import apply
from storefront.providers.yamato.models import CreditAttempt
from storefront.verification import sending
from storefront.verification.challenges import note
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from storefront.verification.sending import CodeRequest, claim_text

YAMATO = "yamato"


@dataclass(frozen=True, repr=False)
class YamatoCredit:
    """Asks for one offer; a Verifier, whose resend is a new request under a new number."""

    yamato: Yamato
    application: Application
    lifetime: timedelta = outcomes.LIFETIME

    def issue(self, asked: CodeRequest, requester: Requester) -> Challenge:
        """Ask Yamato to take the order on credit; a second request with the same idempotency key
        returns the first one's challenge."""
        begun = monotonic()
        try:
            with transaction(of=f"codes {requester.checkout}"):
                known = db.session.scalar(sending.with_idempotency_key(asked.idempotency_key))
                challenge = known or self._new(asked, requester)
        except IntegrityError:  # the same press came in between our look and our write
            return db.session.scalars(sending.with_idempotency_key(asked.idempotency_key)).one()
        attempt = attempts.current(challenge)
        if known is None and attempt is not None:
            reconciliation.give_up_others(attempt, self.yamato)
            self._ask(challenge, attempt, begun)
        return challenge

    def _new(self, asked: CodeRequest, requester: Requester) -> Challenge:
        wants_code = self.application.wants_code
        challenge = sending.new(asked, requester, YAMATO, is_texted=wants_code)
        if not challenge.ended:
            attempt = self._begin(challenge)
            challenge.provider, challenge.reference = YAMATO, attempt.order_number
            challenge.outcome_unknown = True  # until an answer says otherwise
        return challenge

    def _begin(self, challenge: Challenge) -> CreditAttempt:
        return attempts.begin(challenge, self.application.division, self.application.total)

    def _ask(self, challenge: Challenge, attempt: CreditAttempt, begun: float) -> None:
        asked = apply(self.yamato, self.application, attempt, begun)
        learn(asked.attempt, asked.news, adopts=asked.attempt is not attempt)
        if asked.news.what is CreditOutcome.UNKNOWN:
            inquiry.ask(asked.attempt, self.yamato)
        db.session.refresh(challenge)

    def judge(self, challenge: Challenge, typed: str, requester: Requester) -> CodeCheckResult:
        """Have Yamato judge the code; a renewed code whose text is unknown is enquired about
        first."""
        if challenge.outcome_unknown and inquiry.ask_of_later(challenge, self.yamato):
            db.session.refresh(challenge)  # the code is the later one's, where that stands by now
        return judge(self.yamato, challenge, typed, requester)

    def resend(self, challenge: Challenge, requester: Requester) -> None:
        """Ask for credit again under a new order number, which has Yamato text a new code. Raises
        SmsUnavailable where the code before stays the only one."""
        begun = monotonic()
        with transaction(of=f"codes {challenge.checkout_id}"):
            claim_text(challenge, requester)
            attempt = self._begin(challenge)
        asked = apply(self.yamato, self.application, attempt, begun)
        learned: CreditOutcome | None = asked.news.what
        learn(asked.attempt, asked.news, adopts=True)
        if learned is CreditOutcome.UNKNOWN:
            learned = inquiry.ask(asked.attempt, self.yamato)
        is_unknown = learned is None or learned in NOTHING_YET
        if is_unknown:
            note(challenge.id, outcome_unknown=True)
        db.session.refresh(challenge)
        if challenge.reference != asked.attempt.order_number and not is_unknown:
            raise SmsUnavailable

    def ask_again(self, challenge: Challenge) -> None:
        """Enquire about what is unknown of the challenge."""
        inquiry.ask_again(challenge, self.yamato)
        db.session.refresh(challenge)
