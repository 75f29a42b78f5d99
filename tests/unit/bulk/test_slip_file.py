"""Tracking numbers from a file: B2 cloud's, and what Excel makes of it."""

import pytest
from flask import Flask

from storefront.bulk import tracking_file
from storefront.bulk.tracking_file import Row, Unreadable
from storefront.orders.models import Order
from tests.factories import an_order

HEAD = "お客様管理番号,送り状種類,伝票番号"


def slip(nth: int) -> str:
    body = 10_000_000_000 + nth
    return f"{body}{body % 7}"


def read(*lines: str, encoding: str = "utf-8", head: str = HEAD) -> list[Row]:
    return tracking_file.read("\r\n".join((head, *lines, "")).encode(encoding))


def faults(*lines: str) -> list[str]:
    return [row.fault for row in read(*lines)]


@pytest.fixture
def order(app: Flask) -> Order:
    return an_order()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_is_read_in_any_usual_encoding(order: Order, encoding: str) -> None:
    (row,) = read(f"{order.number},0,{slip(1)}", encoding=encoding)

    assert (row.number, row.slip, row.fault) == (order.number, slip(1), "")
    assert row.order is not None
    assert row.order.id == order.id


@pytest.mark.parametrize(
    "form",
    [
        '="{}"',
        '"=""{}"""',
        " {} ",
        "'{}",
        '"{}"',
    ],
)
def test_what_spreadsheets_put_around_a_cell_is_taken_off(order: Order, form: str) -> None:
    (row,) = read(f"{form.format(order.number)},0,{form.format(slip(1))}")

    assert (row.number, row.slip, row.fault) == (order.number, slip(1), "")


def test_numbers_may_be_full_width_grouped_or_without_their_hyphen(order: Order) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in slip(1))
    grouped = f"{slip(1)[:4]}-{slip(1)[4:8]} {slip(1)[8:]}"
    plain = order.number.replace("-", "").lower()

    for number, typed in ((order.number, wide), (plain, grouped)):
        (row,) = read(f"{number},0,{typed}")
        assert (row.number, row.slip, row.fault) == (order.number, slip(1), "")


def test_tabs_other_columns_and_empty_lines_do_not_matter(order: Order) -> None:
    text = f"送り状番号\t備考\t注文番号\n\n{slip(1)}\t a,b \t{order.number}\n\t\t\n"

    (row,) = tracking_file.read(text.encode())

    assert (row.line, row.number, row.slip, row.fault) == (3, order.number, slip(1), "")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", "slip-missing"),
        ("4.12346E+11", "slip-shortened"),
        ("12345678901", "slip-digits"),
        ("12345678901X", "slip-digits"),
        ("123456789019", "slip-check"),
    ],
)
def test_a_wrong_tracking_number_is_named(order: Order, typed: str, fault: str) -> None:
    assert faults(f"{order.number},0,{typed}") == [fault]


def test_a_row_whose_order_cannot_be_shipped_is_named(app: Flask) -> None:
    shipped, unpaid = an_order(status="shipped"), an_order(payment_code="bank_transfer")

    assert faults(
        f",0,{slip(1)}",
        f"ZZZZ-ZZZZ,0,{slip(2)}",
        f"{shipped.number},0,{slip(3)}",
        f"{unpaid.number},0,{slip(4)}",
    ) == ["number-missing", "number-unknown", "not-now", "not-paid"]


def test_nothing_may_be_named_twice(order: Order) -> None:
    other = an_order()

    assert faults(
        f"{order.number},0,{slip(1)}",
        f"{order.number},0,{slip(2)}",
        f"{other.number},0,{slip(1)}",
    ) == ["", "number-twice", "slip-twice"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "columns"),
        (b"a,b\n1,2\n", "columns"),
        (HEAD.encode(), "empty"),
        (b"\xff\xfe\x00\x81", "encoding"),
        (b"x" * 2_000_001, "size"),
        ((HEAD + "\nA,0,1" * 5001).encode(), "rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(app: Flask, content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        tracking_file.read(content)
