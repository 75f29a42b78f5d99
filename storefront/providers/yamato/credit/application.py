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
    """What is asked for: an order of total yen (tax, shipping and fee included, the sum of the
    lines) that has no number yet."""

    order_day: date
    ship_day: date
    orderer: Orderer
    recipient: Recipient | None
    total: int
    lines: tuple[LineItem, ...]
    division: SendDivision

    @property
    def wants_code(self) -> bool:
        """Whether Yamato texts a code: the smartphone type."""
        return self.division == SendDivision.SMARTPHONE

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of it and the shopper can correct."""
        return self.numbered(ANY_NUMBER).problems()

    def numbered(self, order_number: str) -> Registration:
        """The request KAARA0010 under this order number."""
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
