"""The real shop for proofs: server, worker and database in processes that can be killed."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from werkzeug.test import Client

from storefront import create_app
from storefront.config.settings import Settings
from storefront.core.extensions import db
from storefront.testing.form_shopper import FormShopper
from storefront.testing.network import client_of
from tests.app_pool import close
from tests.ports import free_port

STARTS_WITHIN = 90.0  # seconds; it takes 2, but not on a machine where much else is at work


class RunningShop:
    """A demo shop under granian with two workers, as `make run` serves it; settings by their
    names in the environment."""

    where: Path | None = None  # it is started there; None for wherever the tests are

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "shop.log"
        self.environment = {
            "STOREFRONT_ENV": "demo",
            "STOREFRONT_INSTANCE": str(folder),
            "PORT": str(self.port),
            "KURONEKO_BASE_URL": "off",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the shop answers; its database keeps what it had."""
        self.process = self.launch([sys.executable, "-m", "storefront", "serve"])
        self.wait_for(self.process)

    def launch(self, command: list[str], log: Path | None = None) -> subprocess.Popen[bytes]:
        """What it says goes to the shop's log, or to one of its own."""
        with (log or self.log).open("ab") as said:
            return subprocess.Popen(  # noqa: S603  # a command of ours
                command,
                cwd=self.where,
                env={**os.environ, **self.environment},
                stdout=said,
                stderr=said,
                start_new_session=True,  # a group of its own, to be killed whole
            )

    def wait_for(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + STARTS_WITHIN
        while not self.answers():
            assert process.poll() is None, self.log.read_text()[-2_000:]
            assert time.monotonic() < end, "the shop does not start"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1):
                return client_of(self.url).get("/readyz").status_code == 200
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9 of server and worker in the middle of whatever they do."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(15)
        self.process = None

    def shopper(self, prefix: str = "", browser: type[Client] = Client) -> FormShopper:
        """A new one, with a browser of their own."""
        return FormShopper(client_of(self.url, browser), prefix)

    def reset(self) -> None:
        """The demo shop as new, while it runs."""
        answer = client_of(self.url).post("/sandbox/reset", json={"seed": 1})
        assert answer.status_code == 200, answer.text

    def advance(self, seconds: int) -> None:
        """Move the shop's clock; what fell due meanwhile is done."""
        answer = client_of(self.url).post("/sandbox/clock", json={"advance": seconds})
        assert answer.status_code == 200, answer.text

    def stock(self, pieces: dict[str, int]) -> None:
        """Set pieces by SKU, which count down for real: nothing fills them up again."""
        answer = client_of(self.url).post("/sandbox/stock", json=pieces)
        assert answer.status_code == 200, answer.text

    def logged(self) -> str:
        return self.log.read_text(errors="replace")

    def memory(self) -> dict[int, int]:
        """Resident kB of each process of the running shop; empty where there is no /proc."""
        assert self.process
        found = {}
        for status in Path("/proc").glob("[0-9]*/status"):
            with suppress(OSError, KeyError):
                pid = int(status.parent.name)
                if os.getpgid(pid) == self.process.pid:
                    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
                    found[pid] = int(lines["VmRSS"].split()[0])
        return found

    def _keys(self) -> dict[str, Any]:
        return {name.lower(): key for name, key in self.environment.items() if "_KEY" in name}

    @contextmanager
    def database(self) -> Iterator[Flask]:
        """The shop's own models on its database, beside the running shop."""
        app = create_app(
            Settings(
                storefront_env="demo",
                instance=self.folder,
                database_url=self.environment.get("DATABASE_URL", ""),
                kuroneko_base_url=self.environment["KURONEKO_BASE_URL"],
                **self._keys(),
            )
        )
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                close(app)


Kind = TypeVar("Kind", bound=RunningShop)


@contextmanager
def running(seeded: Path, folder: Path, **environment: str) -> Iterator[RunningShop]:
    """A fresh demo shop with its own codes on SQLite, begun from a seeded folder."""
    with started(RunningShop(copied(seeded, folder), **environment)) as shop:
        yield shop


@contextmanager
def started(shop: Kind) -> Iterator[Kind]:
    try:
        shop.start()
        yield shop
    finally:
        shop.stop()


def copied(seeded: Path, folder: Path) -> Path:
    return shutil.copytree(seeded, folder, ignore=shutil.ignore_patterns("__jinja2_*"))
