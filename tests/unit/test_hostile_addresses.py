"""What no page of the shop links to finds nothing, and is no fault of the shop."""

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from werkzeug.routing import Rule

from storefront.checkout.forms.forms import OrderForm
from storefront.testing.form_shopper import ADDRESS, FormShopper, QuickFormShopper
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.databases import Postgresql
from tests.unit.admin.conftest import keeper

pytestmark = pytest.mark.web

HOSTILE = (  # more than PostgreSQL keeps in an id, and than it has a number for
    (2**31, "a\0b"),
    (10**20, "x" * 3000),
)
ASKED = ("q", "page", "status", "payment", "after", "before", "from", "to", "category", "sort")


@pytest.fixture
def shop(make_app: MakeApp, on_postgresql: Postgresql) -> Iterator[Flask]:
    with entered(make_app(database_url=on_postgresql.seeded())) as app:
        app.test_client_class = OwnContextClient
        yield app


def address_of(app: Flask, rule: Rule, number: int, text: str) -> str:
    """The rule's address with these in it."""
    values = {name: number if "<int:" + name in rule.rule else text for name in rule.arguments}
    return app.url_map.bind("127.0.0.1").build(rule.endpoint, values)


def faults(app: Flask, owner: FormShopper) -> Iterator[str]:
    for rule, (number, text) in product(app.url_map.iter_rules(), HOSTILE):
        if rule.endpoint.startswith(("sandbox", "design", "static")):
            continue
        address = address_of(app, rule, number, text)
        asked = dict.fromkeys(ASKED, text if "\0" in text else str(number))
        for method in {"GET", "POST"} & set(rule.methods or ()):
            answer = owner.client.open(address, method=method, query_string=asked)
            if answer.status_code == 500:
                yield f"{method} {rule.rule}"


def test_no_address_is_a_fault_on_postgresql(shop: Flask) -> None:
    assert sorted(set(faults(shop, keeper(shop, "owner")))) == []


@pytest.mark.parametrize("text", ["9" * 4_000, "a\0b", "\ud800"], ids=["long", "nul", "half"])
def test_nothing_in_a_form_of_the_checkout_is_a_fault_on_postgresql(shop: Flask, text: str) -> None:
    """Whatever may be sent of a form before it was found good."""
    shopper = QuickFormShopper(shop.test_client()).put_in()
    with shop.test_request_context():
        fields = [one.name for one in OrderForm() if one.name != "csrf_token"]
    there = [one for one in shop.url_map.iter_rules() if one.rule.startswith("/checkout")]
    paths = {one.rule for one in there if "POST" in (one.methods or ()) and not one.arguments}

    for path in sorted(paths):
        shopper.get("/checkout")
        sent = dict.fromkeys(fields, text.encode("utf-8", "surrogatepass"))
        for name in (
            "",
            "payment",
            "tel",
            "email",
        ):  # all, or one in a form that is good without it
            good = {**ADDRESS, "payment": "cod", name: sent[name]} if name else sent
            assert shopper.post(path, good).status_code < 500, (path, name)
