"""A demo shop on each kind of database, for what happens at the same moment."""

from collections.abc import Iterator

import pytest
from flask import Flask

from storefront import create_app, migrating, starting
from storefront.extensions import db
from tests.conftest import MakeApp, close, entered, settings
from tests.postgresql import Cluster


@pytest.fixture(scope="session")
def demo_on_postgresql(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a seeded database, to copy from."""
    url = postgresql.fresh()
    app = create_app(settings(tmp_path_factory.mktemp("on-postgresql"), database_url=url))
    with app.app_context():
        migrating.migrate()
        starting.seed_if_empty()
        db.session.remove()
        close(app)
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, make_app: MakeApp) -> Iterator[Flask]:
    changes = {}
    if request.param == "postgresql":
        template = request.getfixturevalue("demo_on_postgresql")
        changes = {"database_url": request.getfixturevalue("postgresql").fresh(template)}
    with entered(make_app(**changes)) as app:
        yield app
