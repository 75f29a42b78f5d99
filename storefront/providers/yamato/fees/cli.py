"""The storefront fees command: what Yamato charges for a month, as a table."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from storefront.providers.yamato.fees import fees as rule
from storefront.providers.yamato.fees.rates import TARIFFS, Invoice, Plan, tariff_on

MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
FIRST = TARIFFS[0].since

Rows = Sequence[Sequence[str]]


def _first_day(_context: click.Context, _option: click.Parameter, text: str) -> date:
    if not MONTH.fullmatch(text):
        raise click.BadParameter(f"{text!r} is no month. Write it as in 2026-10.")
    month = date.fromisoformat(f"{text}-01")
    if month < FIRST:
        raise click.BadParameter(f"no fees are known before {FIRST:%Y-%m}. Give a later month.")
    return month


@click.command()
@click.option("--month", required=True, metavar="YYYY-MM", callback=_first_day, help="As in Japan.")
@click.option("--letters", is_flag=True, help="Payslips go out as sealed letters, not postcards.")
@with_appcontext
def fees(month: date, letters: bool) -> None:
    """Print what a month's Kuroneko orders cost under each of Yamato's plans."""
    try:
        sales = rule.sales_of(month, Invoice.LETTER if letters else Invoice.POSTCARD)
    except SQLAlchemyError as error:
        raise click.ClickException("the orders cannot be read. Run storefront doctor.") from error
    costs = rule.costs(month, sales)
    parts = (
        f"Orders by the Kuroneko methods placed in {month:%Y-%m}, in yen",
        _table(_invoice_rows(sales)),
        f"Turnover, tax included: {sum(sale.total for sale in sales):,}",
        _table(_plan_rows(costs)),
        _break_evens(tariff_on(month).plans),
    )
    click.echo("\n\n".join(parts))


def _invoice_rows(sales: Sequence[rule.Sale]) -> Rows:
    count = Counter(sale.invoice for sale in sales)
    fees = rule.invoice_fees(sales)
    rows = [(invoice, f"{count[invoice]:,}", f"{fees[invoice]:,}") for invoice in Invoice]
    return [
        ("Invoices", "Orders", "Fees"),
        *rows,
        ("all", f"{len(sales):,}", f"{sum(fees.values()):,}"),
    ]


def _plan_rows(costs: Sequence[rule.Cost]) -> Rows:
    best = rule.cheapest(costs)
    heads = ("Plan", "Monthly", "Invoices", "Settlement", "Before tax", "Tax", "Total", "")
    return [heads, *(_plan_row(cost, "the cheapest" if cost == best else "") for cost in costs)]


def _plan_row(cost: rule.Cost, mark: str) -> Sequence[str]:
    fees = (cost.monthly, cost.invoices, cost.settlement)
    sums = (cost.before_tax, cost.tax, cost.total)
    return (cost.plan, *(f"{yen:,}" for yen in (*fees, *sums)), mark)


def _break_evens(plans: Mapping[str, Plan]) -> str:
    lines = (
        f"From a monthly turnover of {one.turnover:,} yen plan {one.plan} is the cheapest."
        for one in rule.break_evens(plans)
    )
    return "\n".join(("Before fractions of a yen are dropped:", *lines))


def _table(rows: Rows) -> str:
    """Names to the left and the rest to the right, each column as wide as it must be."""
    first, *others = ([len(cell) for cell in column] for column in zip(*rows, strict=True))
    widths = [max(lengths) for lengths in others]
    return "\n".join(_line(row, max(first), widths) for row in rows)


def _line(row: Sequence[str], first: int, widths: Iterable[int]) -> str:
    name, *others = row
    cells = (cell.rjust(width) for cell, width in zip(others, widths, strict=True))
    return "  ".join((name.ljust(first), *cells)).rstrip()
