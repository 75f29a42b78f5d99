"""What was sold and what is unpaid, against a recount of every order by hand."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db, transaction
from storefront.orders.models import LedgerEntry, Order, OrderEvent, OrderLine
from storefront.payments.status import PaymentState
from storefront.reports import dashboard, receivables, sales
from storefront.reports.sales import Goods, Sold
from tests.factories import an_order
from tests.statements import statements
from tests.unit.verification.stand_ins import StillClock

NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))
BEGIN = datetime(2026, 11, 1, tzinfo=clock.JAPAN)
NOON = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)
GONE = {"cancelled", "returned"}

an_order_of_november = st.fixed_dictionaries(
    {
        "placed_at": st.integers(-18, 31 * 24).map(lambda hours: BEGIN + timedelta(hours=hours)),
        "status": st.sampled_from(["placed", "preparing", "shipped", "delivered", *GONE]),
        "payment_code": st.sampled_from(["cod", "card", "kuroneko_smartphone"]),
        "payment_status": st.sampled_from(list(PaymentState)),
        "total": st.integers(1, 55_000),
        "reduced_to": st.none() | st.integers(1, 500),
        "is_test": st.booleans(),
    }
)


def lay_down(orders: list[dict[str, Any]]) -> None:
    """Rows that need not make sense: the reports add up whatever there is."""
    with transaction():
        for table in (LedgerEntry, OrderEvent, OrderLine, Order):
            db.session.execute(sa.delete(table))
    db.session.expunge_all()
    for one in orders:
        an_order(**one)


def day_of(order: dict[str, Any]) -> date:
    day: date = order["placed_at"].astimezone(clock.JAPAN).date()
    return day


def owed(order: dict[str, Any]) -> int:
    return int(order["total"] if order["reduced_to"] is None else order["reduced_to"])


def recounted(orders: list[dict[str, Any]], key: Any) -> dict[str, Sold]:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for order in orders:
        if order["is_test"] or not NOVEMBER.first <= day_of(order) <= NOVEMBER.last:
            continue
        is_lost = order["status"] in GONE or order["payment_status"] == "refunded"
        sums[key(order)].update(lost=1) if is_lost else sums[key(order)].update(
            orders=1, yen=owed(order)
        )
    return {name: Sold(name, **one) for name, one in sums.items()}


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=st.lists(an_order_of_november, max_size=12))
def test_the_database_adds_up_what_a_recount_by_hand_does(
    app: Flask, orders: list[dict[str, Any]]
) -> None:
    lay_down(orders)

    days, months, methods = (of(NOVEMBER) for of in (sales.by_day, sales.by_month, sales.by_method))

    by_hand = recounted(orders, lambda one: f"{day_of(one)}")
    assert {one.key: one for one in days if one != Sold(one.key)} == by_hand
    assert [one.key for one in days] == [f"2026-11-{day:02}" for day in range(1, 31)]
    assert months == [
        recounted(orders, lambda one: "2026-11").get("2026-11", Sold("2026-11")),
    ]
    by_hand = recounted(orders, lambda one: one["payment_code"])
    assert {one.key: one for one in methods} == by_hand
    assert [one.yen for one in methods] == sorted((one.yen for one in methods), reverse=True)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 9, 14, 59, 59, 999_999, UTC), "2026-11-09"),
        (datetime(2026, 11, 9, 15, 0, tzinfo=UTC), "2026-11-10"),
    ],
)
def test_a_day_begins_at_midnight_in_japan(app: Flask, moment: datetime, day: str) -> None:
    an_order(placed_at=moment)

    assert [one.key for one in sales.by_day(NOVEMBER) if one.orders] == [day]


def test_articles_are_added_up_over_orders_that_were_kept(app: Flask) -> None:
    an_order(placed_at=NOON)
    an_order(placed_at=NOON, status="returned")
    tote = {"variant_id": 2, "sku": "indigo-tote-s", "name": "藍染トート", "option": "S"}
    for _ in range(2):
        an_order(placed_at=NOON, lines=[OrderLine(**tote, price=4400, quantity=3, tax=1000)])

    assert sales.by_product(NOVEMBER) == [
        Goods("indigo-tote-s", "藍染トート (S)", 6, 26_400),
        Goods("yunomi", "萩焼の湯呑", 1, 3300),
    ]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=st.lists(an_order_of_november, max_size=12))
def test_every_unpaid_order_stands_in_the_bucket_of_its_age(
    app: Flask, orders: list[dict[str, Any]]
) -> None:
    lay_down(orders)
    today = clock.today()

    buckets = receivables.by_age()

    expected: Counter[tuple[int, str]] = Counter()
    yen: Counter[tuple[int, str]] = Counter()
    for order in orders:
        state = order["payment_status"]
        if order["is_test"] or order["status"] in GONE or state not in receivables.UNPAID:
            continue
        age = (today - day_of(order)).days
        bucket = max(one for one in receivables.AGES if one <= max(age, 0))
        expected[bucket, state] += 1
        yen[bucket, state] += owed(order)
    assert {(one.youngest, k): n for one in buckets for k, n in one.orders.items()} == expected
    assert {(one.youngest, k): n for one in buckets for k, n in one.yen.items()} == yen


@pytest.mark.parametrize(
    ("days", "youngest"), [(0, 0), (14, 0), (15, 15), (30, 15), (31, 31), (60, 31), (61, 61)]
)
def test_an_age_is_counted_in_days_of_japan(
    app: Flask, still: StillClock, days: int, youngest: int
) -> None:
    an_order(placed_at=clock.now() - timedelta(days=days))

    assert [one.youngest for one in receivables.by_age() if one.count] == [youngest]


def test_today_tells_what_waits_and_what_was_sold(app: Flask, still: StillClock) -> None:
    an_order(total=1000)
    an_order(total=2000, status="preparing", reduced_to=1500)
    an_order(total=4000, status="cancelled")
    an_order(total=8000, is_test=True)
    bank = {"payment_code": "bank_transfer", "placed_at": clock.now() - timedelta(days=2)}
    an_order(**bank, payment_status="awaiting")
    an_order(**bank, payment_status="paid")
    an_order(**bank, payment_status="overdue", status="delivered")

    with statements(app) as asked:
        told = dashboard.today()

    assert told == dashboard.Today(
        2, 2500, to_ship=3, unpaid_overdue=1, owed_back=0, failed_texts=0
    )
    assert len(asked) == 3
