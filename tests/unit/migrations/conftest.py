from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import MakeApp, entered
from tests.databases import Database


@pytest.fixture
def empty(make_app: MakeApp, database: Database) -> Iterator[Flask]:
    """A shop whose database holds nothing yet, on each kind of database."""
    app = make_app(database_url=database.empty())
    with entered(app):
        yield app
