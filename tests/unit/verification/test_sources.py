from collections import Counter

import pytest

from storefront.ports.codes import CodeSource
from storefront.sandbox.phone.codes import SandboxCodes
from storefront.verification.random_codes import RandomCodes

DRAWS = 20_000


def draw(source: CodeSource, phone: str = "08012345678") -> list[str]:
    return [source.plan(phone).code for _ in range(DRAWS)]


@pytest.mark.parametrize("source", [RandomCodes(), SandboxCodes()])
def test_every_code_is_four_digits_of_text(source: CodeSource) -> None:
    codes = draw(source)

    assert all(len(code) == 4 and code.isascii() and code.isdigit() for code in codes)


def test_codes_with_leading_zeros_occur() -> None:
    codes = draw(RandomCodes())

    assert any(code.startswith("00") for code in codes)


@pytest.mark.parametrize("place", range(4))
def test_every_digit_is_about_equally_frequent_at_each_place(place: int) -> None:
    counts = Counter(code[place] for code in draw(RandomCodes()))

    assert len(counts) == 10
    assert all(abs(count - DRAWS / 10) < 350 for count in counts.values())  # 8 sigma


def test_most_codes_of_all_occur() -> None:
    codes = set(draw(RandomCodes()))

    assert 8_300 < len(codes) < 9_000  # 8,647 expected of 10,000


def test_any_code_may_pass_but_in_the_sandbox() -> None:
    assert RandomCodes().may_pass("09000000001")
    assert not SandboxCodes().may_pass("09000000001")
