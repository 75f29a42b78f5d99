"""The worker's loop: it needs no queue, and lives as long as it works."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue import stock
from storefront.catalogue.models import StockHold, Variant
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.outbox import outbox
from storefront.outbox.models import Heartbeat, OutboxRow
from storefront.sandbox.phone import mailbox
from storefront.worker import heartbeat, periodic_tasks
from storefront.worker.loop import Shift
from tests.conftest import MakeApp, entered
from tests.factories import an_order
from tests.ports import free_port
from tests.redis_server import RedisServer

LONG = 30.0  # seconds between two looks of a worker that only a ring wakes in time


@pytest.fixture
def lonely(make_app: MakeApp) -> Iterator[Flask]:
    """A shop whose Redis was never there."""
    with entered(make_app(redis_url=f"redis://127.0.0.1:{free_port()}/0")) as app:
        yield app


@contextmanager
def at_work(app: Flask, looks_every: float = 0.05) -> Iterator[Shift]:
    shift = Shift(app, looks_every)
    shift.start()
    try:
        yield shift
    finally:
        shift.stop()


def eventually(what: Callable[[], object]) -> bool:
    """Whether it comes true within some seconds."""
    for _ in range(500):
        db.session.rollback()
        if what():
            return True
        time.sleep(0.02)
    return False


def ordered() -> None:
    order = an_order()
    with transaction():
        outbox.add("order-mail", order.id)


def is_done() -> bool:
    waiting = sa.select(OutboxRow.id).where(OutboxRow.done_at.is_(None))
    return db.session.scalar(waiting) is None


def test_a_mail_goes_out_though_the_queue_was_never_there(lonely: Flask) -> None:
    with at_work(lonely):
        ordered()
        outbox.wake_worker()

        assert eventually(is_done)

    assert len(mailbox.mails()) == 1


def test_a_worker_without_its_queue_is_alive(lonely: Flask) -> None:
    with at_work(lonely):
        assert eventually(heartbeat.is_alive)


def test_a_ring_wakes_the_worker(app: Flask) -> None:
    with at_work(app, LONG):
        assert eventually(heartbeat.is_alive)  # the first look is over
        ordered()
        outbox.wake_worker()

        assert eventually(is_done)


def test_a_ring_over_redis_wakes_the_worker_before_and_after_its_fall(
    make_app: MakeApp, redis_server: RedisServer
) -> None:
    with entered(make_app(redis_url=redis_server.url)) as app, at_work(app, LONG):
        assert eventually(heartbeat.is_alive)
        for _ in range(2):
            ordered()
            outbox.wake_worker()
            assert eventually(is_done)
            redis_server.stop()
            redis_server.start()
            assert eventually(lambda: is_heard(app))


def is_heard(app: Flask) -> bool:
    """Whether whoever listens to the queue takes what is put into it."""
    app.extensions["wake_worker"]()
    return eventually(lambda: len(app.extensions["queue"]) == 0)


def test_the_chores_are_done_without_the_queue(lonely: Flask) -> None:
    with transaction():
        tea = sa.select(Variant.id).where(Variant.sku == "yunomi")
        stock.hold("a-cart", {db.session.scalars(tea).one(): 1})
        late = sa.update(StockHold).values(expires_at=clock.now() - timedelta(seconds=1))
        db.session.execute(late)

    with at_work(lonely):
        assert eventually(is_given_back)


def is_given_back() -> bool:
    return list(db.session.scalars(sa.select(StockHold.state))) == ["returned"]


def test_a_look_that_failed_is_not_the_last(app: Flask) -> None:
    rename("outbox", "away")
    with at_work(app):
        assert eventually(heartbeat.is_alive)
        rename("away", "outbox")
        ordered()

        assert eventually(is_done)


def test_a_beat_that_failed_keeps_nothing_from_being_done(app: Flask) -> None:
    rename("heartbeats", "away")
    ordered()
    with at_work(app):
        done = eventually(is_done)

    rename("away", "heartbeats")
    assert done


def test_nobody_beats_for_a_worker_that_has_stopped(app: Flask) -> None:
    with at_work(app):
        assert eventually(heartbeat.is_alive)
    with transaction():
        db.session.execute(sa.delete(Heartbeat))

    outbox.wake_worker()
    time.sleep(0.2)

    assert not heartbeat.is_alive()


def test_a_worker_that_is_told_to_stop_leaves_what_it_has_not_begun(app: Flask) -> None:
    for _ in range(3):
        ordered()
    begun = []

    def is_over() -> bool:
        begun.append(1)
        return len(begun) > 1

    periodic_tasks.run_due(is_over)

    assert len(mailbox.mails()) == 1


def rename(old: str, new: str) -> None:
    with transaction():
        db.session.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))
