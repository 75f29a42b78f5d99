"""The owner's lists: narrowed down, paged by place, and found by an index."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries import listing
from storefront.orders.queries.listing import Wanted
from tests.factories import an_order
from tests.statements import statements

NOON = datetime(2026, 7, 7, 3, 0, tzinfo=UTC)


def many(count: int) -> list[int]:
    """Two of each moment, oldest first."""
    return [an_order(placed_at=NOON + timedelta(minutes=nth // 2)).id for nth in range(count)]


def ids(listed: listing.Listed) -> list[int]:
    return [order.id for order in listed.orders]


def test_every_order_is_on_one_page_and_only_one(app: Flask) -> None:
    made = many(9)
    seen: list[int] = []
    page = listing.listed(Wanted(), size=4)
    while True:
        seen += ids(page)
        if not page.older:
            break
        page = listing.listed(Wanted(), before=page.older, size=4)

    assert seen == made[::-1]


def test_the_way_back_leads_over_the_same_pages(app: Flask) -> None:
    many(9)
    first = listing.listed(Wanted(), size=4)
    second = listing.listed(Wanted(), before=first.older, size=4)
    third = listing.listed(Wanted(), before=second.older, size=4)

    assert ids(listing.listed(Wanted(), after=third.newer, size=4)) == ids(second)
    assert ids(listing.listed(Wanted(), after=second.newer, size=4)) == ids(first)
    assert first.newer == third.older == ""


@pytest.mark.parametrize("place", ["x", "20260101", "99999999999999999999-1", "-", "1-1-1"])
def test_a_place_that_is_none_is_the_first_page(app: Flask, place: str) -> None:
    made = many(3)

    assert ids(listing.listed(Wanted(), before=place)) == made[::-1]
    assert ids(listing.listed(Wanted(), after=place)) == made[::-1]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(status="shipped"), True),
        (Wanted(status="placed"), False),
        (Wanted(payment="deferred", method="kuroneko_smartphone"), True),
        (Wanted(payment="paid"), False),
        (Wanted(method="cod"), False),
        (Wanted(since=date(2026, 7, 7), until=date(2026, 7, 7)), True),
        (Wanted(since=date(2026, 7, 8)), False),
        (Wanted(until=date(2026, 7, 6)), False),
        (Wanted(is_on_credit=True, standing="shipped"), True),
        (Wanted(is_on_credit=True, standing="paid"), False),
    ],
)
def test_a_list_holds_what_is_wanted(app: Flask, wanted: Wanted, fits: bool) -> None:
    an_order(
        placed_at=NOON,
        status="shipped",
        payment_status="deferred",
        payment_code="kuroneko_smartphone",
        payment_reference="7KQ2-M9XD-1",
        standing="shipped",
    )

    assert bool(listing.listed(wanted).orders) == bool(listing.count(wanted)) == fits


def test_a_day_is_one_of_japan(app: Flask) -> None:
    early, late = (
        an_order(placed_at=datetime(2026, 7, 6, 15, 0, tzinfo=UTC)),
        an_order(placed_at=datetime(2026, 7, 7, 15, 0, tzinfo=UTC)),
    )
    day = Wanted(since=date(2026, 7, 7), until=date(2026, 7, 7))

    assert ids(listing.listed(day)) == [early.id]
    assert late.id not in ids(listing.listed(day))


def test_no_more_are_counted_than_anybody_reads(app: Flask) -> None:
    an_order()
    fields = {c.name: c for c in Order.__table__.columns if c.name not in {"id"}}
    unique = {"number", "token", "key"}
    copies = sa.text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 1200)")
    columns = ", ".join(f'"{name}"' for name in fields)
    values = ", ".join(f'"{n}" || i' if n in unique else f'"{n}"' for n in fields)
    insert = f"INSERT INTO orders ({columns}) {copies} SELECT {values} FROM orders, n"  # noqa: S608
    db.session.execute(sa.text(insert))
    db.session.commit()

    assert listing.count(Wanted()) == listing.MOST_COUNTED + 1


@pytest.mark.parametrize(
    ("group", "index"),
    [
        ("to-ship", "ix_orders_listed_status"),  # of which few are open at a time, and sorted
        ("overdue", "ix_orders_listed_payment_status"),
        ("counted", "ix_orders_placed_at"),
        ("owed-back", "INTEGER PRIMARY KEY"),  # of the few that ix_ledger_entries_owed_back holds
    ],
)
def test_a_group_is_found_by_an_index(app: Flask, group: str, index: str) -> None:
    with statements(app) as asked:
        listing.listed(Wanted(group=group), before="20260707030000000000-5")
    (statement,) = asked
    values = statement.count("?") * ("x",)

    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    assert "SCAN" not in rows[0][3]
    assert index in rows[0][3]


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(status=status, payment=payment, method=method)
        for status, payment, method in product(("", "placed"), ("", "paid"), ("", "cod"))
    ]
    + [
        Wanted(digests=("m",)),
        Wanted(is_on_credit=True),
        Wanted(is_on_credit=True, standing="sold"),
        Wanted(is_on_credit=True, payment="paid"),
    ],
    ids=str,
)
def test_no_list_is_sorted_or_looked_through(app: Flask, wanted: Wanted) -> None:
    """Its index holds everything it is narrowed down by, in its order."""
    plan = _plan(app, wanted)

    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
    narrowed = [wanted.status, wanted.payment, wanted.method, wanted.standing, *wanted.digests]
    assert plan.count("=?") - plan.count("rowid=?") == len([one for one in narrowed if one])


def _plan(app: Flask, wanted: Wanted) -> str:
    with statements(app) as asked:
        listing.listed(wanted, before="20260707030000000000-5")
    (statement,) = asked
    values = statement.count("?") * ("x",)
    with db.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    return " | ".join(row[3] for row in rows)
