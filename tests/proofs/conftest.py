"""The long proofs: each runs against a real shop of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proofs.shop import RunningShop, running


@pytest.fixture
def shop(seeded: Path, tmp_path: Path) -> Iterator[RunningShop]:
    """Fresh, with relaxed limits; a test that needs other settings calls running() itself."""
    with running(seeded, tmp_path / "shop") as one:
        yield one


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "proofs":
            item.add_marker("proof")
