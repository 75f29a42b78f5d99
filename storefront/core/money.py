"""What an order costs: yen as integers, tax rounded once a rate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum


class TaxRate(IntEnum):
    """Consumption tax in parts of 10,000, so that no rate is ever a float."""

    REDUCED = 800
    STANDARD = 1000

    @property
    def percent(self) -> int:
        return self.value // 100


@dataclass(frozen=True)
class TaxPart:
    """One rate's share of a document: yen with tax, and the tax inside them."""

    rate: TaxRate
    total: int
    tax: int

    @property
    def net(self) -> int:
        return self.total - self.tax


def tax_inside(total: int, rate: TaxRate) -> int:
    """The tax in a tax-included total, fractions of a yen dropped.

    Source: 消費税法施行令第70条の10 lets the issuer choose the rounding, once a rate a document.
    """
    return total * rate // (10_000 + rate)


def tax_parts(amounts: Iterable[tuple[TaxRate, int]]) -> list[TaxPart]:
    """One part per rate that occurs, reduced rate first, each rounded once."""
    totals: dict[TaxRate, int] = {}
    for rate, yen in amounts:
        totals[rate] = totals.get(rate, 0) + yen
    return [TaxPart(rate, totals[rate], tax_inside(totals[rate], rate)) for rate in sorted(totals)]


def allot(amount: int, weights: Mapping[TaxRate, int]) -> dict[TaxRate, int]:
    """Share yen out over the rates in proportion to weights; the parts sum to the amount.

    What integer division leaves goes to the largest remainders, the higher rate first on a tie.
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("There is nothing to share the amount over")
    parts = {rate: amount * weight // whole for rate, weight in weights.items()}
    remainders = {rate: amount * weight % whole for rate, weight in weights.items()}
    for rate in sorted(weights, key=lambda rate: (remainders[rate], rate), reverse=True):
        if sum(parts.values()) == amount:
            break
        parts[rate] += 1
    return parts
