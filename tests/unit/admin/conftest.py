"""Who is signed in when a test of the owner's side begins."""

import pytest
from flask import Flask

from tests.conftest import OwnContextClient
from tests.shopper import Shopper, field_value
from tests.signed_in import OWNER, STAFF, a_person, cookie_of


class Keeper(Shopper):
    """Looks after the shop: posts with the token of the owner's side."""

    def token(self) -> str:
        return field_value(self.client.get(self.prefix + "/admin/account").text, "csrf_token")


@pytest.fixture
def owner(app: Flask) -> Keeper:
    return keeper(app, OWNER)


@pytest.fixture
def staff(app: Flask) -> Keeper:
    return keeper(app, STAFF)


def keeper(app: Flask, role: str, prefix: str = "", **session: object) -> Keeper:
    app.test_client_class = OwnContextClient
    client = app.test_client()
    client.set_cookie(*cookie_of(app, a_person(role), **session))
    return Keeper(client, prefix)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What goes through the shop's addresses is marked web: too slow for the fast loop."""
    for item in items:
        if {"owner", "staff"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("web")
