"""What the checkout says while no sender takes a text."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from storefront.ports.sms import SenderMisconfigured, SmsUnavailable
from storefront.sms.circuit_breaker import Circuit
from storefront.sms.failover import Failover
from storefront.testing.form_shopper import FormShopper
from tests.unit.checkout.reading import reason_of
from tests.unit.verification.stand_ins import Pocket, use

SAID = "SMS確認は現在ご利用いただけません"
SMARTPHONE = "kuroneko_smartphone"


@pytest.fixture
def pocket(app: Flask) -> Pocket:
    """A real circuit stands before it."""
    pocket = Pocket()
    use(app, sms=Failover([Circuit(pocket)]))
    return pocket


def shut(app: Flask, pocket: Pocket) -> None:
    pocket.fails_with = SenderMisconfigured()
    with suppress(SmsUnavailable):
        app.extensions["providers"].sms.send("+819012345678", "text", 600)
    pocket.fails_with = None


def offered(page: str) -> list[str]:
    return re.findall(r'id="payment-(\w+)" name="payment"', page)


def chosen(page: str) -> list[str]:
    return re.findall(r'id="payment-(\w+)" name="payment"[^>]* checked', page)


def test_the_payment_page_says_so_and_lists_the_others_first(
    app: Flask, pocket: Pocket, shopper: FormShopper
) -> None:
    before = shopper.put_in().get("/checkout").text
    shut(app, pocket)
    after = shopper.get("/checkout").text

    assert SAID not in before
    assert offered(before)[0] == SMARTPHONE
    assert SAID in after
    assert after.index(SAID) < after.index('name="payment"')
    assert offered(after) == [*offered(before)[1:], SMARTPHONE]


@pytest.mark.parametrize(("payment", "is_kept"), [(SMARTPHONE, False), ("cod", True)])
def test_a_choice_is_preselected_only_where_it_needs_no_text(
    app: Flask, pocket: Pocket, shopper: FormShopper, payment: str, is_kept: bool
) -> None:
    shopper.put_in().answer(payment)
    assert chosen(shopper.get("/checkout").text) == [payment]

    shut(app, pocket)

    assert chosen(shopper.get("/checkout").text) == ([payment] if is_kept else [])


def test_a_press_leads_to_the_other_methods_and_asks_nobody(
    app: Flask, pocket: Pocket, shopper: FormShopper
) -> None:
    shut(app, pocket)

    shopper.to_sms("080-1234-5678")

    assert reason_of(shopper.get("/checkout").text) == "unavailable"
    assert pocket.texts == []


def test_after_the_rest_a_text_goes_out_again(
    app: Flask, pocket: Pocket, shopper: FormShopper, pass_time: Callable[[int], None]
) -> None:
    shut(app, pocket)

    pass_time(30)
    shopper.to_sms("080-1234-5678")

    assert shopper.last.location == "/checkout/sms"
    assert len(pocket.texts) == 1


@pytest.mark.parametrize("number", ["0007", "0008"])
def test_a_sandbox_number_closes_nothing_to_others(
    shopper: FormShopper, app: Flask, number: str
) -> None:
    for _ in range(6):
        FormShopper(app.test_client()).to_sms(f"090-0000-{number}")
    shopper.to_sms("080-1234-5678")

    assert shopper.last.location == "/checkout/sms"
