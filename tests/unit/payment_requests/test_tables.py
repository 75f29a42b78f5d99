"""The tables of ways, stores and bars."""

from datetime import date
from itertools import pairwise

import pytest
from barcode.charsets import code128
from hypothesis import given
from hypothesis import strategies as st

from storefront.payment_requests import barcodes, convenience_stores
from storefront.payments import pay_later_options

ALL = ["cvs", "bank", "au", "card", "kuroneko_pay"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2019, 6, 26), []),
        (date(2019, 6, 27), ALL[:3]),
        (date(2019, 9, 30), ALL[:3]),
        (date(2019, 10, 1), ALL),
        (date(2026, 12, 1), ALL),
    ],
)
def test_which_ways_are_on_offer_since_when(day: date, codes: list[str]) -> None:
    assert [one.code for one in pay_later_options.on_offer(day)] == codes


def test_a_way_that_is_not_on_offer_is_not_found() -> None:
    assert pay_later_options.find("card", date(2019, 9, 30)) is None
    assert pay_later_options.find("cash", date(2026, 1, 1)) is None


def test_every_chain_has_three_steps_in_both_languages() -> None:
    assert all(len(one.steps) == len(one.steps_en) == 3 for one in convenience_stores.CHAINS)
    assert len({one.code for one in convenience_stores.CHAINS}) == len(convenience_stores.CHAINS)


def test_a_chain_is_found_by_its_code_alone() -> None:
    found = convenience_stores.find("lawson")

    assert found is not None
    assert found.name == "ローソン"
    assert convenience_stores.find("") is None
    assert convenience_stores.find(None) is None


def test_the_bar_code_says_what_is_owed_and_until_when() -> None:
    digits = barcodes.digits("1234567890123", 4136, date(2026, 12, 9))

    assert digits[:8] == "91912345"
    assert digits[8:29] == "000000001234567890123"
    assert digits[29:43] == "0" + "261209" + "0" + "004136"
    assert len(digits) == 44


def test_without_a_last_day_the_bar_code_may_be_paid_on_any() -> None:
    assert barcodes.digits("1", 1, None)[30:36] == "999999"


def test_a_receipt_of_fifty_thousand_bears_a_stamp() -> None:
    flags = [barcodes.digits("1", yen, date(2026, 12, 9))[36] for yen in (49_999, 50_000)]

    assert flags == ["0", "1"]


def test_the_check_digit_is_gs1s() -> None:
    assert barcodes.check_digit("629104150021") == "3"  # the example of GS1's own page


@given(st.from_regex(r"[0-9]{43}", fullmatch=True))
def test_with_its_check_digit_the_weighted_sum_ends_in_nought(body: str) -> None:
    whole = body + barcodes.check_digit(body)
    weights = [1 if i % 2 == 0 else 3 for i in range(len(whole))]

    assert sum(int(a) * b for a, b in zip(reversed(whole), weights, strict=True)) % 10 == 0


@given(st.integers(0, 10**13 - 1), st.integers(0, 999_999))
def test_a_scanner_reads_the_digits_from_the_bars(number: int, yen: int) -> None:
    content = barcodes.digits(str(number), yen, date(2026, 12, 9))

    start, fnc1, *pairs, check, stop = _values(barcodes.bars(content), barcodes.width(content))

    assert (start, fnc1, stop) == (START_C, FNC1, STOP)
    assert "".join(f"{pair:02}" for pair in pairs) == content
    assert check == (start + sum(i * one for i, one in enumerate([fnc1, *pairs], 1))) % 103


START_C, FNC1, STOP = 105, 102, 106


def _values(bars: list[tuple[int, int]], width: int) -> list[int]:
    """What a scanner makes of dark and light: eleven modules a symbol, thirteen for the last."""
    dark = {x for left, wide in bars for x in range(left, left + wide)}
    places = range(barcodes.QUIET, width - barcodes.QUIET, barcodes.MODULE)
    modules = "".join("1" if x in dark else "0" for x in places)
    symbols = [modules[at : at + 11] for at in range(0, len(modules) - 13, 11)]
    known = [*code128.CODES, f"{code128.STOP}11"]
    return [known.index(one) for one in (*symbols, modules[-13:])]


def test_bars_lie_inside_their_quiet_zone_and_never_touch() -> None:
    content = barcodes.digits("1234567890123", 4136, date(2026, 12, 9))
    bars, width = barcodes.bars(content), barcodes.width(content)

    assert bars[0][0] == barcodes.QUIET
    assert sum(bars[-1]) == width - barcodes.QUIET
    assert all(a + b < c for (a, b), (c, _d) in pairwise(bars))
