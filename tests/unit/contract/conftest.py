"""Every screen of one demo shop, walked once a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.walk import Screen, shared_shop, walk


@pytest.fixture(scope="module")
def app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="module")
def screens(app: Flask) -> list[Screen]:
    return walk(app)
