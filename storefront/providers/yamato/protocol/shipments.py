"""KAASL0010: telling Yamato by which parcel an order goes, which starts the payment."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from storefront.providers.yamato.protocol import identifiers
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason
from storefront.providers.yamato.protocol.messages import Api, Fields, Merchant, day, request_date
from storefront.providers.yamato.protocol.registration import ship_day_problems
from storefront.shipping import tracking_numbers


class Process(StrEnum):
    """processDiv; by another carrier both what is new and what changes."""

    YAMATO = "0"
    CHANGE = "1"
    OTHER_CARRIER = "2"
    CANCEL = "9"


@dataclass(frozen=True)
class Shipment:
    """One parcel. A change names the parcel before in former_slip, and the day the new one goes."""

    api: ClassVar[Api] = Api.SHIP
    order_number: str
    process: Process
    slip: str = ""
    ship_day: date | None = None
    former_slip: str = ""

    def problems(self) -> list[Problem]:
        """What Yamato would refuse of it."""
        found = identifiers.order_number_problems(self.order_number)
        if self.process == Process.CANCEL:
            return found + self._leftovers()
        return found + self._slip_problems() + self._change_problems() + self._day_problems()

    def _leftovers(self) -> list[Problem]:
        """A cancellation names no parcel and no day."""
        if self.slip or self.former_slip or self.ship_day:
            return [Problem(Field.SLIP_NUMBER, Reason.FORMAT, 0)]
        return []

    def _slip_problems(self) -> list[Problem]:
        if self.process == Process.OTHER_CARRIER:
            return identifiers.any_slip_problems(_joined(self.slip))
        return identifiers.yamato_slip_problems(_joined(self.slip))

    def _change_problems(self) -> list[Problem]:
        if self.process != Process.CHANGE:
            return (
                identifiers.any_slip_problems(_joined(self.former_slip)) if self.former_slip else []
            )
        undated = [] if self.ship_day else [Problem(Field.SHIP_DAY, Reason.EMPTY)]
        return undated + identifiers.any_slip_problems(_joined(self.former_slip))

    def _day_problems(self) -> list[Problem]:
        return ship_day_problems(self.ship_day) if self.ship_day else []

    def fields(self, merchant: Merchant) -> Fields:
        """The form of KAASL0010."""
        return {
            "ycfStrCode": merchant.code,
            "orderNo": self.order_number,
            "paymentNo": _joined(self.slip),
            "processDiv": self.process.value,
            "shipYmd": day(self.ship_day),
            "beforePaymentNo": _joined(self.former_slip),
            "requestDate": request_date(),
            "password": merchant.password,
        }


def _joined(slip: str) -> str:
    """Twelve digits however they are grouped; what else a carrier writes stays as it is, so that
    a later change names the same number."""
    joined = slip.replace("-", "")
    return joined if tracking_numbers.is_of_yamato(joined) else slip
