"""What a month of orders by the Kuroneko methods costs the shop under each plan, to the yen."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.calendar import DAY, Span, next_month
from storefront.core.extensions import db
from storefront.core.money import TaxRate
from storefront.orders.models import Order
from storefront.orders.queries.sales_conditions import IS_COUNTED, OWED
from storefront.providers.yamato.fees.rates import TARIFFS, Invoice, Plan, Tariff, tariff_on


@dataclass(frozen=True)
class Sale:
    """One order as Yamato charges for it: yen owed with tax, and the day in Japan of the order."""

    total: int
    invoice: Invoice
    day: date


@dataclass(frozen=True)
class Cost:
    """A month under one plan, in yen; consumption tax is added once, to the sum."""

    plan: str
    monthly: int
    invoices: int
    settlement: int

    @property
    def before_tax(self) -> int:
        return self.monthly + self.invoices + self.settlement

    @property
    def tax(self) -> int:
        """Fractions of a yen dropped."""
        return self.before_tax * TaxRate.STANDARD // 10_000

    @property
    def total(self) -> int:
        return self.before_tax + self.tax


@dataclass(frozen=True)
class BreakEven:
    """The monthly turnover in yen, tax included, from which this plan costs no more."""

    turnover: int
    plan: str


def costs(month: date, sales: Sequence[Sale], tariffs: Sequence[Tariff] = TARIFFS) -> list[Cost]:
    """One cost a plan: the monthly fee of the month's first day, the others of each sale's day.

    Raises LookupError before the first tariff.
    """
    invoices = sum(invoice_fees(sales, tariffs).values())
    return [
        Cost(name, plan.monthly, invoices, _settlement_fees(name, sales, tariffs))
        for name, plan in tariff_on(month, tariffs).plans.items()
    ]


def invoice_fees(sales: Iterable[Sale], tariffs: Sequence[Tariff] = TARIFFS) -> dict[Invoice, int]:
    """Yen of each type before tax, 0 where it did not occur."""
    fees = dict.fromkeys(Invoice, 0)
    for sale in sales:
        fees[sale.invoice] += tariff_on(sale.day, tariffs).invoices[sale.invoice]
    return fees


def _settlement_fees(plan: str, sales: Iterable[Sale], tariffs: Sequence[Tariff]) -> int:
    charged = ((tariff_on(sale.day, tariffs).plans[plan], sale.total) for sale in sales)
    return sum(terms.settlement_fee(total) for terms, total in charged)


def cheapest(costs: Iterable[Cost]) -> Cost:
    """Of equal ones the first, whose rate is the lowest: as at a break-even."""
    return min(costs, key=lambda cost: cost.before_tax)


def break_evens(plans: Mapping[str, Plan]) -> list[BreakEven]:
    """Where the cheapest plan changes before fractions are dropped, the lowest turnover first."""
    rising = list(plans.items())[::-1]
    return [
        BreakEven(_enough(plan.monthly - last.monthly, last.rate - plan.rate), name)
        for (_, last), (name, plan) in pairwise(rising)
    ]


def _enough(yen: int, rate: int) -> int:
    """The smallest turnover whose rate, in parts of 10,000, makes up for so many yen."""
    return -(-yen * 10_000 // rate)


def sales_of(month: date, payslip: Invoice = Invoice.POSTCARD) -> list[Sale]:
    """What was placed in the month that begins on this day in Japan, and was kept.

    No order knows its paper: payslip says whether they all go out as postcards or as letters.
    """
    invoices = invoices_by(payslip)
    columns = sa.select(OWED, Order.payment_code, Order.placed_at)
    query = columns.where(counts_in(Span(month, next_month(month) - DAY), invoices))
    return [
        Sale(total, invoices[code], placed_at.astimezone(clock.JAPAN).date())
        for total, code, placed_at in db.session.execute(query)
    ]


def invoices_by(payslip: Invoice) -> dict[str, Invoice]:
    """What carries the request to pay, by the code of the method."""
    return {"kuroneko_smartphone": Invoice.SMARTPHONE, "kuroneko_payslip": payslip}


def counts_in(span: Span, codes: Collection[str]) -> sa.ColumnElement[bool]:
    """The same orders as in the sales, as far as Yamato charges for them."""
    return sa.and_(
        Order.payment_code.in_(codes),
        IS_COUNTED,
        span.holds(Order.placed_at),
    )
