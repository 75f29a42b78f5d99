"""A month's cost as the database adds it up, against the rule that looks at each order."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.core import clock
from storefront.providers.yamato.fees.fees import costs, sales_of
from storefront.providers.yamato.fees.monthly import month_of
from storefront.providers.yamato.fees.rates import TARIFFS, Invoice, Tariff
from tests.factories import an_order
from tests.unit.orders.test_sales import lay_down

OCTOBER = date(2026, 10, 1)
BEGIN = datetime(2026, 10, 1, tzinfo=clock.JAPAN)
DEARER = replace(
    TARIFFS[-1],
    since=date(2026, 10, 11),
    invoices=dict.fromkeys(Invoice, 200),
    plans={name: replace(plan, rate=plan.rate + 13) for name, plan in TARIFFS[-1].plans.items()},
)
a_kuroneko_order = st.fixed_dictionaries(
    {
        "placed_at": st.integers(-60, 32 * 24).map(lambda hours: BEGIN + timedelta(hours=hours)),
        "status": st.sampled_from(["placed", "delivered", "cancelled", "returned"]),
        "payment_code": st.sampled_from(["kuroneko_smartphone", "kuroneko_payslip", "cod"]),
        "total": st.integers(1, 55_000),
        "is_test": st.booleans(),
    }
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=st.lists(a_kuroneko_order, max_size=12), payslip=st.sampled_from(Invoice))
@pytest.mark.parametrize("tariffs", [TARIFFS, (*TARIFFS, DEARER)], ids=["one", "changed"])
def test_the_sum_over_a_month_is_that_of_its_orders(
    app: Flask, orders: list[dict[str, object]], payslip: Invoice, tariffs: tuple[Tariff, ...]
) -> None:
    lay_down(orders)

    month = month_of(OCTOBER, payslip, tariffs)

    sales = sales_of(OCTOBER, payslip)
    assert month.costs == costs(OCTOBER, sales, tariffs)
    assert month.turnover == sum(sale.total for sale in sales)
    told = {invoice: sum(sale.invoice == invoice for sale in sales) for invoice in Invoice}
    assert month.orders == told


def test_an_order_of_a_test_connection_costs_nothing(app: Flask) -> None:
    an_order(payment_code="kuroneko_smartphone", placed_at=BEGIN, is_test=True)

    assert month_of(OCTOBER).turnover == 0
