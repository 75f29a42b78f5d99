from collections.abc import Iterator

import pytest
from flask import Flask

from storefront.sandbox import time
from tests.unit.verification.stand_ins import StillClock


@pytest.fixture
def still(app: Flask) -> Iterator[StillClock]:
    still = StillClock()
    still.start()
    yield still
    time.install()
