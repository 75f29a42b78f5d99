"""KAARA0010: asking Yamato to take an order on credit, which may send the text with the code."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from storefront.core import clock, japanese
from storefront.providers.yamato.protocol import identifiers
from storefront.providers.yamato.protocol.encoding import (
    LONGEST_NAME,
    Address,
    half_width_kana,
    text_problems,
    wide,
)
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason
from storefront.providers.yamato.protocol.line_items import LineItem, line_fields, line_problems
from storefront.providers.yamato.protocol.messages import (
    Api,
    Fields,
    Merchant,
    SendDivision,
    day,
    request_date,
)

SHIPS_WITHIN = timedelta(days=90)


def ship_day_problems(day: date) -> list[Problem]:
    """Whether the day is more than 90 days away, in the past or in the future, as the document does
    not say which."""
    if abs(day - clock.today()) <= SHIPS_WITHIN:
        return []
    return [Problem(Field.SHIP_DAY, Reason.RANGE, SHIPS_WITHIN.days)]


@dataclass(frozen=True, repr=False)
class Orderer:
    """Who owes the money; with the smartphone type the phone is the one that gets the code."""

    name: str
    postal_code: str
    address: Address
    phone: str
    email: str
    kana: str = ""

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of it."""
        return [
            *text_problems(Field.NAME, self.name, LONGEST_NAME),
            *identifiers.postal_code_problems(Field.POSTAL_CODE, self.postal_code),
            *self.address.problems(Field.ADDRESS),
            *identifiers.email_problems(self.email),
        ]

    def fields(self) -> Fields:
        """Its form fields."""
        first, second = self.address.lines(Field.ADDRESS)
        return {
            "name": wide(self.name),
            "nameKana": half_width_kana(self.kana),
            "postCode": japanese.digits(self.postal_code),
            "address1": first,
            "address2": second,
            "telNum": identifiers.phone(self.phone),
            "email": self.email,
        }


@dataclass(frozen=True, repr=False)
class Recipient:
    """Where the parcel goes, if not to the orderer."""

    name: str
    postal_code: str
    address: Address
    phone: str = ""

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of it."""
        return [
            *text_problems(Field.SHIP_NAME, self.name, LONGEST_NAME),
            *identifiers.postal_code_problems(Field.SHIP_POSTAL_CODE, self.postal_code),
            *self.address.problems(Field.SHIP_ADDRESS),
            *(identifiers.phone_problems(Field.SHIP_PHONE, self.phone) if self.phone else []),
        ]

    def fields(self) -> Fields:
        """Its form fields."""
        first, second = self.address.lines(Field.SHIP_ADDRESS)
        return {
            "sendName": wide(self.name),
            "sendPostCode": japanese.digits(self.postal_code),
            "sendAddress1": first,
            "sendAddress2": second,
            "sendTelNum": identifiers.phone(self.phone),
        }


NO_RECIPIENT = dict.fromkeys(
    ("sendName", "sendPostCode", "sendAddress1", "sendAddress2", "sendTelNum"), ""
)


@dataclass(frozen=True, repr=False)
class Registration:
    """One attempt to get credit for an order of so many yen, tax, shipping and fee included."""

    api: ClassVar[Api] = Api.REGISTER
    order_number: str
    order_day: date
    ship_day: date
    orderer: Orderer
    total: int
    lines: tuple[LineItem, ...]
    division: SendDivision = SendDivision.SMARTPHONE
    recipient: Recipient | None = None
    cart_code: str = ""
    mobile_prefixes: tuple[str, ...] = identifiers.MOBILE_PREFIXES

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of the request, told without asking."""
        return [
            *identifiers.order_number_problems(self.order_number),
            *self._day_problems(),
            *self.orderer.problems(),
            *self._phone_problems(),
            *line_problems(self.lines, self.total),
            *self._recipient_problems(),
        ]

    def _day_problems(self) -> list[Problem]:
        if self.order_day > self.ship_day:
            return [Problem(Field.SHIP_DAY, Reason.RANGE, SHIPS_WITHIN.days)]
        return ship_day_problems(self.ship_day)

    def _phone_problems(self) -> list[Problem]:
        if self.division == SendDivision.SMARTPHONE:
            return identifiers.mobile_problems(self.orderer.phone, self.mobile_prefixes)
        return identifiers.phone_problems(Field.PHONE, self.orderer.phone)

    def _recipient_problems(self) -> list[Problem]:
        if self.recipient:
            return self.recipient.problems()
        if self.division == SendDivision.TO_OTHER:
            return [Problem(Field.SHIP_ADDRESS, Reason.EMPTY)]
        return []

    def fields(self, merchant: Merchant) -> Fields:
        """The form of KAARA0010, in the document's order."""
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "orderYmd": day(self.order_day),
            "shipYmd": day(self.ship_day),
            **self.orderer.fields(),
            "billPostCode": "",
            "totalAmount": str(self.total),
            "sendDiv": self.division.value,
            "cartCode": self.cart_code,
            **line_fields(self.lines),
            **(self.recipient.fields() if self.recipient else NO_RECIPIENT),
            "requestDate": request_date(),
            "password": merchant.password,
            "headerInformation": "",
            "fraudbuster": "",
        }
