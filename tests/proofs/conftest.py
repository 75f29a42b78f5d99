"""The long proofs: each runs against a real shop of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database
from tests.databases import database as database
from tests.databases import on_postgresql as on_postgresql
from tests.e2e.conftest import browser_type_launch_args as browser_type_launch_args
from tests.proofs.shop import RunningShop, running


@pytest.fixture
def shop(seeded: Path, tmp_path: Path, database: Database) -> Iterator[RunningShop]:
    """Fresh, with relaxed limits; a test that needs other settings calls running() itself."""
    with running(seeded, tmp_path / "shop", DATABASE_URL=database.seeded()) as one:
        yield one


@pytest.fixture(scope="session")
def lasting_shop(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, database: Database
) -> Iterator[RunningShop]:
    """One for many tests, each of which begins with reset()."""
    folder = tmp_path_factory.mktemp("lasting") / "shop"
    with running(seeded, folder, DATABASE_URL=database.seeded()) as one:
        yield one


@pytest.fixture(scope="session")
def strict_shop(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, database: Database
) -> Iterator[RunningShop]:
    """The same with the limits of production, behind a proxy that tells where a shopper is."""
    folder = tmp_path_factory.mktemp("strict") / "shop"
    strict = {"LIMITS": "real", "TRUSTED_PROXIES": "1", "DATABASE_URL": database.seeded()}
    with running(seeded, folder, **strict) as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "proofs":
            item.add_marker("proof")
