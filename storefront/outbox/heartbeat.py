"""The worker's sign of life, which /readyz reads."""

import threading
from datetime import timedelta

import sqlalchemy as sa
import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from storefront import clock
from storefront.extensions import db, transaction, upsert
from storefront.outbox.models import Heartbeat

EVERY = 5.0  # seconds
LATE = timedelta(seconds=30)
WORKER = "worker"

log = structlog.get_logger()


def beat() -> None:
    with transaction():
        sign = upsert(Heartbeat).values(name=WORKER, at=clock.now())
        later = {"at": sign.excluded.at}
        db.session.execute(sign.on_conflict_do_update(index_elements=["name"], set_=later))


def is_alive() -> bool:
    last = db.session.scalar(sa.select(Heartbeat.at).where(Heartbeat.name == WORKER))
    return last is not None and last > clock.now() - LATE


def keep_beating(app: Flask) -> threading.Event:
    """Beat from a thread of its own until the event that comes back is set."""
    stop = threading.Event()

    def run() -> None:
        while True:
            with app.app_context():
                _try_to_beat()
            if stop.wait(EVERY):
                return

    threading.Thread(target=run, name="heartbeat", daemon=True).start()
    return stop


def _try_to_beat() -> None:
    try:
        beat()
    except SQLAlchemyError as error:  # the next one may go: this thread is the only one that beats
        log.warning("heartbeat_missed", kind=type(error).__name__)
