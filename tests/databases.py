"""The databases a shop may live in: what is promised holds on each of them."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from storefront import create_app, migrating, starting
from storefront.extensions import db
from tests.conftest import close, settings
from tests.postgresql import Cluster

NUMBERS = count(1)


class Database(Protocol):
    """Gives addresses of new databases, as DATABASE_URL takes them."""

    name: str

    def empty(self) -> str:
        """One without any table."""

    def seeded(self) -> str:
        """One with the demo shop in it; empty where the shop finds that in its own folder."""


@dataclass(frozen=True)
class Sqlite:
    folder: Path
    name: str = "sqlite"

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'{next(NUMBERS)}.sqlite3'}"

    def seeded(self) -> str:
        return ""


@dataclass(frozen=True)
class Postgresql:
    server: Cluster
    template: str  # the demo shop
    name: str = "postgresql"

    def empty(self) -> str:
        return self.server.fresh()

    def seeded(self) -> str:
        return self.server.fresh(self.template)


@pytest.fixture(scope="session")
def on_postgresql(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Postgresql:
    url = postgresql.fresh()
    app = create_app(settings(tmp_path_factory.mktemp("seeded-postgresql"), database_url=url))
    with app.app_context():
        migrating.migrate()
        starting.seed_if_empty()
        db.session.remove()
        close(app)
    return Postgresql(postgresql, url.rpartition("/")[2])


on_each_database = pytest.mark.parametrize(
    "database", ["sqlite", "postgresql"], indirect=True, scope="session"
)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """SQLite; what is marked `on_each_database` runs once more on PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return Sqlite(tmp_path_factory.mktemp("databases"))
    found: Database = request.getfixturevalue("on_postgresql")
    return found
