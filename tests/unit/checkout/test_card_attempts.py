"""Declined cards: tried again by a button, and not without end."""

import itertools
import re
from collections.abc import Iterator
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from storefront.checkout import card_attempts
from storefront.checkout.card_attempts import PER_ADDRESS, PER_CHECKOUT, TooManyDeclined
from storefront.checkout.holds import HOLDS
from storefront.core.extensions import db, transaction
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.sandbox import time
from storefront.testing.form_shopper import QuickFormShopper
from tests.at_once import at_once
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.databases import Databases
from tests.proofs.grounds import on_both_databases
from tests.unit.checkout.test_hosted import CARD, leave, press
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

HOUR = 3_600
numbers = itertools.count(1)


@pytest.fixture
def real(make_app: MakeApp) -> Iterator[Flask]:
    app = make_app(kuroneko_base_url="", limits="real")
    app.test_client_class = OwnContextClient
    with entered(app):
        yield app


def declined(shopper: QuickFormShopper, hosted: str) -> str:
    """The order form after the card of this page was declined."""
    shopper.get(press(shopper, hosted, "refuse"))
    return shopper.get("/checkout").text


def again(shopper: QuickFormShopper) -> str:
    """The page of the provider, by the banner's button."""
    answer = shopper.post("/checkout/other-method", {"payment": CARD})
    assert answer.location == "/checkout/confirm"
    return shopper.press_confirm().location


def test_a_declined_card_has_a_button_to_try_again(shopper: QuickFormShopper) -> None:
    page = declined(shopper, leave(shopper))

    button = re.findall(r'<button[^>]*data-testid="retry-card"', page)[0]
    assert 'name="payment" value="card"' in button
    assert page.index("retry-card") < page.index("switch-to-")
    assert again(shopper).startswith("/sandbox/hosted/")


def test_the_third_declined_card_closes_the_method_for_this_checkout(
    shopper: QuickFormShopper,
) -> None:
    page = declined(shopper, leave(shopper))
    for _ in range(PER_CHECKOUT - 1):
        assert "retry-card" in page
        page = declined(shopper, again(shopper))

    assert 'data-reason="declined"' in page
    assert "retry-card" not in page
    assert 'data-testid="payment-card" data-unavailable="failed"' in page
    assert 'data-testid="switch-to-cvs"' in page
    assert not re.search(r'value="card" checked', page)
    assert "もう一度試すか" not in page
    assert shopper.post("/checkout/other-method", {"payment": CARD}).status_code == 422


def test_another_checkout_may_try_cards_again(yamato_app: Flask, shopper: QuickFormShopper) -> None:
    declined(shopper, leave(shopper))
    for _ in range(PER_CHECKOUT - 1):
        declined(shopper, again(shopper))

    assert leave(QuickFormShopper(yamato_app.test_client())).startswith("/sandbox/hosted/")


def decline_many(app: Flask, number: int) -> None:
    """Cards of one address, as many as each checkout may try; few of them hold pieces at once."""
    one = QuickFormShopper(app.test_client())
    for nth in range(number):
        if nth == HOLDS.most * PER_CHECKOUT:
            time.advance(int(HOLDS.window.total_seconds()) + 1)
        is_tired = nth > 0 and nth % PER_CHECKOUT == 0
        one = QuickFormShopper(app.test_client()) if is_tired else one
        declined(one, confirm(one).location if nth % PER_CHECKOUT == 0 else again(one))


def confirm(shopper: QuickFormShopper) -> TestResponse:
    """By a card, as somebody whose mailbox and phone nobody else has."""
    n = next(numbers)
    who = {"email": f"shopper{n}@example.com", "tel": f"080{n:08}"}
    return shopper.put_in().answer(CARD, **who).press_confirm()


def test_ten_declined_cards_close_the_card_to_an_address_for_an_hour(real: Flask) -> None:
    decline_many(real, PER_ADDRESS)

    answer = confirm(QuickFormShopper(real.test_client()))

    page = answer.text
    assert answer.status_code == 422
    assert "カードでのお支払いを続けて試せません" in page
    assert 'data-testid="switch-to-cvs"' in page
    assert 'data-testid="switch-to-card"' not in page
    time.advance(HOUR + 1)
    assert confirm(QuickFormShopper(real.test_client())).status_code == 303


def test_a_card_that_pays_counts_against_nobody(real: Flask) -> None:
    decline_many(real, PER_ADDRESS - 1)
    time.advance(int(HOLDS.window.total_seconds()) + 1)
    for _ in range(2):
        one = QuickFormShopper(real.test_client())
        one.get(press(one, confirm(one).location, "pay"))

    assert confirm(QuickFormShopper(real.test_client())).status_code == 303


def test_what_is_closed_opens_no_page_and_holds_no_piece(real: Flask) -> None:
    decline_many(real, PER_ADDRESS)
    count = sa.select(sa.func.count()).select_from(HostedSession)
    before = db.session.scalar(count)

    confirm(QuickFormShopper(real.test_client()))

    db.session.rollback()
    assert db.session.scalar(count) == before


def test_relaxed_limits_count_no_address(yamato_app: Flask) -> None:
    decline_many(yamato_app, PER_ADDRESS + 1)


def test_pages_that_are_open_beside_each_other_pass_no_cap(shopper: QuickFormShopper) -> None:
    leave(shopper)
    pages = []
    for pieces in range(2, PER_CHECKOUT + 2):  # each another offer, so each a page of its own
        shopper.post("/cart/items/yunomi", {"quantity": str(pieces)})
        pages.append(shopper.press_confirm())

    *before, last = pages

    assert [page.status_code for page in before] == [303] * (PER_CHECKOUT - 1)
    assert last.status_code == 422
    assert "カードでのお支払いを続けて試せません" in last.text
    assert 'data-testid="switch-to-cvs"' in last.text
    time.advance(HOUR + 1)
    assert "/sandbox/hosted/" in shopper.answer(CARD).press_confirm().location


@pytest.fixture
def either(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    app = make_app(limits="real", kuroneko_base_url="", database_url=databases.seeded())
    with entered(app):
        yield app


def begin(app: Flask, checkout: str, token: str) -> bool:
    """Whether a visit by a card may begin."""
    admit = card_attempts.admission(PaymentMethod(kind=CARD), checkout, "198.51.100.7")
    with app.app_context():
        try:
            with transaction():
                admit(token)
        except TooManyDeclined:
            return False
        finally:
            db.session.remove()
        return True


@on_both_databases
def test_of_many_pages_of_a_checkout_at_once_three_begin(either: Flask) -> None:
    presses = [partial(begin, either, "one", f"visit{n}") for n in range(PER_CHECKOUT + 5)]

    assert sum(at_once(presses)) == PER_CHECKOUT


@on_both_databases
def test_of_many_pages_of_an_address_at_once_ten_begin(either: Flask) -> None:
    presses = [partial(begin, either, f"c{n}", f"visit{n}") for n in range(PER_ADDRESS + 4)]

    assert sum(at_once(presses)) == PER_ADDRESS
