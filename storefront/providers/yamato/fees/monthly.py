"""A month's fees added up in the database, so that a month may have any number of orders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from storefront.core.calendar import DAY, Span, next_month
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries.sales_conditions import OWED
from storefront.providers.yamato.fees.fees import Cost, counts_in, invoices_by
from storefront.providers.yamato.fees.rates import TARIFFS, Invoice, Tariff, tariff_on


@dataclass(frozen=True)
class Month:
    """Orders and yen by type of invoice, and the cost under each plan."""

    first: date
    orders: dict[Invoice, int]
    turnover: int
    costs: list[Cost]


def month_of(
    first: date, payslip: Invoice = Invoice.POSTCARD, tariffs: Sequence[Tariff] = TARIFFS
) -> Month:
    """The same as fees.costs of fees.sales_of, in one statement for each tariff of the month.

    Raises LookupError before the first tariff.
    """
    ways, monthly = invoices_by(payslip), tariff_on(first, tariffs).plans
    orders, turnover, invoices = dict.fromkeys(Invoice, 0), 0, 0
    settled = dict.fromkeys(monthly, 0)
    for span, tariff in _tariffs_of(first, tariffs):
        for code, count, yen, *fees in db.session.execute(_sums(span, tariff, list(monthly), ways)):
            orders[ways[code]] += count
            turnover += yen
            invoices += count * tariff.invoices[ways[code]]
            settled = {name: settled[name] + fee for name, fee in zip(monthly, fees, strict=True)}
    costs = [Cost(name, plan.monthly, invoices, settled[name]) for name, plan in monthly.items()]
    return Month(first, orders, turnover, costs)


def _tariffs_of(first: date, tariffs: Sequence[Tariff]) -> Iterator[tuple[Span, Tariff]]:
    end = next_month(first)
    changes = [one.since for one in tariffs if first < one.since < end]
    for begins, following in pairwise((first, *changes, end)):
        yield Span(begins, following - DAY), tariff_on(begins, tariffs)


def _sums(span: Span, tariff: Tariff, plans: list[str], ways: dict[str, Invoice]) -> sa.Select[Any]:
    """Of each order by itself fractions of a yen are dropped, as on Yamato's bill."""
    fees = [sa.func.sum(OWED * tariff.plans[name].rate // 10_000) for name in plans]
    columns: list[Any] = [Order.payment_code, sa.func.count(), sa.func.sum(OWED), *fees]
    return sa.select(*columns).where(counts_in(span, ways)).group_by(Order.payment_code)
