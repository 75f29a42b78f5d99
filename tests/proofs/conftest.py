"""The long proofs: each runs against a real shop of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import demo_on_postgresql as demo_on_postgresql
from tests.e2e.conftest import browser_type_launch_args as browser_type_launch_args
from tests.postgresql import Cluster
from tests.proofs.grounds import POSTGRESQL, Ground
from tests.proofs.shop import RunningShop, started


@pytest.fixture(scope="session")
def ground(seeded: Path, verifier: str, database: str, request: pytest.FixtureRequest) -> Ground:
    """What the test's shops are to run on."""
    if database != POSTGRESQL:
        return Ground(seeded, verifier)
    server: Cluster = request.getfixturevalue("postgresql")
    demo = request.getfixturevalue("demo_on_postgresql")
    return Ground(seeded, verifier, lambda: {"DATABASE_URL": server.fresh(demo)})


@pytest.fixture
def shop(ground: Ground, tmp_path: Path) -> Iterator[RunningShop]:
    """Fresh, with relaxed limits; a test that needs other settings opens one itself."""
    with started(ground.shop(RunningShop, tmp_path / "shop")) as one:
        yield one


@pytest.fixture(scope="session")
def lasting_shop(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """One for many tests, each of which begins with reset()."""
    with started(ground.shop(RunningShop, tmp_path_factory.mktemp("lasting") / "shop")) as one:
        yield one


@pytest.fixture(scope="session")
def strict_shop(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """The same with the limits of production, behind a proxy that tells where a shopper is."""
    folder = tmp_path_factory.mktemp("strict") / "shop"
    settings = {"LIMITS": "real", "TRUSTED_PROXIES": "1"}
    with started(ground.shop(RunningShop, folder, **settings)) as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "proofs":
            item.add_marker("proof")
