"""Charging less: the provider, the total, the tax and the books agree."""

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from storefront.core.extensions import db
from storefront.orders import adjustments, receipt
from storefront.orders.adjustments import NotLess
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import LedgerEntry, Order, OrderLine
from storefront.ports.payments import GatewayRefused, GatewayUnknown
from tests.factories import an_order
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.orders.test_fulfilment import on_credit


def test_the_provider_hears_the_new_total(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway())
    order = on_credit()

    adjustments.reduce(order, 4000)

    assert gateway.asked == [("reduce", "7KQ2-M9XD-1", 4000, "2")]
    assert (order.owed, order.total) == (4000, 4290)


def test_a_payslip_is_reduced_on_paper(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway())

    adjustments.reduce(on_credit(payment_code="kuroneko_payslip"), 4000)

    assert gateway.asked[0][-1] == "0"


def test_a_refusal_leaves_the_total(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayRefused("kaakk050E")))
    order = on_credit()

    with pytest.raises(GatewayRefused):
        adjustments.reduce(order, 4000)
    assert order.owed == 4290


def test_an_amount_of_which_no_answer_came_is_told_again(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway(GatewayUnknown(), answers_then=True))
    order = on_credit()

    adjustments.reduce(order, 4000)

    assert [call[0] for call in gateway.asked] == ["reduce", "reduce"]
    assert order.owed == 4000


def test_an_amount_that_nobody_confirms_is_not_claimed(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown()))
    order = on_credit()

    with pytest.raises(GatewayUnknown):
        adjustments.reduce(order, 4000)
    assert order.owed == 4290


@pytest.mark.parametrize("code", ["card", "cvs"])
def test_a_number_at_the_store_is_for_the_whole_amount(app: Flask, code: str) -> None:
    with pytest.raises(NotNow):
        adjustments.reduce(an_order(payment_code=code), 4000)


@pytest.mark.parametrize("yen", [4290, 5000, 0, -1])
def test_only_less_will_do(app: Flask, yen: int) -> None:
    with pytest.raises(NotLess):
        adjustments.reduce(an_order(), yen)


def test_it_may_be_reduced_again_but_not_raised(app: Flask) -> None:
    order = an_order()
    adjustments.reduce(order, 4000)
    adjustments.reduce(order, 3000)

    with pytest.raises(NotLess):
        adjustments.reduce(order, 3500)
    assert order.owed == 3000


@pytest.mark.parametrize("state", ["paid", "cancelled", "refunded"])
def test_what_is_settled_is_reduced_no_more(app: Flask, state: str) -> None:
    with pytest.raises(NotNow):
        adjustments.reduce(an_order(payment_status=state), 1000)


def test_the_books_still_balance(app: Flask) -> None:
    order = an_order()
    adjustments.reduce(order, 4000)

    mine = LedgerEntry.order_id == order.id
    entries = list(db.session.scalars(sa.select(LedgerEntry).where(mine)))
    assert sum(entry.yen for entry in entries) == 0
    assert sum(entry.yen for entry in entries if entry.account == "receivable") == 4000


@given(
    st.lists(st.tuples(st.sampled_from([800, 1000]), st.integers(1, 50_000)), min_size=1),
    st.data(),
)
def test_the_receipts_taxes_sum_to_what_is_charged(
    lines: list[tuple[int, int]], data: st.DataObject
) -> None:
    total = sum(price for _tax, price in lines)
    owed = data.draw(st.integers(1, total))
    order = Order(
        goods=total,
        shipping=0,
        fee=0,
        total=total,
        reduced_to=owed,
        lines=[OrderLine(price=price, quantity=1, tax=tax) for tax, price in lines],
    )

    assert sum(part.total for part in receipt.taxes_of(order)) == owed
    assert all(0 <= part.tax <= part.total for part in receipt.taxes_of(order))
