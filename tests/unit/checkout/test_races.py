"""Many requests at the same moment, each in a thread and with a client of its own."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.cart.models import CartLine
from storefront.catalogue.models import StockHold
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.phone import phone
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import Challenge
from tests import invariants
from tests.at_once import at_once
from tests.conftest import MakeApp
from tests.cookies import keep
from tests.databases import Databases
from tests.proofs.grounds import on_both_databases
from tests.unit.checkout.reading import cookie_of, key_of
from tests.unit.verification.stand_ins import KnownCodes, use

pytestmark = [pytest.mark.web, on_both_databases]

Act = Callable[[], TestResponse]


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    """Its test holds no context open, so that each thread is alone; the books are checked after."""
    app = make_app(database_url=databases.seeded())
    with app.app_context():
        initial = invariants.stock()
    yield app
    with app.app_context():
        invariants.check(initial)


def send(acts: list[Act]) -> list[TestResponse]:
    """All at the same moment; none may fail inside."""
    answers = at_once(acts)
    faults = [answer.text for answer in answers if answer.status_code >= 500]
    assert not faults, faults[0]
    return answers


def twin(shop: Flask, shopper: FormShopper) -> FlaskClient:
    """Another tab of the same browser."""
    client = shop.test_client()
    for name in ("session", "cart", "checkout"):
        keep(client, name, cookie_of(shopper.client, name))
    return client


def posts(shop: Flask, shopper: FormShopper, count: int, path: str, **fields: str) -> list[Act]:
    data = {"csrf_token": shopper.token(), **fields}
    tabs = [twin(shop, shopper) for _ in range(count)]
    return [lambda tab=tab: tab.post(path, data=data) for tab in tabs]  # type: ignore[misc]


def count(shop: Flask, model: type) -> int:
    with shop.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def statuses(answers: list[TestResponse]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_the_last_piece_goes_to_one_of_twenty(shop: Flask) -> None:
    acts = list[Act]()
    for _ in range(20):
        shopper = FormShopper(shop.test_client())
        shopper.put_in("matcha-bowl").answer("cod")
        acts += posts(shop, shopper, 1, "/checkout/confirm", confirmation_key=key_of(shopper))

    answers = send(acts)

    assert statuses(answers) == [303, *[422] * 19]
    assert count(shop, Order) == 1


def test_the_last_piece_is_held_for_one_of_ten(shop: Flask) -> None:
    acts = list[Act]()
    for _ in range(10):
        shopper = FormShopper(shop.test_client())
        shopper.put_in("matcha-bowl").answer()
        acts += posts(shop, shopper, 1, "/checkout/confirm", confirmation_key=key_of(shopper))

    answers = send(acts)

    assert statuses(answers) == [303, *[422] * 9]
    assert (count(shop, StockHold), count(shop, Challenge)) == (1, 1)


def test_ten_resends_send_one_text(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.to_sms()
    shopper.client.post("/sandbox/clock", json={"advance": 30})

    answers = send(posts(shop, shopper, 10, "/checkout/sms/resend"))

    assert statuses(answers) == [303, *[422] * 9]
    with shop.app_context():
        assert len(phone.messages()) == 2


def test_a_right_code_among_wrong_ones_is_never_lost_after_it_passed(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.to_sms()
    right = posts(shop, shopper, 3, "/checkout/sms", code="1234")
    wrong = posts(shop, shopper, 7, "/checkout/sms", code="9999")

    send([*right, *wrong])

    with shop.app_context():
        challenge = db.session.scalars(sa.select(Challenge)).one()
        assert bool(challenge.passed_at) == bool(challenge.consumed_at)
    assert count(shop, Order) == int(bool(challenge.passed_at))


class Counting(KnownCodes):
    """Judges every code wrong, and counts how often it was asked."""

    compared = 0

    def may_pass(self, phone: str) -> bool:
        self.compared += 1
        return False


def test_of_twenty_guesses_at_most_three_are_compared(shop: Flask) -> None:
    codes = Counting()
    use(shop, codes=codes)
    shopper = FormShopper(shop.test_client())
    shopper.to_sms()

    send(posts(shop, shopper, 20, "/checkout/sms", code="1001"))

    assert codes.compared == 3
    with shop.app_context():
        assert db.session.scalar(sa.select(Challenge.attempts)) == 3


def test_twenty_wrong_guesses_lock_the_challenge(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.to_sms()

    answers = send(posts(shop, shopper, 20, "/checkout/sms", code="9999"))

    assert statuses(answers).count(422) <= 2
    with shop.app_context():
        assert db.session.scalar(sa.select(Challenge.ended)) == "locked"


def test_emptying_the_cart_while_ordering_is_no_fault(shop: Flask) -> None:
    for _ in range(3):
        shopper = FormShopper(shop.test_client())
        shopper.put_in().answer("cod")
        order = posts(shop, shopper, 3, "/checkout/confirm", confirmation_key=key_of(shopper))
        empty = posts(shop, shopper, 3, "/cart/items/yunomi", quantity="0")

        send([*order, *empty])


def test_asking_for_a_code_while_emptying_the_cart_is_no_fault(shop: Flask) -> None:
    for _ in range(3):
        shopper = FormShopper(shop.test_client())
        shopper.put_in().answer()
        ask = posts(shop, shopper, 3, "/checkout/confirm", confirmation_key=key_of(shopper))
        empty = posts(shop, shopper, 3, "/cart/items/yunomi", quantity="0")

        send([*ask, *empty])


def test_answering_while_ordering_places_at_most_one_order(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.put_in().answer("cod")
    order = posts(shop, shopper, 4, "/checkout/confirm", confirmation_key=key_of(shopper))
    switch = posts(shop, shopper, 4, "/checkout/other-method", payment="bank_transfer")

    send([*order, *switch])

    assert count(shop, Order) <= 1


def test_twenty_equal_confirmations_lead_to_one_completion(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.put_in("matcha-bowl").answer("cod")  # the last piece: it must not seem sold out
    key = key_of(shopper)

    answers = send(posts(shop, shopper, 20, "/checkout/confirm", confirmation_key=key))

    assert statuses(answers) == [303] * 20
    assert len({answer.location for answer in answers}) == 1
    assert count(shop, Order) == 1


def test_twenty_equal_confirmations_hold_the_pieces_once(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.put_in("matcha-bowl").answer()

    answers = send(posts(shop, shopper, 20, "/checkout/confirm", confirmation_key=key_of(shopper)))

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, "/checkout/sms")}
    assert count(shop, Challenge) == 1


def test_ten_presses_at_once_put_ten_pieces_into_one_cart(shop: Flask) -> None:
    shopper = FormShopper(shop.test_client())
    shopper.put_in("yunomi")

    answers = send(posts(shop, shopper, 10, "/cart/items", product="uji-sencha", quantity="1"))

    assert statuses(answers) == [303] * 10
    with shop.app_context():
        lines = db.session.execute(sa.select(CartLine.quantity).order_by(CartLine.id)).all()
    assert [line.quantity for line in lines] == [1, 10]
