"""Double entry: what an order's money is made of."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.models import LedgerEntry, Order, OrderLine
from tests.factories import an_order

Entries = Callable[[Order], dict[str, int]]


@pytest.fixture
def entries(app: Flask) -> Entries:
    def of(order: Order) -> dict[str, int]:
        query = sa.select(LedgerEntry).where(LedgerEntry.order_id == order.id)
        return {entry.account: entry.yen for entry in db.session.scalars(query)}

    return of


def a_mixed_order() -> Order:
    lines = [
        OrderLine(variant_id=1, sku="a", name="茶", option="", price=1080, quantity=3, tax=800),
        OrderLine(variant_id=2, sku="b", name="碗", option="", price=3333, quantity=1, tax=1000),
    ]
    return an_order(lines=lines, goods=6573, shipping=660, fee=176, total=7409)


def test_the_entries_of_an_order_sum_to_zero(entries: Entries) -> None:
    assert sum(entries(a_mixed_order()).values()) == 0


def test_the_shopper_owes_the_total(entries: Entries) -> None:
    order = a_mixed_order()

    assert entries(order)["receivable"] == order.total


def test_each_rate_has_its_own_sales_and_tax(entries: Entries) -> None:
    found = entries(a_mixed_order())

    assert (found["sales_8"], found["tax_8"]) == (-3000, -240)
    assert (found["sales_10"], found["tax_10"]) == (-3790, -379)


def test_shipping_and_fee_are_sales_at_the_standard_rate(entries: Entries) -> None:
    food = OrderLine(variant_id=1, sku="a", name="茶", option="", price=1080, quantity=1, tax=800)
    order = an_order(lines=[food], goods=1080, shipping=660, fee=0, total=1740)

    assert entries(order) == {
        "receivable": 1740,
        "sales_8": -1000,
        "tax_8": -80,
        "sales_10": -600,
        "tax_10": -60,
    }
