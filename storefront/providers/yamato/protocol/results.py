"""What Yamato's result codes mean; one that is not in the tables approves of nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Self

from storefront.providers.yamato.protocol.messages import SendDivision


class _Codes(StrEnum):
    """Codes compared as text; any other is the member UNKNOWN."""

    @classmethod
    def _missing_(cls, value: object) -> Self:
        return cls["UNKNOWN"]


class CreditResult(_Codes):
    """result of KAARA0010 and of KAARS0010."""

    USABLE = "0"
    NOT_USABLE = "1"
    OVER_LIMIT = "2"
    EXAMINING = "3"
    UNKNOWN = ""


SMS_SEND = "smsSend"  # said by the simulator alone: Yamato never tells
SENT = {"0": False, "1": True}


@dataclass(frozen=True)
class Credit:
    """is_text_sent is None where nobody says it, as with Yamato."""

    result: CreditResult
    is_text_sent: bool | None = None


class CreditDecision(Enum):
    """What a credit result lets the shop do; UNKNOWN asks again."""

    APPROVED = "approved"
    CODE_WANTED = "code-wanted"
    REFUSED = "refused"
    OVER_LIMIT = "over-limit"
    UNKNOWN = "unknown"


DECISIONS = {
    CreditResult.USABLE: CreditDecision.APPROVED,
    CreditResult.NOT_USABLE: CreditDecision.REFUSED,
    CreditResult.OVER_LIMIT: CreditDecision.OVER_LIMIT,
    CreditResult.UNKNOWN: CreditDecision.UNKNOWN,
}


def decide(result: CreditResult, division: SendDivision) -> CreditDecision:
    """Under examination means a text with a code to the smartphone type, a refusal to others."""
    if result == CreditResult.EXAMINING:
        is_smartphone = division == SendDivision.SMARTPHONE
        return CreditDecision.CODE_WANTED if is_smartphone else CreditDecision.REFUSED
    return DECISIONS[result]


class CodeJudgement(_Codes):
    """result of KAASA0020; LOCKED is told by an error code alone."""

    RIGHT = "1"
    WRONG = "2"
    EXPIRED = "3"
    UNDELIVERED = "4"
    ENDED = "5"
    LOCKED = "kaasa021e"
    UNKNOWN = ""


VERDICTS_OF_ERRORS = {
    "kaasa020e": CodeJudgement.ENDED,
    "kaasa021e": CodeJudgement.LOCKED,
    "kaasa022e": CodeJudgement.EXPIRED,
}


class CreditStatus(_Codes):
    """result of KAAST0010; the last three belong to the smartphone type."""

    APPROVED = "1"
    CANCELLED = "2"
    SLIP_REGISTERED = "3"
    DELIVERY_IN_DOUBT = "5"
    WARNING_SENT = "6"
    SALES_FIXED = "10"
    INVOICE_ISSUED = "11"
    PAID = "12"
    EXAMINING = "30"
    NOT_VERIFIED = "31"
    IMPOSSIBLE = "32"
    UNKNOWN = ""


class StatusWarning(_Codes):
    """warning of KAAST0010."""

    NONE = "0"
    NO_SLIP = "1"
    NOT_DELIVERED = "2"
    DELIVERY_IN_DOUBT = "3"
    NOT_PRINTED = "4"
    UNKNOWN = ""


@dataclass(frozen=True)
class StatusReply:
    """What KAAST0010 says: where the order stands, and a warning about its parcel."""

    status: CreditStatus
    warning: StatusWarning


@dataclass(frozen=True)
class PrintedLine:
    """One line of a payslip, as text: pieces and yen."""

    name: str
    count: str
    unit_price: str
    subtotal: str


@dataclass(frozen=True, repr=False)
class PrintData:
    """An invoice as it is printed: texts under Yamato's own names, and its lines in order."""

    texts: Mapping[str, str]
    lines: tuple[PrintedLine, ...]


PRINTED = (
    "postCode",
    "address1",
    "address2",
    "name",
    "claimDate",
    "buyStore",
    "hpAddress",
    "telNum",
    "email",
    "orderDate",
    "claimSum",
    "maturity",
    "accountNo1",
    "accountNo2",
    "memberName",
    "recipient",
    "buyerName",
    "buyName",
    "inquiryNo",
    "upperOcrCode",
    "lowerOcrCode",
    "barCode",
    "billPostCode",
)
NUMBERED_ITEM = re.compile(r"itemName([1-9][0-9]?)")


def print_data(fields: Mapping[str, str]) -> PrintData:
    """The documented fields, empty where the answer has none."""
    found = (NUMBERED_ITEM.fullmatch(name) for name in fields)
    numbers = sorted(int(item[1]) for item in found if item and fields[item[0]])
    texts = {name: fields.get(name, "") for name in PRINTED}
    return PrintData(texts, tuple(_line(fields, number) for number in numbers))


def _line(fields: Mapping[str, str], number: int) -> PrintedLine:
    names = ("itemName", "itemCount", "unitPrice", "subTotal")
    return PrintedLine(*(fields.get(f"{name}{number}", "") for name in names))
