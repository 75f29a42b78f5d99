"""A shop that kills itself at a chosen moment of its work on a checkout, and is put up again."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import flask
import sqlalchemy as sa
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from storefront import create_app
from tests.proofs.shop import RunningShop

CHECKOUT = ("/checkout", "/orders")
ENDLESS = 1_000_000

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload([__name__])  # imports once, forks often


class DyingShop(RunningShop):
    """One web process without a worker, ready again within moments of its death."""

    def __init__(self, folder: Path, **environment: str) -> None:
        super().__init__(folder, **environment)
        self.fuse: Synchronized[int] = processes.Value("i", 0)
        self.deaths = 0

    def die_at(self, moment: int) -> None:
        """Count moments from here; at this one the shop kills itself."""
        self.fuse.value = moment

    def burnt(self) -> int:
        """How many moments have gone by since die_at(ENDLESS)."""
        return ENDLESS - self.fuse.value

    @contextmanager
    def supervised(self) -> Iterator["DyingShop"]:
        """Put up anew whenever it dies, as its operator's supervisor would."""
        over = threading.Event()
        supervisor = threading.Thread(target=self._keep_up, args=[over])
        supervisor.start()
        try:
            yield self
        finally:
            over.set()
            supervisor.join()

    def _keep_up(self, over: threading.Event) -> None:
        while not over.is_set():
            process = processes.Process(target=serve, args=(self.environment, self.port, self.fuse))
            process.start()
            while process.is_alive() and not over.is_set():
                process.join(0.02)
            self.deaths += not over.is_set()
            process.kill()
            process.join()


def serve(environment: dict[str, str], port: int, fuse: "Synchronized[int]") -> None:
    os.environ.update(environment)
    app = create_app()
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(app.instance_path)
    light(fuse)
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


def light(fuse: "Synchronized[int]") -> None:
    """Moments: before and after each statement and each commit, and when the answer is ready."""

    def burn(*_: object, **__: object) -> None:
        if not flask.has_request_context() or not flask.request.path.startswith(CHECKOUT):
            return
        if fuse.value > 0:
            fuse.value -= 1
            if fuse.value == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, name, burn)
    sa.event.listen(Session, "after_commit", burn)
    flask.request_finished.connect(burn, weak=False)
