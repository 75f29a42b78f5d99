"""Who is signed in when a test of the owner's side begins."""

import re
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from storefront.testing.form_shopper import FormShopper, field_value
from tests.conftest import OwnContextClient
from tests.markup import Element, parsed
from tests.signed_in import OWNER, STAFF, a_person, cookie_of


class Keeper(FormShopper):
    """Looks after the shop: posts with the token of the owner's side."""

    def token(self) -> str:
        return field_value(self.client.get(self.prefix + "/admin/account").text, "csrf_token")

    def summary(self) -> list[tuple[str, str]]:
        """What the error summary of the last page leads to, and its words."""
        box = self.last.text.partition('id="error-summary"')[2].partition("</div>")[0]
        return re.findall(r'<a href="#([^"]*)">([^<]*)</a>', box)

    def send(self, page: str, action: str, **typed: object) -> TestResponse:
        """Send a form of a page as the page filled it in, but for what is typed."""
        form = next(
            one
            for one in parsed(self.get(page).text).all("form", method="post")
            if one["action"] == self.prefix + action
        )
        fields = {**_filled_in(form), **typed}
        self.last = self.client.post(self.prefix + action, data=fields)
        return self.last


def _filled_in(form: Element) -> dict[str, object]:
    """What a browser would send of it, without any button."""
    found: dict[str, object] = {}
    for one in form.all("input"):
        is_left_out = one.get("type") in {"radio", "checkbox"} and "checked" not in one
        if one.get("name") and one.get("type") not in {"file", "submit"} and not is_left_out:
            found[one["name"]] = one.get("value")
    for one in form.all("textarea"):
        found[one["name"]] = unescape("".join(map(str, one.children)))
    for one in form.all("select"):
        options = one.all("option")
        chosen = [option for option in options if "selected" in option] or options
        found[one["name"]] = chosen[0].choice
    return found


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
