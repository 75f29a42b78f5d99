from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import MakeApp, entered
from tests.databases import Databases


@pytest.fixture
def empty(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    """A shop whose database holds nothing yet, on each kind of database."""
    app = make_app(database_url=databases.empty())
    with entered(app):
        yield app
