"""A shop whose texts, codes and time the test holds in its hand."""

from collections.abc import Iterator

import pytest
from flask import Flask

from storefront.sandbox import time
from tests.unit.verification.stand_ins import KnownCodes, Pocket, StillClock, use


@pytest.fixture
def pocket(app: Flask) -> Pocket:
    pocket = Pocket()
    use(app, sms=pocket)
    return pocket


@pytest.fixture
def codes(app: Flask) -> KnownCodes:
    codes = KnownCodes()
    use(app, codes=codes)
    return codes


@pytest.fixture
def still(app: Flask) -> Iterator[StillClock]:
    still = StillClock()
    still.start()
    yield still
    time.install()
