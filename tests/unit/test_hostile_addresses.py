"""What no page of the shop links to finds nothing, and is no fault of the shop."""

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from werkzeug.routing import Rule

from storefront.testing.form_shopper import FormShopper
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
        if rule.endpoint.startswith(("sandbox", "gallery", "static")):
            continue
        address = address_of(app, rule, number, text)
        asked = dict.fromkeys(ASKED, text if "\0" in text else str(number))
        for method in {"GET", "POST"} & set(rule.methods or ()):
            answer = owner.client.open(address, method=method, query_string=asked)
            if answer.status_code == 500:
                yield f"{method} {rule.rule}"


def test_no_address_is_a_fault_on_postgresql(shop: Flask) -> None:
    assert sorted(set(faults(shop, keeper(shop, "owner")))) == []
