"""What a shopper's order asks Yamato for, before it has a number."""

from dataclasses import dataclass
from datetime import date

from storefront.providers.yamato.protocol.field_errors import Problem
from storefront.providers.yamato.protocol.line_items import LineItem
from storefront.providers.yamato.protocol.messages import SendDivision
from storefront.providers.yamato.protocol.registration import Orderer, Recipient, Registration

ANY_NUMBER = "A1"


@dataclass(frozen=True, repr=False)
class Application:
    """total in yen, tax, shipping and fee included; it equals the sum of the lines."""

    order_day: date
    ship_day: date
    orderer: Orderer
    recipient: Recipient | None
    total: int
    lines: tuple[LineItem, ...]
    division: SendDivision

    @property
    def wants_code(self) -> bool:
        return self.division == SendDivision.SMARTPHONE

    def problems(self) -> list[Problem]:
        """What the shopper can correct before anything is asked."""
        return self.numbered(ANY_NUMBER).problems()

    def numbered(self, order_number: str) -> Registration:
        return Registration(
            order_number,
            self.order_day,
            self.ship_day,
            self.orderer,
            self.total,
            self.lines,
            self.division,
            self.recipient,
        )
