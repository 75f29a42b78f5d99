from functools import cached_property

import pytest
from flask.testing import FlaskClient

from tests.shopper import Shopper, field_value


class QuickShopper(Shopper):
    """Opens a page for its token once, as the token is good for as long as the session."""

    @cached_property
    def _token(self) -> str:
        return field_value(self.client.get(f"{self.prefix}/orders/find").text, "csrf_token")

    def token(self) -> str:
        return self._token


@pytest.fixture
def shopper(client: FlaskClient) -> Shopper:
    return QuickShopper(client)
