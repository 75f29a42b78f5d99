"""Finding orders by a person who is sealed."""

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.models import Order, SearchIndexEntry
from storefront.orders.queries import listing, search_index
from storefront.orders.queries.listing import Wanted
from storefront.outbox import outbox
from storefront.worker import periodic_tasks
from tests.factories import an_order, some_answers

HANAKO = some_answers(
    name="髙橋 花子",
    name_kana="タカハシ ハナコ",
    tel="08012345678",
    email="Hanako.T@Example.com",
    ship_to="other",
    company="ﾐｭﾗｰ商会",
    ship_company="さくらの会",
    ship_name="佐藤 次郎",
    ship_tel="0312345678",
)


def found_by(typed: str) -> list[int]:
    sought = search_index.sought(typed)
    return [order.id for order in listing.listed(Wanted(digests=sought)).orders] if sought else []


@pytest.fixture
def hanako(app: Flask) -> Order:
    order, other = an_order(customer=HANAKO), an_order()
    for one in (order, other):
        search_index.write(one.id)
    return order


@pytest.mark.parametrize(
    "typed",
    [
        "髙橋 花子",
        "髙橋花子",
        "高橋 花子",
        "高橋",
        "高橋花子様",
        "ミュラー商会",
        "さくらの会",
        "花子",
        "ﾀｶﾊｼ",
        "たかはし はなこ",
        "佐藤次郎",
        "080-1234-5678",
        "+81 80 1234 5678",
        "０８０１２３４５６７８",
        "5678",
        "03-1234-5678",
        " hanako.t@example.com ",
        "ｈａｎａｋｏ．ｔ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    ],
)
def test_an_order_is_found_by_what_is_known_of_its_person(hanako: Order, typed: str) -> None:
    assert found_by(typed) == [hanako.id]


@pytest.mark.parametrize("typed", ["", "  ", "!?", "髙", "567", "hanako", "09099999999"])
def test_anything_else_finds_nobody(hanako: Order, typed: str) -> None:
    assert found_by(typed) == []


def test_no_mark_tells_who_it_is_of(hanako: Order) -> None:
    kept = " ".join(db.session.scalars(sa.select(SearchIndexEntry.digest)))

    assert kept
    assert not any(text in kept for text in ("5678", "hanako", "花子", "はなこ"))


def test_orders_from_before_there_were_marks_are_caught_up_with(app: Flask) -> None:
    order = an_order(customer=HANAKO)
    assert found_by("花子") == []

    periodic_tasks.tidy_up()

    assert found_by("花子") == [order.id]
    assert order.is_marked


def test_marks_written_twice_are_written_once(hanako: Order) -> None:
    search_index.write(hanako.id)

    assert found_by("花子") == [hanako.id]


def test_a_new_order_is_marked_as_its_mail_goes(app: Flask) -> None:
    order = an_order(customer=HANAKO)
    outbox.add("order-mail", order.id)
    db.session.commit()

    periodic_tasks.run_due()

    assert found_by("5678") == [order.id]
