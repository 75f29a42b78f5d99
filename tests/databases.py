"""The databases a shop may live in: what is promised holds on each of them."""

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


class Databases(Protocol):
    """Gives addresses of new databases, as DATABASE_URL takes them."""

    def empty(self) -> str:
        """One without any table."""

    def seeded(self) -> str:
        """One with the demo shop in it; empty where the shop finds that in its own folder."""


class Sqlite:
    """Files of one folder; those of one test are made anew under the names of the last, so that
    its apps are used again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)

    def empty(self) -> str:
        file = self.folder / f"{next(self.numbers)}.sqlite3"
        for old in self.folder.glob(f"{file.name}*"):  # its log, too
            old.unlink()
        return f"sqlite:///{file}"

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


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sqlite")


@pytest.fixture
def databases(database: str, request: pytest.FixtureRequest, sqlite_files: Path) -> Databases:
    """Of SQLite; what is marked `on_both_databases` runs once more on PostgreSQL."""
    if database == SQLITE:
        return Sqlite(sqlite_files)
    found: Databases = request.getfixturevalue("on_postgresql")
    return found
