"""What is wrong with a message before it is sent, in terms of the form that the shopper filled."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from storefront.ports.deferred_credit import Reason


class Field(StrEnum):
    """Where the correction is made; from SLIP_NUMBER on that is not the shopper's doing."""

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
    CODE = "code"
    SLIP_NUMBER = "slip_number"
    ORDER_NUMBER = "order_number"
    LINES = "lines"
    SHIP_DAY = "ship_day"
    REASON = "reason"


@dataclass(frozen=True)
class Problem:
    """limit and found are what the sentence beside the field counts, character what it quotes."""

    field: Field
    reason: Reason
    limit: int | None = None
    found: int | None = None
    character: str | None = None


class Invalid(Exception):
    """Nothing was asked of Yamato; let the shopper correct each field that is named."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{one.field} {one.reason}" for one in self.problems))


__all__ = ["Field", "Invalid", "Problem", "Reason"]
