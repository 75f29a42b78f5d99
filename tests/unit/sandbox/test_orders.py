"""POST /sandbox/orders: an order brought to a state through the shop's own rules."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from storefront.catalogue.models import Variant
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop
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
        ({"state": "placed", "lang": "fr"}, 400),
        ({"state": "placed", "items": {}}, 400),
        ({"state": "placed", "items": ["yunomi"]}, 400),
        ({"state": "placed", "items": {"yunomi": 0}}, 400),
        ({"state": "placed", "items": {"yunomi": "1"}}, 400),
        ({"state": "placed", "items": {"gold": 1}}, 409),
        ({"state": "placed", "items": {"kyusu": 1}}, 409),
        ({"state": "placed", "age_days": 366}, 400),
        ({"state": "placed", "age_days": "3"}, 400),
        ({"state": "placed", "delivery_date": "soon"}, 400),
        ({"state": "placed", "delivery_date": "2020-01-01"}, 409),
        ({"state": "placed", "payment": "cod", "delivery_method": "pigeon"}, 409),
        ({"state": "placed", "note": "あ" * 501}, 400),
        ({"state": "placed", "name": ["山田"]}, 400),
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


def make(client: FlaskClient, **body: object) -> dict[str, Any]:
    answer = client.post("/sandbox/orders", json={"state": "placed", "payment": "cod", **body})
    assert answer.status_code == 201, answer.text
    return dict(answer.get_json())


def test_it_is_of_the_named_goods(client: FlaskClient) -> None:
    make(client, items={"yunomi": 2, "indigo-tote-s": 1})

    lines = {line.sku: line.quantity for line in newest_order().lines}
    assert lines == {"yunomi": 2, "indigo-tote-s": 1}


def test_it_is_as_the_form_would_have_it(client: FlaskClient) -> None:
    day = clock.today() + timedelta(days=7)
    make(client, name="山田 花子", note="置き配で", delivery_date=day.isoformat())

    customer = newest_order().customer
    assert (customer["name"], customer["note"]) == ("山田 花子", "置き配で")
    assert customer["delivery_date"] == day.isoformat()


def test_it_is_in_the_shoppers_language(client: FlaskClient) -> None:
    made = make(client, lang="en")

    assert "/en/orders/" in made["status_url"]
    assert newest_order().locale == "en"
    assert 'lang="en"' in client.get("/sandbox/mailbox.json").get_json()[0]["html"]


def publish_a_second_delivery_method() -> None:
    mail = DeliveryMethod(code="mail", name="ゆうパケット", carrier="other", fee=300, position=9)
    with transaction():
        db.session.add(mail)


@pytest.mark.parametrize("payment", ALL)
def test_a_second_delivery_method_is_no_hindrance(client: FlaskClient, payment: str) -> None:
    publish_a_second_delivery_method()

    make(client, payment=payment)

    assert newest_order().customer["delivery_method"] not in {"", "mail"}


def test_the_delivery_method_may_be_named(client: FlaskClient) -> None:
    publish_a_second_delivery_method()

    make(client, delivery_method="mail")

    assert newest_order().shipping == 300


def test_a_closed_shop_says_that_it_is(client: FlaskClient) -> None:
    with transaction():
        db.session.execute(sa.update(Shop).values(is_open=False))

    answer = client.post("/sandbox/orders", json={"state": "placed"})

    assert (answer.status_code, answer.get_json()["error"]) == (409, "payment: the shop is closed")


def test_an_order_is_as_old_as_it_is_to_be(client: FlaskClient) -> None:
    make(client, state="delivered", age_days=40)

    order = newest_order()
    assert timedelta(days=40) <= clock.now() - order.placed_at < timedelta(days=40, minutes=5)
    assert order.shipments[0].delivered_at is not None
    assert clock.now() - order.shipments[0].delivered_at >= timedelta(days=40)


def test_what_became_due_meanwhile_has_been_done(client: FlaskClient) -> None:
    wanted = {"state": "delivered", "payment": "kuroneko_smartphone", "age_days": 20}
    make(client, **wanted, payment_state="overdue")

    told = client.post("/sandbox/orders", json={**wanted, "payment_state": "requested"})
    assert (told.status_code, "overdue" in told.get_json()["error"]) == (400, True)


def test_an_order_that_ended_meanwhile_is_not_placed_any_more(client: FlaskClient) -> None:
    wanted = {"state": "placed", "payment": "bank_transfer", "age_days": 20}

    told = client.post("/sandbox/orders", json=wanted)

    assert (told.status_code, "cancelled" in told.get_json()["error"]) == (400, True)


def test_the_books_of_a_made_order_are_in_order(client: FlaskClient) -> None:
    wanted = [{"state": "delivered", "payment": payment} for payment in ALL]
    answers = [client.post("/sandbox/orders", json=body).status_code for body in wanted]

    assert answers == [201] * len(ALL)
    invariants.database_is_sound()
    invariants.ledgers_balance()
