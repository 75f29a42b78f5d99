import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.extensions import db, transaction
from storefront.outbox import heartbeat
from storefront.outbox.models import Heartbeat
from tests.unit.verification.stand_ins import StillClock

TICK = timedelta(microseconds=1)


def last_beat() -> Heartbeat | None:
    query = sa.select(Heartbeat).execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


def eventually(what: Callable[[], object]) -> bool:
    """Whether it comes true within some seconds."""
    for _ in range(250):
        db.session.rollback()
        if what():
            return True
        time.sleep(0.02)
    return False


def test_a_worker_that_never_beat_is_not_alive(app: Flask) -> None:
    assert not heartbeat.is_alive()


def test_a_worker_that_just_beat_is_alive(still: StillClock) -> None:
    heartbeat.beat()

    assert heartbeat.is_alive()


def test_a_worker_is_alive_until_just_before_half_a_minute(still: StillClock) -> None:
    heartbeat.beat()

    still.forward(timedelta(seconds=30) - TICK)

    assert heartbeat.is_alive()


def test_a_worker_silent_for_half_a_minute_is_not_alive(still: StillClock) -> None:
    heartbeat.beat()

    still.forward(30)

    assert not heartbeat.is_alive()


def test_every_beat_moves_the_one_sign_of_life(still: StillClock) -> None:
    heartbeat.beat()
    still.forward(5)
    heartbeat.beat()

    beat = last_beat()

    assert beat is not None
    assert beat.at == still.now


def test_a_thread_beats_at_once(app: Flask) -> None:
    stop = heartbeat.keep_beating(app)

    try:
        assert eventually(heartbeat.is_alive)
    finally:
        stop.set()


def test_one_failed_beat_is_not_the_last(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "EVERY", 0.05)
    rename("heartbeats", "away")
    stop = heartbeat.keep_beating(app)
    time.sleep(0.2)

    rename("away", "heartbeats")

    try:
        assert eventually(heartbeat.is_alive)
    finally:
        stop.set()


def rename(old: str, new: str) -> None:
    with transaction():
        db.session.execute(sa.text(f"ALTER TABLE {old} RENAME TO {new}"))
