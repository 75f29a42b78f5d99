"""Paying once: whichever way, however often, whoever says so."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import Client

from storefront.core.extensions import db
from storefront.orders.models import Order, OrderEvent
from storefront.payment_requests import paying
from storefront.payments import hosted_sessions
from storefront.payments.models import HostedSession
from storefront.ports.payments import GatewayUnavailable, Outcome, SessionRequest
from storefront.sandbox.models import SandboxVisit
from storefront.sandbox.orders import hosted
from storefront.testing.form_shopper import QuickFormShopper
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.unit.checkout.reading import newest_order
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]


@pytest.fixture
def order(shopper: QuickFormShopper) -> Order:
    made = shopper.client.post("/sandbox/orders", json={"state": "delivered"})
    assert made.status_code == 201
    return newest_order()


def path(order: Order) -> str:
    assert order.request is not None
    return f"/pay/{order.request.token}"


def a_visit(shopper: QuickFormShopper, order: Order, means: str = "card") -> str:
    """The token of a new visit to the hosted page."""
    shopper.post(path(order), {"means": means})
    return str(shopper.last.location).rpartition("/")[2]


def end(token: str, outcome: Outcome = Outcome.PAID) -> None:
    known = hosted.find(token)
    assert known is not None
    hosted.end(known, outcome)


def notice(shopper: QuickFormShopper, token: str) -> int:
    return shopper.client.post("/webhooks/hosted", data={"visit": token}).status_code


def state() -> str:
    return newest_order().payment_status


def paid_events() -> int:
    paid = sa.select(sa.func.count()).where(OrderEvent.event == "paid")
    return db.session.scalar(paid) or 0


def test_a_notice_is_believed_only_as_the_provider_says(
    shopper: QuickFormShopper, order: Order
) -> None:
    token = a_visit(shopper, order)

    assert notice(shopper, token) == 200
    assert state() == "requested"
    end(token)
    notice(shopper, token)
    assert state() == "paid"


def test_coming_back_proves_nothing(shopper: QuickFormShopper, order: Order) -> None:
    token = a_visit(shopper, order)
    shopper.get(f"{path(order)}/return/{token}")

    assert state() == "requested"


def test_the_same_news_by_many_ways_at_once_is_one_payment(
    shopper: QuickFormShopper, order: Order, yamato_app: Flask
) -> None:
    token = a_visit(shopper, order)
    end(token)

    def learn() -> str:
        with yamato_app.app_context():
            visit = hosted_sessions.find(token)
            assert visit is not None
            return paying.learn(visit)

    assert at_once([learn] * 6) == ["paid"] * 6
    assert (state(), paid_events()) == ("paid", 1)


def test_a_second_payment_goes_back(shopper: QuickFormShopper, order: Order) -> None:
    first, second = a_visit(shopper, order), a_visit(shopper, order, "au")
    for token in (first, second):
        end(token)
        notice(shopper, token)
    periodic_tasks.run_due()

    assert (state(), paid_events()) == ("paid", 1)
    refunded = {one.token: one.refunded for one in db.session.scalars(sa.select(SandboxVisit))}
    assert refunded == {first: False, second: True}


def test_nobody_is_sent_to_pay_what_is_paid(shopper: QuickFormShopper, order: Order) -> None:
    end(token := a_visit(shopper, order))
    notice(shopper, token)

    assert shopper.post(path(order), {"means": "card"}).location == path(order)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HostedSession)) == 1


def test_the_same_way_keeps_its_number_and_another_has_its_own(
    shopper: QuickFormShopper, order: Order
) -> None:
    numbers = []
    for means, store in (("cvs", "lawson"), ("cvs", "lawson"), ("cvs", "seven"), ("bank", "")):
        shopper.post(path(order), {"means": means, "store": store})
        found = re.search(r"<b>(\d+)</b>", shopper.get(path(order)).text)
        assert found
        numbers.append(found[1])

    assert numbers[0] == numbers[1]
    assert len(set(numbers[1:])) == 3
    assert [len(one) for one in numbers] == [13, 13, 13, 7]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "お支払い方法を選択してください"),
        ({"means": "gold"}, "お支払い方法を選択してください"),
        ({"means": "cvs"}, "店舗を選択してください"),
        ({"means": "cvs", "store": "elsewhere"}, "店舗を選択してください"),
    ],
)
def test_a_choice_that_is_none_is_told(
    shopper: QuickFormShopper, order: Order, form: dict[str, str], words: str
) -> None:
    answer = shopper.post(path(order), form)

    assert answer.status_code == 422
    assert words in answer.text


class Silent:
    origin = ""

    def open(self, visit: SessionRequest) -> str:
        raise GatewayUnavailable

    def outcome(self, token: str) -> Outcome:
        raise GatewayUnavailable

    def number(self, token: str) -> str:
        return ""

    def refund(self, token: str) -> None:
        raise GatewayUnavailable


@pytest.fixture
def silent(yamato_app: Flask) -> Iterator[None]:
    wired = yamato_app.extensions["providers"]
    yamato_app.extensions["providers"] = replace(wired, hosted=Silent())
    yield
    yamato_app.extensions["providers"] = wired


def test_a_silent_provider_is_told_and_nothing_is_lost(
    shopper: QuickFormShopper, order: Order, silent: None
) -> None:
    answer = shopper.post(path(order), {"means": "card"})

    assert answer.status_code == 422
    assert "現在お手続きできません。時間をおいて試してください" in answer.text
    assert state() == "requested"


def test_a_notice_that_cannot_be_confirmed_asks_for_a_repeat(
    shopper: QuickFormShopper, order: Order, yamato_app: Flask
) -> None:
    token = a_visit(shopper, order)
    wired = yamato_app.extensions["providers"]
    yamato_app.extensions["providers"] = replace(wired, hosted=Silent())

    assert notice(shopper, token) == 503


def test_a_silent_provider_leaves_the_confirmation(shopper: QuickFormShopper, silent: None) -> None:
    shopper.put_in().answer(payment="card")
    answer = shopper.press_confirm()

    assert answer.status_code == 422
    assert "決済会社のページを開けませんでした" in answer.text


@pytest.mark.parametrize("visit", ["", "nobody", "x" * 500])
def test_a_notice_about_nothing_is_taken_and_forgotten(
    shopper: QuickFormShopper, visit: str
) -> None:
    assert notice(shopper, visit) == 200


def to_card(shopper: QuickFormShopper) -> str:
    shopper.put_in().answer(payment="card")
    return str(shopper.press_confirm().location).rpartition("/")[2]


def orders() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0


def test_return_and_notice_at_once_are_one_order(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    token = to_card(shopper)
    end(token)

    def hear() -> int:
        outside = Client(yamato_app.wsgi_app)
        return outside.post("/webhooks/hosted", data={"visit": token}).status_code

    assert set(at_once([hear] * 5)) == {200}
    assert orders() == 1
    assert shopper.get(f"/checkout/return/{token}").location == (
        f"/orders/{newest_order().token}/complete"
    )


def test_the_same_press_leads_to_the_same_page(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(payment="card")
    first = shopper.press_confirm().location

    assert shopper.press_confirm().location == first


def test_paid_for_a_cart_that_has_changed_goes_back(shopper: QuickFormShopper) -> None:
    token = to_card(shopper)
    shopper.put_in("chasen")
    end(token)
    page = shopper.get(f"/checkout/return/{token}").text
    periodic_tasks.run_due()

    assert orders() == 0
    visit = hosted.find(token)
    assert visit is not None
    assert visit.refunded
    assert "お支払いは返金されます" in page


def test_somebody_elses_return_shows_no_order(shopper: QuickFormShopper, yamato_app: Flask) -> None:
    token = to_card(shopper)
    end(token)
    stranger = yamato_app.test_client()

    assert stranger.get(f"/checkout/return/{token}").location == "/orders/find"
    assert orders() == 1


@pytest.mark.parametrize("token", ["x", "x" * 43])
def test_a_return_from_nowhere_leads_to_the_cart(shopper: QuickFormShopper, token: str) -> None:
    assert shopper.get(f"/checkout/return/{token}").location == "/cart"
