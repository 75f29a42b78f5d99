"""Order numbers: how they look, and how people type them."""

import re

import pytest

from storefront.orders.numbers import LETTERS, new_number, tidy_number


def test_a_number_is_two_groups_of_four() -> None:
    assert re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", new_number())


def test_no_letter_is_mistaken_for_another() -> None:
    assert not set("01OIL") & set(LETTERS)


def test_numbers_do_not_follow_each_other() -> None:
    numbers = {new_number() for _ in range(200)}

    assert len(numbers) == 200
    assert len({number[0] for number in numbers}) > 10


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ2-M9XD",
        " 7kq2-m9xd ",
        "7KQ2M9XD",
        "7KQ2 M9XD",
        "７ＫＱ２－Ｍ９ＸＤ",
        "7KQ2ーM9XD",
        "7KQ2–M9XD",
    ],
)
def test_a_number_is_known_however_it_is_typed(typed: str) -> None:
    assert tidy_number(typed) == "7KQ2-M9XD"


@pytest.mark.parametrize("typed", ["", "-", "7KQ2", "7KQ2-M9XD-1", "注文番号"])
def test_what_is_no_number_stays_none(typed: str) -> None:
    assert not re.fullmatch(r"[A-Z0-9]{4}-[A-Z0-9]{4}", tidy_number(typed))
