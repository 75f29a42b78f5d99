"""POST /sandbox/orders: an order brought to a state through the shop's own rules."""

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.catalogue.models import Variant
from storefront.core.extensions import db
from tests import invariants
from tests.unit.checkout.reading import newest_order
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

ALL = ["kuroneko_smartphone", "kuroneko_payslip", "card", "cvs", "cod", "bank_transfer"]
# What each method's payment is, once an order by it stands there.
STANDS = {
    "placed": ["deferred", "deferred", "paid", "awaiting", "awaiting", "awaiting"],
    "preparing": ["deferred", "deferred", "paid", "paid", "awaiting", "paid"],
    "shipped": ["deferred", "deferred", "paid", "paid", "awaiting", "paid"],
    "delivered": ["requested", "requested", "paid", "paid", "paid", "paid"],
    "cancelled": ["cancelled", "cancelled", "refunded", "cancelled", "cancelled", "cancelled"],
    "returned": ["cancelled", "cancelled", "refunded", "refunded", "cancelled", "refunded"],
}
CASES = [
    (state, payment, stands)
    for state, row in STANDS.items()
    for payment, stands in zip(ALL, row, strict=True)
]


@pytest.mark.parametrize(("state", "payment", "stands"), CASES)
def test_every_state_of_every_method(
    client: FlaskClient, state: str, payment: str, stands: str
) -> None:
    answer = client.post("/sandbox/orders", json={"state": state, "payment": payment})

    assert answer.status_code == 201, answer.text
    order = newest_order()
    assert answer.get_json()["number"] == order.number
    assert (order.status, order.payment_status) == (state, stands)
    assert client.get(answer.get_json()["status_url"]).status_code == 200


@pytest.mark.parametrize(
    ("payment", "payment_state"),
    [
        ("kuroneko_smartphone", "requested"),
        ("kuroneko_smartphone", "overdue"),
        ("kuroneko_smartphone", "paid"),
        ("kuroneko_smartphone", "refunded"),
        ("kuroneko_payslip", "paid"),
        ("cod", "refunded"),
    ],
)
def test_a_payment_is_brought_on_too(client: FlaskClient, payment: str, payment_state: str) -> None:
    wanted = {"state": "delivered", "payment": payment, "payment_state": payment_state}
    answer = client.post("/sandbox/orders", json=wanted)

    assert answer.status_code == 201, answer.text
    assert newest_order().payment_status == payment_state


def test_the_link_to_pay_is_there_where_there_is_something_to_pay(client: FlaskClient) -> None:
    later = client.post("/sandbox/orders", json={"state": "delivered"}).get_json()
    cash = client.post("/sandbox/orders", json={"state": "delivered", "payment": "cod"}).get_json()

    assert "/pay/" in later["pay_url"]
    assert client.get(later["pay_url"]).status_code == 200
    assert cash["pay_url"] is None


def test_it_is_the_named_persons(client: FlaskClient) -> None:
    named = {"state": "placed", "tel": "090-0000-0000", "email": "hanako@example.com"}
    client.post("/sandbox/orders", json=named)

    customer = newest_order().customer
    assert (customer["tel"], customer["email"]) == ("09000000000", "hanako@example.com")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"state": "lost"}, 400),
        ({"state": "placed", "payment": "gold"}, 400),
        ({"state": "placed", "payment_state": "rich"}, 400),
        ({"state": "placed", "payment_state": "requested"}, 400),
        ({"state": "delivered", "payment": "cod", "payment_state": "overdue"}, 400),
        ({"state": "placed", "tel": "abc"}, 400),
        ({"state": "placed", "email": "nobody"}, 400),
        ({"state": "placed", "colour": "red"}, 400),
        ({"state": 1}, 400),
        ({"state": "placed", "tel": "090-0000-0021"}, 409),
        ({"state": "placed", "tel": "090-0000-0001"}, 409),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    client: FlaskClient, body: dict[str, object], status: int
) -> None:
    answer = client.post("/sandbox/orders", json=body)

    assert answer.status_code == status
    assert answer.get_json()["error"]


def test_orders_never_run_out(client: FlaskClient) -> None:
    db.session.execute(sa.update(Variant).where(Variant.sku == "yunomi").values(available=0))
    db.session.commit()

    answer = client.post("/sandbox/orders", json={"state": "placed", "payment": "cod"})

    assert answer.status_code == 201


def test_the_books_of_a_made_order_are_in_order(client: FlaskClient) -> None:
    wanted = [{"state": "delivered", "payment": payment} for payment in ALL]
    answers = [client.post("/sandbox/orders", json=body).status_code for body in wanted]

    assert answers == [201] * len(ALL)
    invariants.database_is_sound()
    invariants.ledgers_balance()
