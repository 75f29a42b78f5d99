"""A demo shop on each kind of database, for what happens at the same moment."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import MakeApp, entered


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, make_app: MakeApp) -> Iterator[Flask]:
    changes = {}
    if request.param == "postgresql":
        changes = {"database_url": request.getfixturevalue("on_postgresql").seeded()}
    with entered(make_app(**changes)) as app:
        yield app
