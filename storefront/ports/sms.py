"""The SMS port: handing one text to whoever carries it, and what may become of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

PATIENCE = 5.0  # seconds that one sender gets


class NumberRefused(Exception):
    """No provider can reach this number; ask the shopper for another."""


class SmsUnavailable(Exception):
    """The provider did not take the message; another may, or this one after so many seconds."""

    def __init__(self, reason: str = "", *, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class SenderMisconfigured(SmsUnavailable):
    """Our own settings are wrong; go to another provider and alert the owner."""


class SmsUnknown(Exception):
    """The answer never came and the text may still arrive; never call it failed."""


@dataclass(frozen=True)
class Receipt:
    """Who took the message, and the name they know it by."""

    provider: str
    reference: str


class SmsSender(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def is_down(self) -> bool:
        """Whether a text would be turned away before anything is tried."""

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        """Send a text to a number in E.164 form, of use for so many seconds, or raise one of the
        errors above within patience, whose words never hold the number, the text or a secret."""


class Delivery(StrEnum):
    """How far a message has come, as its provider reports later."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


DELIVERY_MOVES: dict[Delivery, frozenset[Delivery]] = {
    Delivery.QUEUED: frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED}),
    Delivery.SENT: frozenset({Delivery.DELIVERED, Delivery.UNDELIVERED}),
    Delivery.DELIVERED: frozenset(),
    Delivery.UNDELIVERED: frozenset(),
}


def moves_forward(old: Delivery, new: Delivery) -> bool:
    """Whether a report is news: reports come late, twice and out of order."""
    return new in DELIVERY_MOVES[old]
