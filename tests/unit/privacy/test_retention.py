"""Once a day the persons of orders go whose time is over, as the owner set it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent
from storefront.payments.models import HostedSession
from storefront.privacy import freed_pages, retention
from storefront.providers.yamato.models import YamatoCall
from storefront.sandbox.models import SandboxMail
from storefront.shop import profile, settings
from storefront.worker import periodic_tasks
from tests.conftest import MakeApp, entered
from tests.databases import Databases
from tests.factories import an_order, some_answers
from tests.proofs.grounds import on_both_databases

CLOSED = {"status": "delivered", "payment_status": "paid"}


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    with entered(make_app(database_url=databases.seeded())) as app:
        yield app


def ago(months: int, **more: int) -> datetime:
    day = retention.months_ago(clock.today(), months)
    return datetime.combine(day, clock.now().time(), clock.JAPAN) - timedelta(**more)


def an_old_order(at: datetime, **changes: Any) -> Order:
    events = changes.pop("events", [OrderEvent(at=at, event="placed")])
    return an_order(**{"placed_at": at, "events": events, **CLOSED, **changes})


def is_erased(order: Order) -> bool:
    db.session.expire_all()
    assert (order.customer["name"] == "") == (order.erased_at is not None)
    return order.erased_at is not None


@on_both_databases
def test_orders_lose_their_person_when_the_months_are_over(shop: Flask) -> None:
    due, early = an_old_order(ago(13, days=1)), an_old_order(ago(13, days=-1))
    still_open = an_old_order(ago(40), payment_status="overdue")
    to_be_sent = an_old_order(ago(40), status="preparing")
    never_said_to_arrive = an_old_order(ago(40), status="shipped")
    paid_late = an_old_order(
        ago(20),
        events=[OrderEvent(at=ago(20), event="placed"), OrderEvent(at=ago(2), event="paid")],
    )

    periodic_tasks.tidy_up()

    erased = [is_erased(one) for one in (due, never_said_to_arrive)]
    left = [is_erased(one) for one in (early, still_open, to_be_sent, paid_late)]
    assert (erased, left) == ([True] * 2, [False] * 4)


def test_the_owner_sets_the_months(app: Flask) -> None:
    order = an_old_order(ago(4))
    settings.change({"keep_months": 3})

    periodic_tasks.tidy_up()

    assert is_erased(order)


def test_it_is_done_once_a_day(app: Flask) -> None:
    periodic_tasks.tidy_up()
    order = an_old_order(ago(14))

    periodic_tasks.tidy_up()
    assert not is_erased(order)

    with transaction():
        profile.renewed().erased_on = clock.today() - timedelta(days=1)
    periodic_tasks.tidy_up()
    assert is_erased(order)
    assert profile.shop().erased_on == clock.today()


def test_more_than_one_round_goes_on_in_the_next_minute(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [an_old_order(ago(14)) for _nth in range(5)]
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "ROUND", 2)

    retention.follow_up()
    assert sum(is_erased(one) for one in orders) == 4
    retention.follow_up()

    assert all(is_erased(one) for one in orders)


def test_what_belongs_to_no_order_goes_with_its_time(app: Flask) -> None:
    old, young = ago(14), ago(2)
    mail = {"to": "x@example.com", "subject": "", "text": "", "html": ""}
    call = {"order_number": "x-1", "api": "KAARA0010", "fields": {}, "outcome": "done"}
    visit = {"order_number": "x", "method": "m", "means": "card", "yen": 1, "locale": "ja"}
    with transaction():
        for nth, at in enumerate((old, young)):
            db.session.add(SandboxMail(message_id=f"{nth}", sent_at=at, **mail))
            db.session.add(YamatoCall(at=at, **call))
            known = {"snapshot": {"a": 1}, "url": "https://pay.example", "outcome": "refused"}
            db.session.add(HostedSession(token=f"{nth}", opened_at=at, **visit, **known))

    periodic_tasks.tidy_up()

    assert db.session.scalars(sa.select(SandboxMail.message_id)).all() == ["1"]
    assert db.session.scalars(sa.select(YamatoCall.at)).all() == [young]
    assert db.session.scalars(sa.select(HostedSession.snapshot)).all() == [None, None]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 30), 13, date(2025, 10, 30)),
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
        (date(2027, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert retention.months_ago(day, months) == before


def test_no_page_of_the_file_keeps_what_was_sealed(app: Flask) -> None:
    """Not even ciphertext, which the key of today would open."""
    folder = Path(app.instance_path)
    for nth in range(300):
        note = f"{nth}" * 40
        an_old_order(ago(14), customer=some_answers(note=note), staff_note=note)
    rows = db.session.execute(sa.text("SELECT customer, staff_note FROM orders")).all()
    sealed = [cell for row in rows for cell in row if cell]
    assert len(sealed) == 600
    db.session.rollback()
    assert sum(one in written(folder) for one in sealed) == 600

    periodic_tasks.tidy_up()

    kept = written(folder)
    assert [one for one in sealed if one in kept] == []
    assert (folder / "storefront.sqlite3-wal").stat().st_size == 0


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("storefront.sqlite3*")))


def test_a_large_database_is_written_anew_by_hand_only(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freed_pages, "MOST_REWRITTEN", 0)

    assert not freed_pages.overwrite()
    assert freed_pages.overwrite(is_patient=True)
