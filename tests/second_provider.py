"""A made-up pay-later provider beside Yamato: credit by the amount alone, no code of its own.

What it knows is kept in memory, as that of a provider elsewhere would be at the provider.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.exc import IntegrityError

from storefront.core.extensions import db, transaction
from storefront.orders.numbers import new_number
from storefront.payments import kinds, method_settings
from storefront.payments.kinds import Check, Draft, Kind, Time
from storefront.ports.deferred_credit import CreditRequest, FieldProblem, OrderNumbers, Requirement
from storefront.ports.failure_reasons import FailureReason
from storefront.ports.mail import Message
from storefront.ports.payments import GatewayRefused, Invoice, TrackedParcel
from storefront.ports.payments import ProviderStatus as ProviderStatus
from storefront.ports.plugin import CreditEvent, Place, ProviderCall
from storefront.ports.sms import SmsUnavailable
from storefront.verification import code_check, sending
from storefront.verification.challenges import Ended
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from storefront.verification.sending import CodeRequest
from storefront.verification.verifier import Verifier

GINKGO = "ginkgo"
MOST = 10_000  # yen that it gives credit for
NO_MORE = "いちょう後払いは10,000円までご利用いただけます。別のお支払い方法を選んでください"
UNSIGNED = "unsigned"  # the code of what its connection lacks at first
SIGN = "いちょう後払いの契約書に署名してください"
KIND = Kind(
    GINKGO,
    time=Time.LATER,
    first_state="deferred",
    check=Check.CREDIT,
    gateway=GINKGO,
    draft=Draft(
        name="いちょう後払い",
        name_en="Ginkgo pay later",
        summary="商品到着後にお支払い。",
        payment_time="商品のお届け後、14日以内にお支払いください。",
        instructions="お支払いはまだです。お届け後にご案内します。",
    ),
)


@dataclass
class Ledger:
    """What Ginkgo knows: where each request stands, by its reference, and whether the shop has
    signed."""

    standings: dict[str, ProviderStatus] = field(default_factory=dict)
    slips: dict[str, str] = field(default_factory=dict)
    is_signed: bool = True
    turn: threading.Lock = field(default_factory=threading.Lock)

    def decide(self, reference: str, yen: int) -> bool:
        is_given = yen <= MOST
        self.standings[reference] = ProviderStatus.APPROVED if is_given else ProviderStatus.REFUSED
        return is_given


@dataclass(frozen=True)
class GinkgoVerifier:
    """A Verifier for one request."""

    ledger: Ledger
    request: CreditRequest
    lifetime: timedelta = timedelta(minutes=30)

    def issue(self, asked: CodeRequest, requester: Requester) -> Challenge:
        try:
            with transaction(of=f"codes {requester.checkout}"):
                known = db.session.scalar(sending.with_idempotency_key(asked.idempotency_key))
                challenge = known or sending.new(asked, requester, GINKGO, is_texted=False)
                challenge.reference = challenge.reference or f"G-{new_number()}"
        except IntegrityError:  # the same press came in between
            return db.session.scalars(sending.with_idempotency_key(asked.idempotency_key)).one()
        if known is None:
            self._ask(challenge.id, challenge.reference)
            db.session.refresh(challenge)
        return challenge

    def _ask(self, challenge_id: str, reference: str) -> None:
        db.session.commit()  # no transaction is open while the provider decides
        is_given = self.ledger.decide(reference, self.request.total)
        with transaction():
            challenge = db.session.get_one(Challenge, challenge_id)
            challenge.taken = True
            if is_given:
                code_check.pass_within(challenge)
            else:
                challenge.ended = Ended.LIMIT

    def judge(self, challenge: Challenge, typed: str, requester: Requester) -> CodeCheckResult:
        """There is no code that could be right."""
        return CodeCheckResult.ENDED

    def resend(self, challenge: Challenge, requester: Requester) -> None:
        raise SmsUnavailable("Ginkgo sends no codes")

    def ask_again(self, challenge: Challenge) -> None:
        """Nothing is ever unknown: it answers at once."""


@dataclass(frozen=True)
class GinkgoCredit:
    """A DeferredCredit."""

    ledger: Ledger
    code_lifetime: timedelta = timedelta(minutes=30)

    def missing(self) -> Sequence[Requirement]:
        return [] if self.ledger.is_signed else [Requirement(UNSIGNED, frozenset({GINKGO}))]

    def verifier(self, request: CreditRequest) -> Verifier:
        return GinkgoVerifier(self.ledger, request)

    def problems(self, request: CreditRequest) -> Sequence[FieldProblem]:
        return []

    def is_under_way(self, reference: str) -> bool:
        return False

    def claim(self, reference: str) -> OrderNumbers | None:
        if self.ledger.standings.get(reference) is not ProviderStatus.APPROVED:
            return None
        return OrderNumbers(reference.removeprefix("G-"), reference)

    def is_test_order(self, numbers: OrderNumbers) -> bool:
        return False

    def refusal_text(self, reason: FailureReason) -> str:
        return NO_MORE if reason is FailureReason.LIMIT else ""

    def reconcile(self) -> None:
        """Nothing is left open."""


@dataclass(frozen=True)
class GinkgoGateway:
    """A DeferredGateway."""

    ledger: Ledger

    def hurried(self) -> "GinkgoGateway":
        return self

    def ship(self, reference: str, slip: TrackedParcel) -> None:
        self._move(reference, ProviderStatus.APPROVED, ProviderStatus.SHIPPED)
        self.ledger.slips[reference] = slip.number

    def change_slip(self, reference: str, old: str, new: TrackedParcel) -> None:
        self.ledger.slips[reference] = new.number

    def withdraw_slip(self, reference: str) -> None:
        self._move(reference, ProviderStatus.SHIPPED, ProviderStatus.APPROVED)

    def cancel(self, reference: str) -> None:
        self._move(reference, self.standing(reference), ProviderStatus.CANCELLED)

    def reduce(self, reference: str, bill: Invoice) -> None:
        """Whatever it is now."""

    def reissue(self, reference: str, bill: Invoice, cause: str, other: str = "") -> None:
        raise GatewayRefused("no-bills")

    def slip_data(self, reference: str) -> list[tuple[str, str]]:
        return []

    def standing(self, reference: str) -> ProviderStatus:
        return self.ledger.standings[reference]

    def _move(self, reference: str, here: ProviderStatus, to: ProviderStatus) -> None:
        with self.ledger.turn:
            if self.standing(reference) is not here:
                raise GatewayRefused("not-now")
            self.ledger.standings[reference] = to


@dataclass(frozen=True)
class GinkgoPlugin:
    """A ProviderPlugin that keeps nothing of persons and has no work for the worker."""

    gateway: str = GINKGO
    name: str = "いちょう"
    service: str = "いちょう後払い"
    company: str = "いちょう株式会社"
    tasks: Mapping[str, Callable[[int], None]] = field(default_factory=dict)
    emails: Mapping[str, Callable[[str], Message]] = field(default_factory=dict)

    def bundled(self, references: Collection[str]) -> set[str]:
        return set()

    def calls(self, checkout_id: str) -> Sequence[ProviderCall]:
        return []

    def credit_events(self, checkout_id: str) -> Sequence[CreditEvent]:
        return []

    def refusal(self, reason: str) -> str:
        return f"いちょうが受け付けませんでした({reason})"

    def requirement(self, code: str) -> str:
        return SIGN if code == UNSIGNED else ""

    def note(self, place: Place) -> str:
        return ""

    def consent(self, *, is_texted: bool) -> str:
        return ""

    def privacy_text(self, method: str) -> str:
        return ""

    def terms_text(self, method: str) -> str:
        return ""

    def erase_checkouts(self, checkout_ids: Collection[str]) -> frozenset[str]:
        return frozenset()

    def erase_before(self, moment: datetime) -> int:
        return 0


@contextmanager
def ginkgo(app: Flask) -> Iterator[Ledger]:
    """A shop that takes Ginkgo beside its other methods, as wiring would register it."""
    ledger, wired = Ledger(), app.extensions["providers"]
    kinds.register(KIND)
    app.extensions["providers"] = replace(
        wired,
        credits={**wired.credits, GINKGO: GinkgoCredit(ledger)},
        gateways={**wired.gateways, GINKGO: GinkgoGateway(ledger)},
        plugins=(*wired.plugins, GinkgoPlugin()),
    )
    with app.app_context():
        offered = replace(method_settings.draft(KIND), published=True)
        method_settings.register(KIND, offered)
        db.session.remove()
    try:
        yield ledger
    finally:
        app.extensions["providers"] = wired
        del kinds.KINDS[GINKGO]
