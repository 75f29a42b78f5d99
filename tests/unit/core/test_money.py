from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core.money import TaxPart, TaxRate, allot, tax_inside, tax_parts

rates = st.sampled_from(TaxRate)
yen = st.integers(min_value=0, max_value=10**9)
lines = st.lists(st.tuples(rates, yen))
weights = st.dictionaries(rates, yen, min_size=1).filter(lambda shares: sum(shares.values()) > 0)


def exact_tax(total: int, rate: TaxRate) -> Fraction:
    part = Fraction(rate.percent, 100)
    return total * part / (1 + part)


@given(yen, rates)
def test_tax_is_the_exact_fraction_without_what_is_less_than_a_yen(
    total: int, rate: TaxRate
) -> None:
    assert tax_inside(total, rate) == floor(exact_tax(total, rate))


@pytest.mark.parametrize(
    ("total", "rate", "tax"),
    [
        (0, TaxRate.STANDARD, 0),
        (10, TaxRate.STANDARD, 0),
        (11, TaxRate.STANDARD, 1),
        (1100, TaxRate.STANDARD, 100),
        (13, TaxRate.REDUCED, 0),
        (14, TaxRate.REDUCED, 1),
        (1080, TaxRate.REDUCED, 80),
    ],
)
def test_tax_inside_a_total(total: int, rate: TaxRate, tax: int) -> None:
    assert tax_inside(total, rate) == tax


@given(lines)
def test_parts_sum_to_the_total(amounts: list[tuple[TaxRate, int]]) -> None:
    parts = tax_parts(amounts)

    assert sum(part.total for part in parts) == sum(amount for _, amount in amounts)
    assert all(part.net + part.tax == part.total for part in parts)


@given(lines)
def test_tax_is_rounded_once_a_rate(amounts: list[tuple[TaxRate, int]]) -> None:
    for part in tax_parts(amounts):
        exact = sum(exact_tax(amount, rate) for rate, amount in amounts if rate is part.rate)

        assert part.tax == floor(exact)


def test_tax_is_not_rounded_line_by_line() -> None:
    parts = tax_parts([(TaxRate.STANDARD, 10), (TaxRate.STANDARD, 10)])

    assert parts == [TaxPart(TaxRate.STANDARD, total=20, tax=1)]


@given(lines)
def test_there_is_one_part_a_rate_and_the_reduced_one_comes_first(
    amounts: list[tuple[TaxRate, int]],
) -> None:
    parts = tax_parts(amounts)

    assert [part.rate for part in parts] == sorted({rate for rate, _ in amounts})


def test_no_lines_have_no_parts() -> None:
    assert tax_parts([]) == []


@given(yen, weights)
def test_what_is_allotted_sums_to_the_amount(amount: int, shares: dict[TaxRate, int]) -> None:
    parts = allot(amount, shares)

    assert sum(parts.values()) == amount
    assert parts.keys() == shares.keys()


@given(yen, weights)
def test_each_share_is_less_than_a_yen_from_proportional(
    amount: int, shares: dict[TaxRate, int]
) -> None:
    parts = allot(amount, shares)

    whole = sum(shares.values())
    assert all(
        abs(parts[rate] - Fraction(amount * share, whole)) < 1 for rate, share in shares.items()
    )


@given(weights, st.data())
def test_a_discount_within_the_goods_never_exceeds_a_rates_goods(
    shares: dict[TaxRate, int], data: st.DataObject
) -> None:
    amount = data.draw(st.integers(min_value=0, max_value=sum(shares.values())))

    parts = allot(amount, shares)

    assert all(0 <= parts[rate] <= share for rate, share in shares.items())


def test_the_larger_remainder_gets_the_last_yen() -> None:
    parts = allot(100, {TaxRate.REDUCED: 2, TaxRate.STANDARD: 1})

    assert parts == {TaxRate.REDUCED: 67, TaxRate.STANDARD: 33}


def test_the_higher_rate_gets_the_last_yen_on_a_tie() -> None:
    parts = allot(101, {TaxRate.REDUCED: 500, TaxRate.STANDARD: 500})

    assert parts == {TaxRate.REDUCED: 50, TaxRate.STANDARD: 51}


@pytest.mark.parametrize("shares", [{}, {TaxRate.STANDARD: 0}])
def test_there_must_be_something_to_share_over(shares: dict[TaxRate, int]) -> None:
    with pytest.raises(ValueError, match="nothing to share"):
        allot(100, shares)


def test_what_is_left_goes_to_the_largest_remainder_and_not_to_the_largest_share() -> None:
    shares = allot(7, {TaxRate.REDUCED: 1, TaxRate.STANDARD: 9})  # 0.7 and 6.3 yen

    assert shares == {TaxRate.REDUCED: 1, TaxRate.STANDARD: 6}
