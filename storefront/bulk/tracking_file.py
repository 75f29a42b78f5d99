"""Tracking numbers from a file, as B2 cloud exports it and Excel has spoilt it."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from storefront.core.japanese import digits
from storefront.orders.models import Order
from storefront.orders.numbers import tidy_number
from storefront.orders.queries import listing
from storefront.orders.status import Transition, can
from storefront.payments.kinds import Time, kind_of_code
from storefront.payments.status import PaymentState
from storefront.shipping import tracking_numbers

MOST_ROWS, MOST_BYTES = 5000, 2_000_000
ENCODINGS = ("utf-8-sig", "cp932")
NUMBER_NAMES = ("お客様管理番号", "注文番号")
SLIP_NAMES = ("伝票番号", "送り状番号")
QUOTED = re.compile(r'=?"(.*)"')  # ="0123": how Excel is told to leave a number alone
SHORTENED = re.compile(r"[\d.]+E\+?\d+", re.IGNORECASE)  # 4.12E+11: what it does otherwise


class Unreadable(Exception):
    """No row can be told from it; its word is encoding, columns, empty, rows or size."""


@dataclass(frozen=True)
class Row:
    """One line of the file as it was read; fault is empty where it can be shipped."""

    line: int
    number: str
    slip: str
    fault: str = ""
    order: Order | None = None


def read(content: bytes) -> list[Row]:
    """Every row with its fault, in the order of the file; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("size")
    cells = list(_cells(_text(content)))
    known = listing.by_numbers([number for _line, number, _slip in cells])
    return list(_judged(cells, known))


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _cells(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, order number and tracking number of each row that holds anything."""
    first, _, _ = text.partition("\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    head = [_plain(cell) for cell in next(reader, [])]
    number_at, slip_at = _column(head, NUMBER_NAMES), _column(head, SLIP_NAMES)
    count = 0
    for row in reader:
        row += [""] * (len(head) - len(row))
        if any(cell.strip() for cell in row):
            count += 1
            yield reader.line_num, _number(row[number_at]), _slip(row[slip_at])
        if count > MOST_ROWS:
            raise Unreadable("rows")
    if not count:
        raise Unreadable("empty")


def _column(head: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in head:
            return head.index(name)
    raise Unreadable("columns")


def _plain(cell: str) -> str:
    """Without what spreadsheets put around it; a full-width letter is the ordinary one."""
    text = normalize("NFKC", cell).strip().removeprefix("'")
    quoted = QUOTED.fullmatch(text)
    return "".join((quoted[1] if quoted else text).split())


def _number(cell: str) -> str:
    plain = _plain(cell)
    return tidy_number(plain) if plain else ""


def _slip(cell: str) -> str:
    plain = _plain(cell)
    return plain if SHORTENED.fullmatch(plain) else digits(plain)


def _judged(cells: list[tuple[int, str, str]], known: dict[str, Order]) -> Iterator[Row]:
    numbers: set[str] = set()
    slips: set[str] = set()
    for line, number, slip in cells:
        order = known.get(number)
        fault = _number_fault(number, order, numbers) or slip_fault(slip)
        fault = fault or ("slip-twice" if slip in slips else "")
        yield Row(line, number, slip, fault, order)
        numbers.add(number)
        slips.add(slip)


def _number_fault(number: str, order: Order | None, seen: set[str]) -> str:
    if not number:
        return "number-missing"
    if number in seen:
        return "number-twice"
    return _order_fault(order) if order else "number-unknown"


def _order_fault(order: Order) -> str:
    if not can(order.status, Transition.SHIP):
        return "not-now"
    is_prepaid = kind_of_code(order.payment_code).time is Time.BEFORE
    return "not-paid" if is_prepaid and order.payment_status != PaymentState.PAID else ""


def slip_fault(slip: str) -> str:
    """What is wrong with a tracking number of Yamato's; empty where it may be one."""
    if not slip:
        return "slip-missing"
    if SHORTENED.fullmatch(slip):
        return "slip-shortened"
    if not tracking_numbers.is_of_yamato(slip):
        return "slip-digits"
    return "" if tracking_numbers.has_check_digit(slip) else "slip-check"
