"""What a month of Kuroneko orders costs the shop, and the command that prints it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from storefront.providers.yamato.fees.cli import fees
from storefront.providers.yamato.fees.fees import (
    BreakEven,
    Cost,
    Sale,
    break_evens,
    cheapest,
    costs,
    invoice_fees,
    sales_of,
)
from storefront.providers.yamato.fees.rates import TARIFFS, Invoice, Plan, Tariff, tariff_on
from tests.factories import an_order

OCTOBER = date(2026, 10, 1)
NOON = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
PLANS = TARIFFS[-1].plans
PERCENT = {"A": "2.9", "B": "3.6", "C": "4.4", "D": "5.0"}
MONTHLY = {"A": 48_000, "B": 20_000, "C": 5_000, "D": 0}
INVOICES = {Invoice.SMARTPHONE: 160, Invoice.POSTCARD: 160, Invoice.LETTER: 190}

days = st.integers(min_value=0, max_value=30).map(lambda n: OCTOBER + timedelta(days=n))
totals = st.integers(min_value=1, max_value=55_000)
sales = st.lists(st.builds(Sale, totals, st.sampled_from(Invoice), days), max_size=200)


def some_sales(*totals: int, invoice: Invoice = Invoice.SMARTPHONE) -> list[Sale]:
    return [Sale(total, invoice, OCTOBER) for total in totals]


def cost_under(plan: str, sales: list[Sale]) -> Cost:
    return next(cost for cost in costs(OCTOBER, sales) if cost.plan == plan)


def exact_cost(plan: str, turnover: int) -> Fraction:
    """Before any rounding, and without the invoices, which cost the same under every plan."""
    return MONTHLY[plan] + turnover * Fraction(PERCENT[plan]) / 100


# The month's cost


@pytest.mark.parametrize(
    ("plan", "monthly", "settlement", "before_tax", "tax", "total"),
    [
        ("A", 48_000, 1_713, 50_063, 5_006, 55_069),
        ("B", 20_000, 2_127, 22_477, 2_247, 24_724),
        ("C", 5_000, 2_600, 7_950, 795, 8_745),
        ("D", 0, 2_955, 3_305, 330, 3_635),
    ],
)
def test_a_month_counted_by_hand(
    plan: str, monthly: int, settlement: int, before_tax: int, tax: int, total: int
) -> None:
    month = [*some_sales(4_136), *some_sales(54_999, invoice=Invoice.LETTER)]

    cost = cost_under(plan, month)

    assert cost == Cost(plan, monthly, 350, settlement)
    assert (cost.before_tax, cost.tax, cost.total) == (before_tax, tax, total)


@pytest.mark.parametrize(("plan", "fee"), [("A", 28), ("B", 35), ("C", 43), ("D", 49)])
def test_fractions_of_a_yen_are_dropped_from_each_order(plan: str, fee: int) -> None:
    assert cost_under(plan, some_sales(999)).settlement == fee
    assert cost_under(plan, some_sales(999, 999, 999)).settlement == 3 * fee


def test_tax_is_added_once_to_the_sum_and_not_order_by_order() -> None:
    cost = cost_under("D", some_sales(*[100] * 7))

    assert (cost.before_tax, cost.tax) == (7 * 165, 115)


def test_a_month_without_orders_costs_the_monthly_fee_and_its_tax() -> None:
    paid = {cost.plan: (cost.before_tax, cost.total) for cost in costs(OCTOBER, [])}

    assert paid == {"A": (48_000, 52_800), "B": (20_000, 22_000), "C": (5_000, 5_500), "D": (0, 0)}


@given(sales)
def test_every_part_is_the_exact_fraction_without_what_is_less_than_a_yen(
    month: list[Sale],
) -> None:
    for cost in costs(OCTOBER, month):
        rate = Fraction(PERCENT[cost.plan]) / 100

        assert cost.monthly == MONTHLY[cost.plan]
        assert cost.settlement == sum(floor(sale.total * rate) for sale in month)
        assert cost.invoices == sum(INVOICES[sale.invoice] for sale in month)
        assert cost.tax == floor(Fraction(cost.before_tax) / 10)


@given(sales)
def test_invoice_fees_are_told_for_every_type(month: list[Sale]) -> None:
    told = invoice_fees(month)

    assert told == {
        invoice: fee * sum(sale.invoice is invoice for sale in month)
        for invoice, fee in INVOICES.items()
    }


# The cheapest plan


@given(sales)
def test_no_plan_costs_less_than_the_cheapest(month: list[Sale]) -> None:
    under = costs(OCTOBER, month)

    assert cheapest(under).total == min(cost.total for cost in under)


@pytest.mark.parametrize(
    ("orders", "plan"),
    [(0, "D"), (83, "D"), (84, "C"), (187, "C"), (188, "B"), (399, "B"), (400, "A")],
)
def test_the_cheapest_plan_of_so_many_orders_of_10_000_yen(orders: int, plan: str) -> None:
    assert cheapest(costs(OCTOBER, some_sales(*[10_000] * orders))).plan == plan


def test_of_two_plans_that_cost_the_same_the_one_with_the_lower_rate_is_cheapest() -> None:
    month = some_sales(*[50_000] * 80)

    assert cost_under("A", month).before_tax == cost_under("B", month).before_tax
    assert cheapest(costs(OCTOBER, month)).plan == "A"


# Break-even points


def test_the_cheapest_plan_changes_at_three_turnovers() -> None:
    assert break_evens(PLANS) == [
        BreakEven(833_334, "C"),
        BreakEven(1_875_000, "B"),
        BreakEven(4_000_000, "A"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "turnover"),
    [("D", "C", 833_334), ("C", "B", 1_875_000), ("B", "A", 4_000_000)],
)
def test_a_break_even_is_exact_to_the_yen(before: str, after: str, turnover: int) -> None:
    assert exact_cost(after, turnover) <= exact_cost(before, turnover)
    assert exact_cost(after, turnover - 1) > exact_cost(before, turnover - 1)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_the_plan_of_a_turnover_is_the_cheapest_before_rounding(turnover: int) -> None:
    reached = [one.plan for one in break_evens(PLANS) if one.turnover <= turnover]

    plan = ["D", *reached][-1]

    assert exact_cost(plan, turnover) == min(exact_cost(one, turnover) for one in PLANS)


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Plan, Plan]:
    """Two plans, the one with the lower rate and the higher monthly fee first."""
    low, high = sorted(draw(st.sets(st.integers(1, 2_000), min_size=2, max_size=2)))
    small, large = sorted(draw(st.sets(st.integers(0, 200_000), min_size=2, max_size=2)))
    return Plan(large, low), Plan(small, high)


@given(neighbours())
def test_a_break_even_of_any_two_plans_is_exact_to_the_yen(plans: tuple[Plan, Plan]) -> None:
    dearer_a_month, cheaper_a_month = plans

    def saved(turnover: int) -> Fraction:
        rates = Fraction(cheaper_a_month.rate - dearer_a_month.rate, 10_000)
        return turnover * rates - (dearer_a_month.monthly - cheaper_a_month.monthly)

    (found,) = break_evens({"low": dearer_a_month, "high": cheaper_a_month})

    assert found.plan == "low"
    assert saved(found.turnover - 1) < 0 <= saved(found.turnover)


# Rates and the days they hold from

DEARER = replace(
    TARIFFS[-1],
    since=date(2026, 10, 16),
    invoices=dict.fromkeys(Invoice, 200),
    plans={name: replace(plan, rate=1_000, monthly=1) for name, plan in PLANS.items()},
)
CHANGING = (*TARIFFS, DEARER)


@pytest.mark.parametrize("tariff", TARIFFS, ids=lambda tariff: str(tariff.since))
def test_a_tariff_is_complete_and_its_plans_stand_in_order(tariff: Tariff) -> None:
    plans, points = list(tariff.plans.values()), break_evens(tariff.plans)

    assert set(tariff.invoices) == set(Invoice)
    assert list(tariff.plans) == list("ABCD")
    assert all(one.rate < other.rate for one, other in pairwise(plans))
    assert all(one.monthly > other.monthly for one, other in pairwise(plans))
    assert all(one.turnover < other.turnover for one, other in pairwise(points))


def test_tariffs_stand_in_the_order_of_their_days() -> None:
    since = [tariff.since for tariff in TARIFFS]

    assert since == sorted(set(since))


@given(st.dates(min_value=TARIFFS[0].since))
def test_a_day_has_the_last_tariff_that_began(day: date) -> None:
    assert tariff_on(day, CHANGING) is CHANGING[day >= DEARER.since]


def test_nothing_is_known_before_the_first_tariff() -> None:
    with pytest.raises(LookupError, match="2019-09-30"):
        tariff_on(TARIFFS[0].since - timedelta(days=1))


def test_a_sale_is_charged_as_on_its_own_day() -> None:
    month = [Sale(10_000, Invoice.LETTER, date(2026, 10, day)) for day in (15, 16)]

    under_a = costs(OCTOBER, month, CHANGING)[0]

    assert (under_a.invoices, under_a.settlement) == (190 + 200, 290 + 1_000)


@pytest.mark.parametrize(("month", "monthly"), [(OCTOBER, 48_000), (date(2026, 11, 1), 1)])
def test_the_monthly_fee_is_that_of_the_months_first_day(month: date, monthly: int) -> None:
    assert costs(month, [], CHANGING)[0].monthly == monthly


# The month's orders


def a_kuroneko_order(total: int = 4_136, **changes: object) -> None:
    fields = {"payment_code": "kuroneko_smartphone", "payment_status": "deferred"}
    an_order(**{"placed_at": NOON, **fields, "fee": 176, "total": total, **changes})


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("code", "payslip", "invoice"),
    [
        ("kuroneko_smartphone", Invoice.POSTCARD, Invoice.SMARTPHONE),
        ("kuroneko_smartphone", Invoice.LETTER, Invoice.SMARTPHONE),
        ("kuroneko_payslip", Invoice.POSTCARD, Invoice.POSTCARD),
        ("kuroneko_payslip", Invoice.LETTER, Invoice.LETTER),
    ],
)
def test_an_order_is_a_sale_by_its_method(code: str, payslip: Invoice, invoice: Invoice) -> None:
    a_kuroneko_order(payment_code=code)

    assert sales_of(OCTOBER, payslip) == [Sale(4_136, invoice, date(2026, 10, 15))]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("code", ["card", "cvs", "cod", "bank_transfer"])
def test_other_methods_cost_nothing_at_yamato(code: str) -> None:
    a_kuroneko_order(payment_code=code)

    assert sales_of(OCTOBER) == []


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("placed", 1),
        ("preparing", 1),
        ("shipped", 1),
        ("delivered", 1),
        ("cancelled", 0),
        ("returned", 0),
    ],
)
def test_only_orders_that_were_kept_are_charged(status: str, count: int) -> None:
    a_kuroneko_order(status=status)

    assert len(sales_of(OCTOBER)) == count


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("placed_at", "day"),
    [
        ("2026-09-30T23:59:59+09:00", None),
        ("2026-10-01T00:00:00+09:00", date(2026, 10, 1)),
        ("2026-10-01T08:59:59+09:00", date(2026, 10, 1)),
        ("2026-10-31T23:59:59+09:00", date(2026, 10, 31)),
        ("2026-11-01T00:00:00+09:00", None),
    ],
)
def test_a_month_begins_and_ends_at_midnight_in_japan(placed_at: str, day: date | None) -> None:
    a_kuroneko_order(placed_at=datetime.fromisoformat(placed_at))

    assert [sale.day for sale in sales_of(OCTOBER)] == ([day] if day else [])


@pytest.mark.usefixtures("app")
def test_december_ends_with_the_year() -> None:
    a_kuroneko_order(placed_at=datetime(2026, 12, 31, 14, 59, tzinfo=UTC))
    a_kuroneko_order(placed_at=datetime(2026, 12, 31, 15, 0, tzinfo=UTC))

    assert [sale.day for sale in sales_of(date(2026, 12, 1))] == [date(2026, 12, 31)]


# The command

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    return lambda *arguments: app.test_cli_runner().invoke(fees, arguments)


def test_the_command_prints_the_month_as_a_table(run: Run) -> None:
    a_kuroneko_order()
    a_kuroneko_order()
    a_kuroneko_order(54_999, payment_code="kuroneko_payslip")

    printed = run("--month", "2026-10")

    assert printed.exit_code == 0
    assert (
        printed.output
        == """\
Orders by the Kuroneko methods placed in 2026-10, in yen

Invoices                Orders  Fees
smartphone type              2   320
payslip, postcard            1   160
payslip, sealed letter       0     0
all                          3   480

Turnover, tax included: 63,271

Plan  Monthly  Invoices  Settlement  Before tax    Tax   Total
A      48,000       480       1,832      50,312  5,031  55,343
B      20,000       480       2,275      22,755  2,275  25,030
C       5,000       480       2,781       8,261    826   9,087
D           0       480       3,161       3,641    364   4,005  the cheapest

Before fractions of a yen are dropped:
From a monthly turnover of 833,334 yen plan C is the cheapest.
From a monthly turnover of 1,875,000 yen plan B is the cheapest.
From a monthly turnover of 4,000,000 yen plan A is the cheapest.
"""
    )


def test_a_month_without_orders_is_a_table_too(run: Run) -> None:
    printed = run("--month", "2026-02")

    assert printed.exit_code == 0
    assert "Turnover, tax included: 0\n" in printed.output


def test_letters_are_counted_as_letters(run: Run) -> None:
    a_kuroneko_order(payment_code="kuroneko_payslip")

    printed = run("--month", "2026-10", "--letters")

    assert "payslip, sealed letter       1   190" in printed.output
    assert "payslip, postcard            0     0" in printed.output


@pytest.mark.parametrize(
    "month",
    ["", "october", "2026", "2026-1", "2026-00", "2026-13", "202610", "2026-10-01", "２０２６-10"],
)
def test_what_is_no_month_ends_with_2_and_says_how_to_write_one(run: Run, month: str) -> None:
    printed = run("--month", month)

    assert printed.exit_code == 2
    assert "is no month. Write it as in 2026-10." in printed.output


def test_a_month_before_the_first_tariff_ends_with_2(run: Run) -> None:
    printed = run("--month", "2019-09")

    assert printed.exit_code == 2
    assert "no fees are known before 2019-10. Give a later month." in printed.output


def test_a_month_must_be_named(run: Run) -> None:
    assert run().exit_code == 2


@pytest.mark.parametrize("month", ["2019-10", "2026-12", "2099-12"])
def test_every_month_since_is_answered(run: Run, month: str) -> None:
    assert run("--month", month).exit_code == 0


def test_the_help_names_month_and_letters(run: Run) -> None:
    printed = run("--help")

    assert printed.exit_code == 0
    assert "--month YYYY-MM" in printed.output
    assert "--letters" in printed.output
