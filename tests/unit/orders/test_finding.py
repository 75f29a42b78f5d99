"""Finding an order again."""

import pytest
from flask import Flask

from storefront.orders.queries import lookup
from tests.factories import an_order, some_answers

pytestmark = pytest.mark.usefixtures("app")


def test_an_order_is_found_by_its_token() -> None:
    order = an_order()
    an_order()

    found = lookup.by_token(order.token)

    assert found
    assert found.number == order.number


def test_another_token_finds_nothing() -> None:
    order = an_order()

    assert lookup.by_token(order.token[:-1]) is None


def test_a_key_belongs_to_the_order_it_placed_and_to_no_other() -> None:
    order, other = an_order(key="k" * 32), an_order()

    assert lookup.is_key_of(order.token, "k" * 32)
    assert not lookup.is_key_of(other.token, "k" * 32)


@pytest.mark.parametrize("typed", ["7KQ2-M9XD", "7kq2 m9xd", "７ＫＱ２Ｍ９ＸＤ"])
@pytest.mark.parametrize(
    "email", ["taro@example.com", " Taro@Example.COM ", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ　"]
)
def test_number_and_email_find_the_order(typed: str, email: str) -> None:
    an_order(number="7KQ2-M9XD", customer=some_answers(email="taro@example.com"))

    assert lookup.by_number_and_email(typed, email)


@pytest.mark.parametrize(
    ("number", "email"),
    [
        ("7KQ2-M9XD", "hanako@example.com"),
        ("7KQ2-M9XE", "taro@example.com"),
        ("7KQ2-M9XE", "nobody@nowhere.invalid"),
        ("", ""),
    ],
)
def test_a_wrong_pair_finds_nothing(number: str, email: str, app: Flask) -> None:
    an_order(number="7KQ2-M9XD", customer=some_answers(email="taro@example.com"))

    assert lookup.by_number_and_email(number, email) is None
