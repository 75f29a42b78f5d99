"""Why a payment method leads nowhere for a shopper, and which kind of failure each reason is."""

from enum import StrEnum
from typing import Literal


class FailureGroup(StrEnum):
    """Reasons that a shopper sees as one kind of failure."""

    PHONE = "phone"
    CREDIT = "credit"
    SILENCE = "silence"
    OFFER = "offer"  # the method itself: off the offer, not for this total, or its page said no


class FailureReason(StrEnum):
    """The value is what is stored and what the banner's data-reason says."""

    LOCKED = "locked"
    TOO_MANY = "too-many"
    UNDELIVERED = "undelivered"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    ENDED = "ended"
    CREDIT = "credit"
    LIMIT = "limit"
    UNANSWERED = "unanswered"
    DECLINED = "declined"  # by a payment page
    WITHDRAWN = "withdrawn"  # the shop offers the method no longer
    AMOUNT = "amount"  # the method is not for this total

    @property
    def group(self) -> FailureGroup:
        match self:
            case FailureReason.CREDIT | FailureReason.LIMIT:
                return FailureGroup.CREDIT
            case FailureReason.UNANSWERED:
                return FailureGroup.SILENCE
            case FailureReason.DECLINED | FailureReason.WITHDRAWN | FailureReason.AMOUNT:
                return FailureGroup.OFFER
            case (
                FailureReason.LOCKED
                | FailureReason.TOO_MANY
                | FailureReason.UNDELIVERED
                | FailureReason.REFUSED
                | FailureReason.UNAVAILABLE
                | FailureReason.ENDED
            ):
                return FailureGroup.PHONE


OfNumber = Literal[FailureReason.UNDELIVERED, FailureReason.REFUSED]
OfCode = Literal[
    FailureReason.LOCKED,
    FailureReason.TOO_MANY,
    FailureReason.UNAVAILABLE,
    FailureReason.ENDED,
]
OfCredit = Literal[FailureReason.CREDIT, FailureReason.LIMIT, FailureReason.UNANSWERED]
OfOffer = Literal[FailureReason.DECLINED, FailureReason.WITHDRAWN, FailureReason.AMOUNT]
