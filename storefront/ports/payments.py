"""The payments port: what a provider that takes money for the shop does, and how it can fail."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class GatewayRefused(Exception):
    """The provider said no, so nothing has changed there; its reason is for the owner."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class GatewayUnavailable(Exception):
    """Nothing was asked or done; the same may be asked again later."""


class GatewayUnknown(Exception):
    """It may have been done or not: ask for the standing before anything else."""


NO_ANSWER = (GatewayRefused, GatewayUnavailable, GatewayUnknown)


class Carrier(StrEnum):
    YAMATO = "yamato"
    OTHER = "other"


@dataclass(frozen=True)
class TrackedParcel:
    """One parcel's tracking number, and the day it goes."""

    carrier: Carrier
    number: str
    ship_day: date


class ProviderStatus(StrEnum):
    """Where the provider says that an order's payment stands."""

    EXAMINING = "examining"
    APPROVED = "approved"
    SHIPPED = "shipped"
    IN_DOUBT = "in-doubt"  # the delivery is being looked into
    SOLD = "sold"  # delivered, the payment not yet asked for
    REQUESTED = "requested"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUSED = "refused"


@dataclass(frozen=True)
class Invoice:
    """What is owed now: yen and the lines that sum to it, each a name, pieces and yen apiece."""

    total: int
    lines: tuple[tuple[str, int, int], ...]
    order_day: date
    ship_day: date
    postal_code: str
    address: tuple[str, str, str, str]  # prefecture, city, street, building
    division: str  # the gateway's own word for the way the bill goes out


class DeferredGateway(Protocol):
    """A provider that carries the credit; reference is the number it knows the order by.

    Every method but hurried raises GatewayRefused, GatewayUnavailable or GatewayUnknown.
    """

    def hurried(self) -> "DeferredGateway":
        """The same provider, which is waited for five seconds: a shopper's browser gives up at 15.

        What takes longer raises GatewayUnknown.
        """

    def ship(self, reference: str, slip: TrackedParcel) -> None: ...

    def change_slip(self, reference: str, old: str, new: TrackedParcel) -> None: ...

    def withdraw_slip(self, reference: str) -> None: ...

    def cancel(self, reference: str) -> None: ...

    def reduce(self, reference: str, bill: Invoice) -> None: ...

    def reissue(self, reference: str, bill: Invoice, cause: str, other: str = "") -> None: ...

    def slip_data(self, reference: str) -> list[tuple[str, str]]:
        """Names and texts to print on the slip that lies in the parcel, the goods' lines last."""

    def standing(self, reference: str) -> ProviderStatus: ...


class Outcome(StrEnum):
    """How a visit to a hosted page stands."""

    OPEN = "open"
    PAID = "paid"
    ISSUED = "issued"  # a number to pay by was given; paid comes later
    REFUSED = "refused"
    ABANDONED = "abandoned"


@dataclass(frozen=True)
class SessionRequest:
    """What a shopper is sent to a hosted page for; means is one of the ways to pay."""

    token: str
    means: str
    yen: int
    order_number: str
    return_url: str
    locale: str


class HostedPages(Protocol):
    """A provider's own payment page; the shop never sees what is typed there."""

    @property
    def origin(self) -> str:
        """Scheme, host and port that a form may lead to; empty for the shop's own."""

    def open(self, visit: SessionRequest) -> str:
        """Announce the visit; gives the address to send the shopper to. Raises as above."""

    def outcome(self, token: str) -> Outcome:
        """Asked of the provider itself: what the browser brings back is no proof."""

    def number(self, token: str) -> str:
        """What is paid by at a store, once it is issued."""

    def refund(self, token: str) -> None:
        """Give the money back, or void a number not yet paid; twice is once."""
