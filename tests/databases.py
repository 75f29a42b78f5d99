"""The databases a shop may live in: what is promised holds on each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask

from storefront import create_app, migrating, starting
from storefront.extensions import db
from tests.conftest import MakeApp, close, entered, settings
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


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Each kind in turn: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return Sqlite(tmp_path_factory.mktemp("databases"))
    found: Database = request.getfixturevalue("on_postgresql")
    return found


@pytest.fixture
def shop_on_each(make_app: MakeApp, database: Database) -> Flask:
    """A demo shop on each kind of database; import it under the name that the tests ask for."""
    return make_app(database_url=database.seeded())


@pytest.fixture
def app_on_each(shop_on_each: Flask) -> Iterator[Flask]:
    """The same with its context open, as `app` has it."""
    with entered(shop_on_each) as app:
        yield app
