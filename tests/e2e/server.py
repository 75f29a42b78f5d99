"""The shop and its worker in threads of the test run, on a port of their own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import make_server

from storefront import create_app, starting
from storefront.outbox import heartbeat, worker
from tests.conftest import close, settings

EVERY = 0.3  # seconds between two looks of the worker into the outbox


@contextmanager
def serve(instance: Path) -> Iterator[str]:
    """Serve a fresh demo shop; its address is known before it is made, for links in mails."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    server.app = app = create_app(settings(instance, base_url=url))
    with app.app_context():
        starting.migrate()
        starting.seed_if_empty()
    stop = heartbeat.keep_beating(app)

    def work() -> None:
        while not stop.wait(EVERY):
            with app.app_context():
                worker.run_due()

    threads = [threading.Thread(target=run, daemon=True) for run in (server.serve_forever, work)]
    for thread in threads:
        thread.start()
    yield url
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()
    close_all_sessions()
    close(app)
