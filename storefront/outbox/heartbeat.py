"""The worker's sign of life, which /readyz reads."""

from datetime import timedelta

import sqlalchemy as sa

from storefront import clock
from storefront.extensions import db, transaction
from storefront.outbox.models import Heartbeat

EVERY = 5.0  # seconds
LATE = timedelta(seconds=30)
WORKER = "worker"


def beat() -> None:
    with transaction():
        now = sa.update(Heartbeat).where(Heartbeat.name == WORKER).values(at=clock.now())
        if db.session.scalar(now.returning(Heartbeat.name)) is None:
            db.session.add(Heartbeat(name=WORKER, at=clock.now()))


def is_alive() -> bool:
    last = db.session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == WORKER))
    return last is not None and last > clock.now() - LATE
