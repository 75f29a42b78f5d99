"""The bell that wakes the worker after a commit: a queue of huey's, in a file or on Redis.

Nothing depends on it: while it cannot be rung, the worker looks into the outbox by itself.
"""

from pathlib import Path
from threading import Event
from typing import Any

import structlog
from flask import Flask, current_app
from huey.api import Huey, RedisHuey, SqliteHuey

from storefront.core import private_files
from storefront.core.tracebacks import traced

log = structlog.get_logger()

NAME = "storefront"
HEARS_FOR = 1  # seconds that Redis keeps a listener waiting
ANSWERS_WITHIN = HEARS_FOR + 0.5  # seconds
LOOKS_EVERY = 0.2  # seconds between two looks into a queue that keeps nobody waiting
RESTS = 2.0  # seconds after a queue could not be read


def init_app(app: Flask) -> None:
    queue, rung = _queue(app), Event()

    @queue.task(name="run_due")
    def run_due() -> None:
        rung.set()

    def wake_worker() -> None:
        try:
            run_due()
        except Exception as error:  # the row is safe in the outbox, where the worker finds it
            log.warning("queue_not_rung", error=type(error).__name__)

    app.extensions.update(queue=queue, wake_worker=wake_worker, outbox_rung=rung)


def _queue(app: Flask) -> Huey:
    url = app.config["SETTINGS"].redis_url
    if not url:
        path = private_files.file(Path(app.instance_path) / "queue.sqlite3")
        return SqliteHuey(NAME, filename=str(path))
    from redis import ConnectionPool  # an extra

    # one try in bounded time: a shopper waits for it
    pool = ConnectionPool.from_url(url, socket_connect_timeout=0.5, socket_timeout=ANSWERS_WITHIN)
    return RedisHuey(NAME, connection_pool=pool, read_timeout=HEARS_FOR)


def listen(app: Flask, over: Event) -> None:
    """Let each ring be heard by app.extensions["outbox_rung"], until over is set."""
    queue: Any = app.extensions["queue"]
    while not over.is_set():
        try:
            task = queue.dequeue()
            if task is not None:
                queue.execute(task)
            elif not queue.storage.blocking:
                over.wait(LOOKS_EVERY)
        except Exception as error:
            log.warning("queue_not_read", error=type(error).__name__)
            over.wait(RESTS)


def empty() -> None:
    """Delete all rings that nobody has heard."""
    try:
        current_app.extensions["queue"].flush()
    except Exception as error:
        log.error("queue_not_emptied", **traced(error))
