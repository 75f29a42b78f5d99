import os
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.checkout import offer
from storefront.checkout.offer import Offer
from tests.unit.checkout.journeys import BANK, COD, KURONEKO, a_delivery, a_line, a_method

EXAMPLES = 2_000 if os.environ.get("STOREFRONT_PROOF") == "full" else 150

Piece = tuple[int, int, int]  # price, quantity, percent

pieces = st.lists(
    st.tuples(st.integers(1, 99_999), st.integers(1, 99), st.sampled_from([8, 10])),
    min_size=1,
    max_size=8,
)
fees = st.integers(0, 1_000)
shippings = st.integers(0, 2_000)
borders = st.none() | st.integers(0, 200_000)


def offer_of(lines: list[Piece], fee: int, shipping: int, free_from: int | None) -> Offer:
    cart = [
        a_line(price, quantity, percent * 100, variant_id=n)
        for n, (price, quantity, percent) in enumerate(lines, 1)
    ]
    way = a_delivery(fee=shipping, free_from=free_from)
    return offer.make(cart, a_method(COD, fee=fee), way)


def oracle(
    lines: list[Piece], fee: int, shipping: int, free_from: int | None
) -> tuple[int, dict[int, tuple[int, int]]]:
    """The total, and per percent what it is of and the tax inside, counted in fractions."""
    gross: dict[int, Fraction] = {}
    for price, quantity, percent in lines:
        gross[percent] = gross.get(percent, Fraction(0)) + Fraction(price) * quantity
    goods = sum(gross.values())
    travels_free = free_from is not None and goods >= free_from
    services = fee + (0 if travels_free else shipping)
    if services:
        gross[10] = gross.get(10, Fraction(0)) + services
    taxes = {
        percent: (int(total), floor(total - total / (1 + Fraction(percent, 100))))
        for percent, total in gross.items()
    }
    return int(goods + services), taxes


@settings(max_examples=EXAMPLES, deadline=None)
@given(lines=pieces, fee=fees, shipping=shippings, free_from=borders)
def test_the_total_is_goods_shipping_and_fee(
    lines: list[Piece], fee: int, shipping: int, free_from: int | None
) -> None:
    made = offer_of(lines, fee, shipping, free_from)

    assert made.total == oracle(lines, fee, shipping, free_from)[0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(lines=pieces, fee=fees, shipping=shippings, free_from=borders)
def test_the_tax_of_each_rate_is_rounded_down_once(
    lines: list[Piece], fee: int, shipping: int, free_from: int | None
) -> None:
    made = offer_of(lines, fee, shipping, free_from)

    taxes = {part.rate.percent: (part.total, part.tax) for part in made.taxes}
    assert taxes == oracle(lines, fee, shipping, free_from)[1]


@settings(max_examples=EXAMPLES, deadline=None)
@given(lines=pieces, fee=fees, shipping=shippings, free_from=borders)
def test_the_parts_of_the_rates_are_the_total(
    lines: list[Piece], fee: int, shipping: int, free_from: int | None
) -> None:
    made = offer_of(lines, fee, shipping, free_from)

    assert sum(part.net + part.tax for part in made.taxes) == made.total


@pytest.mark.parametrize(("goods", "shipping"), [(10_999, 660), (11_000, 0), (11_001, 0)])
def test_shipping_is_free_from_the_border_on(goods: int, shipping: int) -> None:
    made = offer.make([a_line(goods)], a_method(COD), a_delivery())

    assert made.shipping == shipping


def test_a_fee_does_not_help_to_reach_free_shipping() -> None:
    made = offer.make([a_line(10_900)], a_method(COD), a_delivery())

    assert made.shipping == 660


@pytest.mark.parametrize(("method", "total"), [(KURONEKO, 4_136), (COD, 4_290), (BANK, 3_960)])
def test_a_yunomi_costs_what_the_contract_says(method: str, total: int) -> None:
    made = offer.make([a_line(3_300)], a_method(method), a_delivery())

    assert made.total == total


def test_without_a_method_there_is_no_fee() -> None:
    made = offer.make([a_line(3_300)], None, a_delivery())

    assert (made.fee, made.total) == (0, 3_960)


def test_stock_is_counted_by_variant() -> None:
    made = offer.make([a_line(quantity=2), a_line(variant_id=7)], None, a_delivery())

    assert (made.stock, made.pieces) == ({1: 2, 7: 1}, 3)
