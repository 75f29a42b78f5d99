"""A shop whose texts, codes and time the test holds in its hand."""

import pytest
from flask import Flask

from storefront.verification import sending
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from tests.factories import a_requester
from tests.unit.verification.stand_ins import KnownCodes, Pocket, StillClock, asked, use


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
def requester() -> Requester:
    return a_requester(checkout="c1")


@pytest.fixture
def challenge(
    pocket: Pocket, codes: KnownCodes, still: StillClock, requester: Requester
) -> Challenge:
    """A challenge whose code is 1001, and whose text its provider knows as P1."""
    return sending.issue(asked(), requester)
