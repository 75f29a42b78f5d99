"""Return, notice and press of one payment, all at the same moment."""

from collections.abc import Iterator
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.payments.models import HostedSession
from storefront.testing.form_shopper import FormShopper
from tests import invariants
from tests.at_once import at_once
from tests.conftest import MakeApp
from tests.cookies import keep
from tests.databases import Databases
from tests.proofs.grounds import on_both_databases
from tests.unit.checkout.reading import cookie_of, key_of

pytestmark = [pytest.mark.web, on_both_databases]


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    """Its test holds no context open, so that each thread is alone; the books are checked after."""
    app = make_app(kuroneko_base_url="", database_url=databases.seeded())
    with app.app_context():
        initial = invariants.stock()
    yield app
    with app.app_context():
        invariants.check(initial)


def twin(shop: Flask, shopper: FormShopper) -> FlaskClient:
    client = shop.test_client()
    for name in ("session", "cart", "checkout"):
        keep(client, name, cookie_of(shopper.client, name))
    return client


def press(shopper: FormShopper, hosted: str, what: str) -> str:
    return shopper.post(hosted, {"press": what}).location


def books(shop: Flask) -> tuple[list[str], list[str]]:
    with shop.app_context():
        payments = db.session.scalars(sa.select(Order.payment_status)).all()
        return list(payments), sorted(db.session.scalars(sa.select(HostedSession.outcome)))


def test_ten_presses_are_one_visit(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.put_in().answer("card")
    data = {"csrf_token": shopper.token(), "confirmation_key": key_of(shopper)}
    tabs = [twin(shop, shopper) for _ in range(10)]

    answers = at_once([partial(tab.post, "/checkout/confirm", data=data) for tab in tabs])

    assert len({answer.location for answer in answers}) == 1
    assert books(shop) == ([], ["open"])


@pytest.mark.parametrize(("payment", "what"), [("card", "pay"), ("cvs", "issue")])
def test_returns_and_notices_at_once_are_one_order(shop: Flask, payment: str, what: str) -> None:
    shopper = FormShopper(shop.test_client())
    hosted = shopper.put_in().answer(payment).press_confirm().location
    back = press(shopper, hosted, what)
    token = back.rpartition("/")[2]
    returns = [partial(twin(shop, shopper).get, back) for _ in range(5)]
    notices = [
        partial(shop.test_client().post, "/webhooks/hosted", data={"visit": token})
        for _ in range(5)
    ]

    answers = at_once([*returns, *notices])

    assert {answer.status_code for answer in answers} == {303, 200}
    stands = "paid" if payment == "card" else "awaiting"
    assert books(shop) == ([stands], ["paid" if payment == "card" else "issued"])


def test_a_return_while_the_shopper_changes_their_mind_keeps_the_order_or_gives_back(
    shop: Flask,
) -> None:
    for _ in range(3):
        shopper = FormShopper(shop.test_client())
        hosted = shopper.put_in().answer("card").press_confirm().location
        back = press(shopper, hosted, "pay")
        data = {"csrf_token": shopper.token(), "payment": "cod"}
        tabs = [twin(shop, shopper) for _ in range(2)]

        at_once(
            [
                partial(tabs[0].get, back),
                partial(tabs[1].post, "/checkout/other-method", data=data),
            ]
        )

    orders, outcomes = books(shop)
    assert len(outcomes) == 3
    assert outcomes.count("paid") == len(orders)
    assert set(outcomes) <= {"paid", "owed-back"}
