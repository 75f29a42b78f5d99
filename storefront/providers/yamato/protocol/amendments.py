"""KAAKK0010 and KAARR0010: charging less, and issuing an invoice again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from storefront.core import japanese
from storefront.providers.yamato.protocol import identifiers
from storefront.providers.yamato.protocol.encoding import Address, text_problems, wide
from storefront.providers.yamato.protocol.field_errors import Field, Problem
from storefront.providers.yamato.protocol.line_items import LineItem, line_fields, line_problems
from storefront.providers.yamato.protocol.messages import (
    Api,
    Fields,
    InvoiceDivision,
    Merchant,
    day,
    request_date,
)
from storefront.providers.yamato.protocol.registration import ship_day_problems

LONGEST_REASON = 25  # characters in full width


class Cause(StrEnum):
    """reasonReissue: why the invoice did not reach its reader."""

    WRONG_ADDRESS = "1"
    LOST = "2"
    DAMAGED = "3"
    MOVED = "4"
    INPUT_ERROR = "5"
    OTHER = "6"


@dataclass(frozen=True, repr=False)
class AmendedInvoice:
    """Whom and what an invoice is for; the sum of its lines is the total in yen."""

    ship_day: date
    division: InvoiceDivision
    postal_code: str
    address: Address
    total: int
    lines: tuple[LineItem, ...]

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of the invoice."""
        return [
            *identifiers.postal_code_problems(Field.POSTAL_CODE, self.postal_code),
            *self.address.problems(Field.ADDRESS),
            *line_problems(self.lines, self.total),
        ]

    def address_fields(self) -> Fields:
        """The form fields of the address."""
        first, second = self.address.lines(Field.ADDRESS)
        postal_code = japanese.digits(self.postal_code)
        return {"postCode": postal_code, "address1": first, "address2": second}


@dataclass(frozen=True)
class Reduction:
    """A lower total in yen. A higher one needs another order."""

    api: ClassVar[Api] = Api.REDUCE
    order_number: str
    order_day: date
    invoice: AmendedInvoice

    def problems(self) -> list[Problem]:
        return identifiers.order_number_problems(self.order_number) + self.invoice.problems()

    def fields(self, merchant: Merchant) -> Fields:
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "orderYmd": day(self.order_day),
            "shipYmd": day(self.invoice.ship_day),
            **self.invoice.address_fields(),
            **line_fields(self.invoice.lines),
            "totalAmount": str(self.invoice.total),
            "sendDiv": self.invoice.division.value,
            "billPostCode": "",
            "password": merchant.password,
            "requestDate": request_date(),
        }


@dataclass(frozen=True)
class Reissue:
    """The same total again; the words are for the cause OTHER."""

    api: ClassVar[Api] = Api.REISSUE
    order_number: str
    cause: Cause
    invoice: AmendedInvoice
    words: str = ""

    def problems(self) -> list[Problem]:
        found = identifiers.order_number_problems(self.order_number) + self.invoice.problems()
        found += ship_day_problems(self.invoice.ship_day)
        if self.words or self.cause == Cause.OTHER:
            found += text_problems(Field.REASON, self.words, LONGEST_REASON)
        return found

    def fields(self, merchant: Merchant) -> Fields:
        """The form; the only request without a requestDate."""
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "password": merchant.password,
            "requestContents": "1",
            "reasonReissue": self.cause.value,
            "reasonReissueEtc": wide(self.words),
            "shipYmd": day(self.invoice.ship_day),
            "sendDiv": self.invoice.division.value,
            **self.invoice.address_fields(),
            **line_fields(self.invoice.lines),
            "billPostCode": "",
        }


@dataclass(frozen=True)
class Withdrawal:
    """Takes a reissue back."""

    api: ClassVar[Api] = Api.REISSUE
    order_number: str

    def problems(self) -> list[Problem]:
        return identifiers.order_number_problems(self.order_number)

    def fields(self, merchant: Merchant) -> Fields:
        empty = ("reasonReissue", "reasonReissueEtc", "shipYmd", "sendDiv", "postCode")
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "password": merchant.password,
            "requestContents": "3",
            **dict.fromkeys((*empty, "address1", "address2", "billPostCode"), ""),
        }
