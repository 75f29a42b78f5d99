"""What an order's papers say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core.money import TaxRate
from storefront.orders.models import Order, OrderLine
from storefront.orders.receipt import answers_of, taxes_of
from tests.factories import some_answers

PRICES = st.tuples(
    st.integers(1, 99_999), st.integers(1, 99), st.sampled_from([rate.value for rate in TaxRate])
)


def an_order(*items: tuple[int, int, int], shipping: int = 0, fee: int = 0) -> Order:
    lines = [OrderLine(price=price, quantity=count, tax=tax) for price, count, tax in items]
    goods = sum(line.subtotal for line in lines)
    return Order(lines=lines, goods=goods, shipping=shipping, fee=fee, total=goods + shipping + fee)


def test_tax_is_rounded_once_a_rate_and_not_once_a_line() -> None:
    parts = taxes_of(an_order((105, 1, 800), (105, 1, 800)))

    assert [(part.total, part.tax) for part in parts] == [(210, 15)]


def test_shipping_and_fee_belong_to_the_standard_rate() -> None:
    parts = taxes_of(an_order((1080, 1, 800), shipping=660, fee=330))

    assert [(part.rate, part.total) for part in parts] == [
        (TaxRate.REDUCED, 1080),
        (TaxRate.STANDARD, 990),
    ]


def test_a_rate_that_does_not_occur_is_not_named() -> None:
    assert [part.rate for part in taxes_of(an_order((1080, 1, 800)))] == [TaxRate.REDUCED]


@given(st.lists(PRICES, min_size=1, max_size=8), st.integers(0, 2000), st.integers(0, 2000))
def test_the_parts_make_up_the_total(
    items: list[tuple[int, int, int]], shipping: int, fee: int
) -> None:
    order = an_order(*items, shipping=shipping, fee=fee)

    assert sum(part.total for part in taxes_of(order)) == order.total


@pytest.mark.parametrize("extra", [{}, {"a_field_of_next_year": "x"}])
def test_the_answers_come_back_as_they_were_given(extra: dict[str, str]) -> None:
    given_ = some_answers(note="置き配で")

    assert answers_of(Order(customer={**given_.dump(), **extra})) == given_
