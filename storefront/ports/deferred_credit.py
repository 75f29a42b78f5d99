"""The port of pay-later providers: who takes an order on credit before it is placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from storefront.ports.failure_reasons import FailureReason


@dataclass(frozen=True, repr=False)
class Party:
    """Who orders, or whom the parcel goes to; the phone is in national digits."""

    name: str
    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str
    phone: str


@dataclass(frozen=True)
class CreditLine:
    """Goods of one kind; the price is yen apiece, tax included."""

    name: str
    quantity: int
    price: int


@dataclass(frozen=True, repr=False)
class CreditRequest:
    """What a provider is asked to take on credit, before the order has a number.

    total in yen, which the lines, shipping and fee sum to. The orderer's phone is the one that a
    code is texted to where one is sent. recipient is None where the parcel goes to the orderer.
    """

    orderer: Party
    kana: str
    email: str
    recipient: Party | None
    lines: tuple[CreditLine, ...]
    shipping: int
    fee: int
    total: int
    order_day: date
    sends_code: bool


class OrderField(StrEnum):
    """Where the shopper corrects a request; a stored value, too."""

    NAME = "name"
    KANA = "name_kana"
    POSTAL_CODE = "postal_code"
    ADDRESS = "address"
    PHONE = "tel"
    SMS_PHONE = "sms_tel"
    EMAIL = "email"
    SHIP_NAME = "ship_name"
    SHIP_POSTAL_CODE = "ship_postal_code"
    SHIP_ADDRESS = "ship_address"
    SHIP_PHONE = "ship_tel"
    PAYMENT = "payment"  # no field cures it but another payment method


class Reason(StrEnum):
    """What is wrong with a field."""

    EMPTY = "empty"
    LONG = "long"
    CHARACTERS = "characters"
    FORMAT = "format"
    NO_PREFECTURE = "no-prefecture"
    NO_BLOCK_NUMBER = "no-block-number"
    NOT_MOBILE = "not-mobile"
    CHECK_DIGIT = "check-digit"
    RANGE = "range"
    SUM = "sum"


@dataclass(frozen=True)
class FieldProblem:
    """limit and found are what the sentence beside the field counts, character what it quotes."""

    field: OrderField
    reason: Reason
    limit: int | None = None
    found: int | None = None
    character: str | None = None


@dataclass(frozen=True)
class OrderNumbers:
    """An order's number, the number its provider knows it by, and the contract it is under."""

    number: str
    reference: str
    contract: str | None = None


@dataclass(frozen=True)
class Requirement:
    """Something that the owner has still to arrange with the provider.

    ProviderPlugin.requirement says it in a sentence, by the code. kinds are the codes of the
    payment kinds that cannot be published until then; none means all that the provider takes.
    """

    code: str
    kinds: frozenset[str] = frozenset()

    def holds_back(self, kind: str) -> bool:
        """Whether methods of this payment kind wait for it."""
        return not self.kinds or kind in self.kinds


Verifier = TypeVar("Verifier", covariant=True)  # the shop's type of who proves phone or credit


class DeferredCredit(Protocol[Verifier]):
    """One provider; a reference is the number by which it knows a request for credit."""

    @property
    def code_lifetime(self) -> timedelta:
        """How long a code is good that the provider texts."""

    def missing(self) -> Sequence[Requirement]:
        """What the shop's connection to the provider still lacks; empty where it is complete."""

    def verifier(self, request: CreditRequest) -> Verifier: ...

    def problems(self, request: CreditRequest) -> Sequence[FieldProblem]:
        """What the provider would refuse of this request, told without asking it."""

    def is_under_way(self, reference: str) -> bool:
        """Whether a request has just been made, so that its answer may come any moment."""

    def claim(self, reference: str) -> OrderNumbers | None:
        """Let the order stand on this approved credit, inside the caller's transaction; None where
        it is approved no longer: then there is no order."""

    def is_test_order(self, numbers: OrderNumbers) -> bool:
        """Whether the order is for trying out, so that nobody will ever be asked for its money."""

    def refusal_text(self, reason: FailureReason) -> str:
        """A sentence of the provider's own to the shopper; empty where the shop's own does."""

    def reconcile(self) -> None:
        """Of every minute: see every request to its end, whoever has left meanwhile."""
