"""The long proofs: each runs against a real shop of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import browser_type_launch_args as browser_type_launch_args
from tests.proofs.shop import RunningShop, running


@pytest.fixture
def shop(seeded: Path, tmp_path: Path) -> Iterator[RunningShop]:
    """Fresh, with relaxed limits; a test that needs other settings calls running() itself."""
    with running(seeded, tmp_path / "shop") as one:
        yield one


@pytest.fixture(scope="session")
def lasting_shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """One for many tests, each of which begins with reset()."""
    with running(seeded, tmp_path_factory.mktemp("lasting") / "shop") as one:
        yield one


@pytest.fixture(scope="session")
def strict_shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """The same with the limits of production, behind a proxy that tells where a shopper is."""
    folder = tmp_path_factory.mktemp("strict") / "shop"
    with running(seeded, folder, LIMITS="real", TRUSTED_PROXIES="1") as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "proofs":
            item.add_marker("proof")
