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
        """Yen of all fees before consumption tax."""
        return self.monthly + self.invoices + self.settlement

    @property
    def tax(self) -> int:
        """Yen of consumption tax on the sum, fractions dropped."""
        return self.before_tax * TaxRate.STANDARD // 10_000

    @property
    def total(self) -> int:
        """Yen that the shop pays Yamato for the month."""
        return self.before_tax + self.tax


@dataclass(frozen=True)
class BreakEven:
    """The monthly turnover in yen, tax included, from which this plan costs no more."""

    turnover: int
    plan: str


def costs(month: date, sales: Sequence[Sale], tariffs: Sequence[Tariff] = TARIFFS) -> list[Cost]:
    """The cost under each plan. The monthly fee is that of the month's first day, the other fees
    are those of each sale's day.

    Raises LookupError before the first tariff.
    """
    invoices = sum(invoice_fees(sales, tariffs).values())
    return [
        Cost(name, plan.monthly, invoices, _settlement_fees(name, sales, tariffs))
        for name, plan in tariff_on(month, tariffs).plans.items()
    ]


def invoice_fees(sales: Iterable[Sale], tariffs: Sequence[Tariff] = TARIFFS) -> dict[Invoice, int]:
    """Yen of each type of invoice before tax, 0 for a type without sales."""
    fees = dict.fromkeys(Invoice, 0)
    for sale in sales:
        fees[sale.invoice] += tariff_on(sale.day, tariffs).invoices[sale.invoice]
    return fees


def _settlement_fees(plan: str, sales: Iterable[Sale], tariffs: Sequence[Tariff]) -> int:
    charged = ((tariff_on(sale.day, tariffs).plans[plan], sale.total) for sale in sales)
    return sum(terms.settlement_fee(total) for terms, total in charged)


def cheapest(costs: Iterable[Cost]) -> Cost:
    """The cheapest plan; of equally cheap ones the one with the lowest rate, as at a break-even."""
    return min(costs, key=lambda cost: cost.before_tax)


def break_evens(plans: Mapping[str, Plan]) -> list[BreakEven]:
    """The turnovers at which another plan becomes the cheapest, before fractions are dropped,
    lowest first."""
    rising = list(plans.items())[::-1]
    return [
        BreakEven(_enough(plan.monthly - last.monthly, last.rate - plan.rate), name)
        for (_, last), (name, plan) in pairwise(rising)
    ]


def _enough(yen: int, rate: int) -> int:
    """The smallest turnover whose rate, in parts of 10,000, makes up for so many yen."""
    return -(-yen * 10_000 // rate)


def sales_of(month: date, payslip: Invoice = Invoice.POSTCARD) -> list[Sale]:
    """The orders placed in the month that begins on this day in Japan and not cancelled.

    payslip says whether all paper invoices go out as postcards or as letters, which no order knows.
    """
    invoices = invoices_by(payslip)
    columns = sa.select(OWED, Order.payment_code, Order.placed_at)
    query = columns.where(counts_in(Span(month, next_month(month) - DAY), invoices))
    return [
        Sale(total, invoices[code], placed_at.astimezone(clock.JAPAN).date())
        for total, code, placed_at in db.session.execute(query)
    ]


def invoices_by(payslip: Invoice) -> dict[str, Invoice]:
    """The type of invoice by the code of the payment method."""
    return {"kuroneko_smartphone": Invoice.SMARTPHONE, "kuroneko_payslip": payslip}


def counts_in(span: Span, codes: Collection[str]) -> sa.ColumnElement[bool]:
    """The condition that finds the orders of sales_of in the database."""
    return sa.and_(
        Order.payment_code.in_(codes),
        IS_COUNTED,
        span.holds(Order.placed_at),
    )
