"""The worker's sign of life, which /readyz reads."""

from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction, upsert
from storefront.outbox.models import Heartbeat

EVERY = 5.0  # seconds
LATE = timedelta(seconds=30)
WORKER = "worker"


def beat() -> None:
    with transaction():
        sign = upsert(Heartbeat).values(name=WORKER, at=clock.now())
        later = {"at": sign.excluded.at}
        db.session.execute(sign.on_conflict_do_update(index_elements=["name"], set_=later))


def is_alive() -> bool:
    last = db.session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == WORKER))
    return last is not None and last > clock.now() - LATE
