"""What every request to Yamato has in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from storefront.core import clock
from storefront.providers.yamato.protocol.field_errors import Problem

Fields = dict[str, str]


class Api(StrEnum):
    """The last part of the address that a request is posted to."""

    REGISTER = "KAARA0010"
    VERIFY_CODE = "KAASA0020"
    CREDIT_RESULT = "KAARS0010"
    STATUS = "KAAST0010"
    CANCEL = "KAACL0010"
    SHIP = "KAASL0010"
    REDUCE = "KAAKK0010"
    REISSUE = "KAARR0010"
    PRINT_DATA = "KAASD0010"


class SendDivision(StrEnum):
    """sendDiv of a registration; InvoiceDivision numbers the same things otherwise."""

    TO_ORDERER = "0"
    TO_OTHER = "1"
    BUNDLED = "2"
    SMARTPHONE = "3"


class InvoiceDivision(StrEnum):
    """sendDiv of a reduction and of a reissue."""

    SEPARATE = "0"
    BUNDLED = "1"
    SMARTPHONE = "2"


@dataclass(frozen=True)
class Merchant:
    """The shop's credentials: eleven digits, and eight letters or digits."""

    code: str
    password: str = field(repr=False)


class Message(Protocol):
    """A request to Yamato."""

    @property
    def api(self) -> Api: ...

    @property
    def order_number(self) -> str: ...

    def problems(self) -> list[Problem]:
        """Whatever Yamato would refuse that can be told without asking it."""

    def fields(self, merchant: Merchant) -> Fields:
        """The form as it is posted, in the documented order; only of a message without problems."""


def request_date() -> str:
    """Now in Japan, yyyyMMddHHmmss."""
    return clock.now().astimezone(clock.JAPAN).strftime("%Y%m%d%H%M%S")


def day(value: date | None) -> str:
    """yyyyMMdd, or nothing."""
    return f"{value:%Y%m%d}" if value else ""


# The only fields that an order's call log may show as they were sent.
OPEN = {
    "ycfStrCode",
    "orderNo",
    "orderYmd",
    "shipYmd",
    "totalAmount",
    "sendDiv",
    "cartCode",
    "requestDate",
    "requestContents",
    "reasonReissue",
    "processDiv",
    "paymentNo",
    "beforePaymentNo",
}
OPEN_GROUPS = ("itemName", "itemCount", "unitPrice", "subTotal")


def masked(fields: Mapping[str, str]) -> Fields:
    """The fields for the call log: the last four digits of phones; nothing of persons and
    secrets."""
    return {name: _masked(name, text) for name, text in fields.items()}


def _masked(name: str, text: str) -> str:
    if not text or name in OPEN or name.rstrip("0123456789") in OPEN_GROUPS:
        return text
    return f"***{text[-4:]}" if name in ("telNum", "sendTelNum") else "***"
