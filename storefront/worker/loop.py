"""The worker's own loop: what is due, at each ring, every few seconds, and each minute's tasks.

It needs the database alone. Its signs of life come from this loop and from the work in it, so
that they stop when it does.
"""

import signal
import time
from collections.abc import Callable
from threading import Event, Thread

import structlog
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from storefront.core.extensions import db
from storefront.core.tracebacks import traced
from storefront.worker import heartbeat, periodic_tasks, queue

log = structlog.get_logger()

MINUTE = 60.0  # seconds between two rounds of periodic tasks
GRACE = 5.0  # seconds to end what was begun: less than whoever stops a worker waits for it


class Shift:
    """One worker at work, in a thread of its own, from start to stop."""

    def __init__(self, app: Flask, looks_every: float = heartbeat.EVERY) -> None:
        self.app = app
        self.looks_every = looks_every
        self.rung: Event = app.extensions["outbox_rung"]
        self.over = Event()
        self.chores_at = self.beats_at = time.monotonic()
        self.thread = Thread(target=self._run, name="shift", daemon=True)
        self.listener = Thread(target=queue.listen, args=(app, self.over), daemon=True)
        app.extensions["still_here"] = self._beat_in_time

    def start(self) -> None:
        self.thread.start()
        self.listener.start()

    def stop(self) -> None:
        """End the worker; returns when its present row is done, after GRACE seconds at most."""
        self.over.set()
        self.rung.set()
        self.thread.join(GRACE)
        self.listener.join(1)

    def _run(self) -> None:
        while True:
            self.rung.clear()  # before the look: what is rung meanwhile is looked at again
            if self.over.is_set():
                return
            with self.app.app_context():
                _try(self._turn)
            self.rung.wait(self.looks_every)

    def _turn(self) -> None:
        self._beat_in_time()
        if time.monotonic() >= self.chores_at:
            self.chores_at = time.monotonic() + MINUTE
            periodic_tasks.tidy_up()
        periodic_tasks.run_due(self.over.is_set)

    def _beat_in_time(self) -> None:
        if time.monotonic() < self.beats_at:
            return
        self.beats_at = time.monotonic() + heartbeat.EVERY
        try:
            with self.app.app_context():  # a session of its own, beside that of the work
                heartbeat.beat()
        except SQLAlchemyError as error:  # the next one may go
            log.warning("heartbeat_missed", error=type(error).__name__)


def _try(turn: Callable[[], None]) -> None:
    """Run one turn; an exception is logged, and the next turn comes."""
    try:
        turn()
    except Exception as error:
        db.session.rollback()
        log.error("worker_turn_failed", **traced(error))


def work(app: Flask) -> None:
    """Work until a signal to end. Rows are done one by one: a kill repeats one mail at most."""
    shift, is_told = Shift(app), False

    def stop(_signal: int, _frame: object) -> None:
        nonlocal is_told
        is_told = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup would have it
            signal.signal(number, stop)
    shift.start()
    while shift.thread.is_alive() and not is_told:
        shift.thread.join(0.1)
    shift.stop()
