"""The shops that are measured, and what their processes use."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa

from storefront import create_app
from storefront.app import serve
from storefront.catalogue.models import Variant
from storefront.config.settings import Settings
from storefront.core import migrate
from storefront.core.extensions import db, transaction
from storefront.sandbox import seeding
from tests.ports import free_port
from tests.proofs.services import Services
from tests.proofs.shop import started

TICKS = os.sysconf("SC_CLK_TCK")
PLENTY = 1_000_000


class ProductionShop(Services):
    """Served as in production; no sandbox is in its pages, its clock or its log."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.environment |= {
            "STOREFRONT_ENV": "production",
            "BASE_URL": self.url,
            "TRUSTED_HOSTS": "127.0.0.1",
            "LIMITS": "relaxed",
        }

    def commands(self) -> list[list[str]]:
        web, _worker = super().commands()
        return [[*web[:-1], "bench.production:app"], [sys.executable, "-m", "bench.production"]]

    @property
    def groups(self) -> set[int]:
        return {one.pid for one in (self.process, self.worker) if one}


@contextmanager
def production_shop() -> Iterator[ProductionShop]:
    """A seeded shop that runs, with more in stock than anyone buys."""
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        with started(ProductionShop(Path(folder))) as shop:
            yield shop


def seed(folder: Path) -> None:
    app = create_app(Settings(storefront_env="demo", instance=folder))
    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
        with transaction():
            db.session.execute(sa.update(Variant).values(available=PLENTY))
        db.engine.dispose()
    app.extensions["queue"].storage.close()


@contextmanager
def bare_page() -> Iterator[str]:
    """The yardstick under the shop's own server and settings; the address takes a size."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    settings = Settings(storefront_env="demo", port=port)
    command = [*serve.commands(settings, 2)[0][:-1], "bench.bare:app"]
    server = subprocess.Popen(command)  # noqa: S603  # a command of ours
    time.sleep(2)
    try:
        yield url
    finally:
        server.terminate()
        server.wait(10)


def cpu_seconds(groups: Iterable[int]) -> float:
    """Of all processes of these groups, children that ended included."""
    return (
        sum(sum(map(int, stat.rsplit(")", 1)[1].split()[11:15])) for stat in _stats(set(groups)))
        / TICKS
    )


def _stats(groups: set[int]) -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if os.getpgid(int(path.parent.name)) in groups:
                yield path.read_text()
