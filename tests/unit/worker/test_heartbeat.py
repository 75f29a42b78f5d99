from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.outbox.models import Heartbeat
from storefront.worker import heartbeat
from tests.unit.verification.stand_ins import StillClock

TICK = timedelta(microseconds=1)


def last_beat() -> Heartbeat | None:
    query = sa.select(Heartbeat).execution_options(populate_existing=True)
    return db.session.scalars(query).one_or_none()


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
