"""What a provider adds to the shop beside its calls, whether it is connected just now or not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from storefront.ports.mail import Message


class Place(StrEnum):
    """Where on the owner's side a provider may add sentences of its own."""

    STAFF_ORDERS = "staff-orders"  # below the list of orders: which of them staff cannot enter
    METHOD_KINDS = "method-kinds"  # at the choice of a kind: how many methods it has room for
    COLLECTOR = "collector"  # the choice by which the provider asks for the money after delivery
    CODE_TEXT = "code-text"  # at the text of a code: whose codes come without it
    CODE_LIMITS = "code-limits"  # at the caps on texts: whose codes are counted, whose are paid for
    CODE_COSTS = "code-costs"  # at the report of texts: whose codes cost the shop nothing


@dataclass(frozen=True)
class ProviderCall:
    """One request to the provider and how it ended, persons and secrets masked."""

    at: datetime
    api: str
    order_number: str  # by which the provider knows what it was about
    outcome: str


@dataclass(frozen=True)
class CreditEvent:
    """One request for credit on the way to an order, in words for the owner."""

    at: datetime
    words: str
    detail: str
    is_good: bool


class ProviderPlugin(Protocol):
    """A reference is the number by which the provider knows an order."""

    @property
    def gateway(self) -> str:
        """The word that payment kinds have as their gateway."""

    @property
    def name(self) -> str:
        """As the owner calls the provider, in the language of the page."""

    @property
    def service(self) -> str:
        """As the owner calls what it offers, in the language of the page."""

    @property
    def company(self) -> str:
        """The company as it signs what it sends to shoppers, in the language of the page."""

    @property
    def tasks(self) -> Mapping[str, Callable[[int], None]]:
        """What the worker does for the provider's own kinds of outbox rows, by the row's id."""

    @property
    def emails(self) -> Mapping[str, Callable[[str], Message]]:
        """The mails that its tasks send, by the kind of their outbox row: each is written in the
        language that is asked for, about nobody in particular."""

    def bundled(self, references: Collection[str]) -> set[str]:
        """Of these those whose payslip lies in the parcel."""

    def calls(self, checkout_id: str) -> Sequence[ProviderCall]:
        """All that was asked of the provider for this checkout and its order, oldest first."""

    def credit_events(self, checkout_id: str) -> Sequence[CreditEvent]: ...

    def refusal(self, reason: str) -> str:
        """A sentence to the owner for the reason of a GatewayRefused."""

    def requirement(self, code: str) -> str:
        """A sentence to the owner for a Requirement's code; empty for a code that it does not
        know."""

    def note(self, place: Place) -> str:
        """What the owner reads of the provider there, in whole sentences; empty for nothing."""

    def consent(self, *, is_texted: bool) -> str:
        """What a shopper agrees to by the confirmation's button, which leads on to a code or to
        the order."""

    def privacy_text(self, method: str) -> str:
        """What the privacy policy says of a payment method of this name."""

    def terms_text(self, method: str) -> str:
        """What the shop's terms say of a payment method of this name."""

    def erase_checkouts(self, checkout_ids: Collection[str]) -> frozenset[str]:
        """Erase what is kept of their persons, inside the caller's transaction; gives every
        number that the provider knows them by."""

    def erase_before(self, moment: datetime) -> int:
        """Erase what is older and belongs to no order that has its person still, inside the
        caller's transaction; gives the rows."""
