"""Yamato's price list: tariffs with their plans, in yen before consumption tax, and since when each
holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Invoice(StrEnum):
    """What carries the request to pay to the shopper."""

    SMARTPHONE = "smartphone type"
    POSTCARD = "payslip, postcard"
    LETTER = "payslip, sealed letter"


@dataclass(frozen=True)
class Plan:
    """A fee in yen every month, and a rate in parts of 10,000 of each order's total, tax
    included."""

    monthly: int
    rate: int

    def settlement_fee(self, total: int) -> int:
        """Yen for one order of this total, fractions dropped."""
        return total * self.rate // 10_000


@dataclass(frozen=True)
class Tariff:
    """The plans from the lowest rate to the highest, from the day since until the next tariff."""

    since: date
    invoices: Mapping[Invoice, int]
    plans: Mapping[str, Plan]


# oldest first; the first begins with the 10 % consumption tax that comes on top
TARIFFS = (
    Tariff(
        since=date(2019, 10, 1),
        invoices={Invoice.SMARTPHONE: 160, Invoice.POSTCARD: 160, Invoice.LETTER: 190},
        plans={
            "A": Plan(monthly=48_000, rate=290),
            "B": Plan(monthly=20_000, rate=360),
            "C": Plan(monthly=5_000, rate=440),
            "D": Plan(monthly=0, rate=500),
        },
    ),
)


def tariff_on(day: date, tariffs: Sequence[Tariff] = TARIFFS) -> Tariff:
    """The tariff of a day in Japan; raises LookupError before the first one."""
    begun = [tariff for tariff in tariffs if tariff.since <= day]
    if not begun:
        raise LookupError(f"no fees are known for {day}")
    return begun[-1]
