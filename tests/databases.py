"""The databases a shop may live in: what is promised holds on each of them."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from storefront import create_app
from storefront.core import migrate
from storefront.core.extensions import db
from storefront.sandbox import seeding
from tests.app_pool import close, own_folder, settings
from tests.postgresql import Cluster
from tests.proofs.plugin import SQLITE

NUMBERS = count(1)


class Databases(Protocol):
    """Gives addresses of new databases, as DATABASE_URL takes them."""

    def empty(self) -> str:
        """One without any table."""

    def seeded(self) -> str:
        """One with the demo shop in it; empty where the shop finds that in its own folder."""


@dataclass(frozen=True)
class Sqlite:
    folder: Path

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'{next(NUMBERS)}.sqlite3'}"

    def seeded(self) -> str:
        return ""


class Postgresql:
    """Databases of one server; those of one test are made anew under the names of the last."""

    def __init__(self, server: Cluster, template: str) -> None:
        self.server = server
        self.template = template  # the demo shop
        self.numbers = count(1)

    def empty(self) -> str:
        return self._new("template0")

    def seeded(self) -> str:
        return self._new(self.template)

    def _new(self, template: str) -> str:
        name = f"of_a_test_{next(self.numbers)}"
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.server.url(name)


@pytest.fixture(scope="session")
def demo_on_postgresql(
    postgresql: Cluster, seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The name of a migrated and seeded database, to copy from."""
    url = postgresql.fresh()
    folder = own_folder(seeded, tmp_path_factory.mktemp("seeded-postgresql"))
    app = create_app(settings(folder, database_url=url))
    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
        db.session.remove()
        close(app)
    return url.rpartition("/")[2]


@pytest.fixture
def on_postgresql(postgresql: Cluster, demo_on_postgresql: str) -> Postgresql:
    return Postgresql(postgresql, demo_on_postgresql)


@pytest.fixture
def databases(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Databases:
    """Of SQLite; what is marked `on_both_databases` runs once more on PostgreSQL."""
    if database == SQLITE:
        return Sqlite(tmp_path)
    found: Databases = request.getfixturevalue("on_postgresql")
    return found
