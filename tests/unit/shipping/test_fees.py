import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.shipping.fees import missing_for_free, shipping_fee

yen = st.integers(min_value=0, max_value=1_000_000)


@pytest.mark.parametrize(("goods", "fee"), [(0, 700), (7999, 700), (8000, 0), (8001, 0)])
def test_delivery_is_free_from_the_limit_on(goods: int, fee: int) -> None:
    assert shipping_fee(goods, flat=700, free_from=8000) == fee


def test_delivery_is_never_free_without_a_limit() -> None:
    assert shipping_fee(1_000_000, flat=700, free_from=None) == 700


@pytest.mark.parametrize(("goods", "missing"), [(0, 8000), (7999, 1), (8000, 0), (9000, 0)])
def test_what_is_missing_reaches_the_limit_exactly(goods: int, missing: int) -> None:
    assert missing_for_free(goods, flat=700, free_from=8000) == missing


def test_nothing_is_missing_where_delivery_is_never_free() -> None:
    assert missing_for_free(100, flat=700, free_from=None) == 0


def test_nothing_is_missing_where_delivery_costs_nothing() -> None:
    assert missing_for_free(100, flat=0, free_from=8000) == 0


@given(goods=yen, flat=yen, free_from=yen)
def test_adding_what_is_missing_makes_delivery_free(goods: int, flat: int, free_from: int) -> None:
    missing = missing_for_free(goods, flat, free_from)

    assert shipping_fee(goods + missing, flat, free_from) == 0
