"""A year and more later nothing tells who has ordered, and the books are the same to the yen."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db, transaction
from storefront.orders.models import LedgerEntry, Order
from storefront.orders.queries import csv_export
from storefront.orders.queries.listing import Wanted
from storefront.privacy import person as persons
from storefront.reports import sales
from storefront.shop import settings
from storefront.testing.specimen import NAME
from tests.proofs.grounds import YAMATO, on_both_databases
from tests.proofs.leaks import Secrets, found, in_text
from tests.proofs.persistence import plenty
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop
from tests.remains import everything

pytestmark = [
    on_both_databases,
    pytest.mark.parametrize("verifier", [YAMATO], indirect=True, scope="session"),
]
DAY = 24 * 3_600
SENT_CODE = re.compile(r"#(\d{4})$", re.ASCII)
OPEN = {"name": NAME, "tel": "090-0000-0000", "email": "taro@example.com"}
PERSON, LABEL = slice(5, 15), slice(27, 34)  # columns of the file of orders


def buy(shop: RunningShop, payment: str, **entries: str) -> str:
    """The address of the order's status, where nobody needs to be asked for its number."""
    shopper = shop.shopper().put_in().answer(payment, **entries)
    answer = shopper.press_confirm()
    if payment == "kuroneko_smartphone":
        texts = shopper.client.get(f"/sandbox/phone.json?to={entries['tel']}").json or []
        code = SENT_CODE.search(texts[0]["text"])
        assert code
        answer = shopper.guess(code[1])
    assert answer.location, answer.text
    return answer.location.removesuffix("/complete")


def number_of(shop: RunningShop, status: str) -> str:
    page = shop.shopper().get(status).text
    number = re.search(r'data-testid="order-number">([^<]+)<', page)
    assert number
    return number[1]


def settle(shop: RunningShop, status: str) -> None:
    for event in ("shipped", "delivered", "paid"):
        body = {"event": event, "order": number_of(shop, status)}
        answer = shop.shopper().client.post("/sandbox/events", json=body)
        assert answer.status_code == 200, answer.text


def books() -> list[Any]:
    """The ledger, the sales of every kind, and the file of orders without its persons."""
    entry = LedgerEntry
    query = sa.select(entry.order_id, entry.at, entry.account, entry.yen).order_by(entry.id)
    entries = [tuple(one) for one in db.session.execute(query)]
    today = clock.today()
    span = Span(today - timedelta(days=800), today)
    sold = [sales.by_method(span), sales.by_product(span)]
    months = [one for one in sales.by_month(span) if one.orders or one.lost]
    rows = list(csv_export.lines(Wanted()))
    for row in rows:
        row[LABEL] = row[PERSON] = []
    return [entries, *sold, months, rows]


def leaks(told: Secrets) -> Iterator[str]:
    """In every cell, opened where it is sealed; and digests of every phone."""
    digests = {mark for phone in told.phones for mark in digests_of(phone)}
    for cell in everything():
        yield from (f"{cell[:80]}: {one}" for one in in_text(cell, told))
        yield from (cell for mark in digests if mark in cell)


def digests_of(phone: str) -> list[str]:
    one = persons.Person(phone=phone)
    found = [persons.search_digests(one), persons.phone_digests(one), persons.limit_digests(one)]
    return [mark for marks in found for mark in marks]


def test_nobody_is_remembered_when_the_months_are_over(shop: RunningShop, figure: Report) -> None:
    told, each = Secrets(), times(2, 40)
    plenty(shop)
    settled = [
        buy(shop, payment, **told.new_shopper())
        for payment in ("cod", "kuroneko_smartphone")
        for _nth in range(each)
    ]
    for status in settled:
        settle(shop, status)
    lapsed = [buy(shop, "bank_transfer", **told.new_shopper()) for _nth in range(each)]
    shop.shopper().put_in().answer("cod", **told.new_shopper())  # and leaves
    still_open = buy(shop, "kuroneko_smartphone", **OPEN)
    with shop.database(), transaction():
        for order in db.session.scalars(sa.select(Order)):
            order.staff_note = str(order.customer["name"])
    with shop.database():
        settings.change({"keep_months": 10})
    shop.advance(30 * DAY)
    with shop.database():
        before, was_there = books(), len(set(leaks(told)))
        sealed = [bytes(one) for one in db.session.scalars(raw("customer"))]
    assert was_there > len(settled)

    shop.advance(310 * DAY)

    with shop.database():
        assert books() == before
        assert list(leaks(told)) == []
        assert sorted(erased()) == sorted(token_of(one) for one in [*settled, *lapsed])
    assert found(shop.folder, told) == [], "the files"
    left = [one for one in sealed if one in written(shop.folder)]
    assert len(left) == (1 if shop.environment.get("DATABASE_URL", "") == "" else 0)
    for status in [*settled, *lapsed, still_open]:
        for page in (status, f"{status}/receipt"):
            assert shop.shopper().get(page).status_code == 200
    assert NAME in shop.shopper().get(still_open).text
    figure(
        "after the months that the owner set no name, phone, address or e-mail address of closed "
        "orders is in database, write-ahead log, media or log, even sealed; books the same",
        f"{len(settled) + len(lapsed)} orders: 0 found of {was_there} before, 0 yen apart",
    )


def raw(column: str) -> sa.TextClause:
    return sa.text(f"SELECT {column} FROM orders")  # noqa: S608  # a column of ours


def erased() -> list[str]:
    return list(db.session.scalars(sa.select(Order.token).where(Order.erased_at.is_not(None))))


def token_of(status: str) -> str:
    return status.rpartition("/")[2]


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
