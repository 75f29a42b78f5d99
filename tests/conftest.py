"""A demo shop for every test: fresh, on a database of its own."""

import contextvars
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.sandbox import time
from tests.app_pool import Pool, seed
from tests.databases import databases as databases
from tests.databases import demo_on_postgresql as demo_on_postgresql
from tests.databases import on_postgresql as on_postgresql
from tests.databases import sqlite_files as sqlite_files
from tests.once import once_a_run
from tests.postgresql import postgresql as postgresql
from tests.proofs.scale import times
from tests.redis_server import redis_server as redis_server

MakeApp = Callable[..., Flask]

hypothesis.settings.register_profile(
    "untimed",
    deadline=None,  # a busy machine is no fault
    max_examples=times(40, 400),
)
hypothesis.settings.load_profile("untimed")


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded instance folder, to copy from; its compiled templates and compressed
    files serve the shops of all processes."""
    return once_a_run(tmp_path_factory, "seeded", seed)


@pytest.fixture(scope="session")
def pool(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Pool:
    return Pool(seeded, tmp_path_factory.mktemp("pool"))


@pytest.fixture
def make_app(pool: Pool) -> Iterator[MakeApp]:
    """Makes a demo shop with settings of the test's choice."""
    yield pool.take
    pool.give_back()


@contextmanager
def entered(app: Flask) -> Iterator[Flask]:
    """The shop with its application context open, as the test's own hands need it."""
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app()) as app:
        yield app


class OwnContextClient(FlaskClient):
    """Each request has a context of its own, though the test holds one open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with_nothing = contextvars.Context()
        kwargs.setdefault("buffered", True)  # what is streamed is made in that context too
        response: TestResponse = with_nothing.run(super().open, *args, **kwargs)
        db.session.rollback()  # what the test read before is old now
        return response


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.test_client_class = OwnContextClient
    return app.test_client()


@pytest.fixture
def pass_time(app: Flask) -> Callable[[int], None]:
    """Moves the shop's clock forward by so many seconds."""
    return time.advance


WHOLE_SHOP = {"client", "screens", "wheel"}  # its addresses, every screen, what is installed


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the whole shop is marked web: too slow for the fast loop."""
    for item in items:
        if WHOLE_SHOP.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("web")


def pytest_collection_finish() -> None:
    """What stands now stays to the end: looking through it for rubbish is a sixth of all CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
