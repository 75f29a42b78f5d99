"""The worker's hand: huey, which wakes it after a commit and every minute."""

from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from huey.api import Huey, RedisHuey, SqliteHuey, crontab

from storefront import private
from storefront.outbox import worker
from storefront.tracing import traced

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    if settings.redis_url:
        queue: Huey = RedisHuey("storefront", url=settings.redis_url)
    else:
        path = Path(app.instance_path) / "queue.sqlite3"
        queue = SqliteHuey("storefront", filename=str(private.file(path)))

    @queue.task(name="run_due")
    def run_due() -> None:
        with app.app_context():
            worker.run_due()

    @queue.periodic_task(crontab(), name="sweep")
    def sweep() -> None:
        with app.app_context():
            worker.tidy_up()
            worker.run_due()

    def kick() -> None:
        try:
            run_due()
        except Exception as error:  # the row is safe in the outbox: this minute's sweep does it
            log.error("kick_failed", **traced(error))

    app.extensions["queue"] = queue
    app.extensions["kick_outbox"] = kick


def consume(app: Flask) -> None:
    """Work until told to stop, one thing at a time: a sudden death doubles one mail at most."""
    app.extensions["kick_outbox"]()  # what waits since the last worker ended waits no longer
    queue: Any = app.extensions["queue"]
    consumer = queue.create_consumer(
        workers=1, initial_delay=0.1, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=8
    )
    consumer.run()
