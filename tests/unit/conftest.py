"""What unit tests of several packages begin with."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.sandbox import time
from storefront.testing import FormShopper
from tests.conftest import MakeApp, entered
from tests.databases import Databases
from tests.once import once_a_run
from tests.unit.verification.stand_ins import StillClock
from tests.walk import Screen, shared_shop, walk


@pytest.fixture
def shopper(client: FlaskClient) -> FormShopper:
    """Without a browser, on the app of the test."""
    return FormShopper(client)


@pytest.fixture
def either_shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    """The demo shop, on PostgreSQL too where a test is marked so; its context is open."""
    with entered(make_app(database_url=databases.seeded())) as app:
        yield app


@pytest.fixture
def still(app: Flask) -> Iterator[StillClock]:
    """A clock that moves only when the test says so."""
    still = StillClock()
    still.start()
    yield still
    time.install()


@pytest.fixture(scope="module")
def shared_app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def screens(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Screen]:
    """Every screen of one demo shop, walked once a run."""

    def seen(folder: Path) -> None:
        with contextmanager(shared_shop)(seeded, folder) as app:
            found = [asdict(screen) for screen in walk(app)]
        (folder / "screens.json").write_text(json.dumps(found))

    told = (once_a_run(tmp_path_factory, "screens", seen) / "screens.json").read_text()
    return [Screen(**one) for one in json.loads(told)]
