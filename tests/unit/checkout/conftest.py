import pytest
from flask.testing import FlaskClient

from tests.shopper import QuickShopper, Shopper


@pytest.fixture
def shopper(client: FlaskClient) -> Shopper:
    return QuickShopper(client)
