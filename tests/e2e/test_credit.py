"""Credit at Yamato: waived, refused, unanswered and answered late; each ends in an order."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from storefront.gallery.own_shop import OwnShop
from storefront.providers.yamato.protocol.transport import Timeout
from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import Served
from storefront.sandbox.yamato import connection
from tests.e2e.pages import COD, Shopper, scenario, with_js
from tests.yamato import ask_yamato_by, yamato_of


@with_js
def test_a_waived_code_leads_back_to_a_button_that_places(shopper: Shopper) -> None:
    shopper.to_confirmation(tel=scenario("0020")).confirm()

    expect(shopper.main).to_contain_text("SMS認証は不要です")
    expect(shopper.see("confirm-submit")).to_have_text("注文を確定する")
    shopper.confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_no_answer_at_all_is_told_and_another_method_places(shopper: Shopper) -> None:
    shopper.to_confirmation(tel=scenario("0025")).confirm()
    expect(shopper.main).to_have_attribute("data-state", "unknown")
    expect(shopper.main).to_contain_text("結果を確認しています")

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_five_enquiries_without_an_answer_end_it(shopper: Shopper) -> None:
    shopper.to_confirmation(tel=scenario("0025")).confirm()
    expect(shopper.main).to_have_attribute("data-state", "unknown")
    for _ in range(4):
        shopper.sandbox.advance(3)
        shopper.open("/checkout/confirm")

    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "unanswered")
    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@pytest.fixture
def all_faster(own_shop: OwnShop) -> Iterator[None]:
    """The shop waits for one second and 0026 takes three, where it would be nine and fourteen."""
    app = own_shop.app
    wired = app.extensions["providers"]
    ask_yamato_by(app, replace(yamato_of(app), patience=Timeout(1, 4)))
    connection.close(app)
    terms = replace(connection.terms(app), slowness=3.0)
    app.extensions[connection.SERVED] = Served(Simulator(app, terms))
    yield
    connection.close(app)
    app.extensions["providers"] = wired


@with_js
@pytest.mark.usefixtures("all_faster")
def test_a_credit_that_is_given_late_leads_to_its_code(shopper: Shopper) -> None:
    slow = scenario("0026")
    before = len(shopper.sandbox.texts(slow))
    shopper.to_confirmation(tel=slow).confirm()
    expect(shopper.main).to_have_attribute("data-state", "unknown")
    expect(shopper.see(f"switch-to-{COD}")).to_be_visible()

    assert shopper.sandbox.texts_come_to(slow, before + 1)
    if not shopper.js:  # a script asks every three seconds, a person loads the page
        shopper.open("/checkout/confirm")
    shopper.code_field.wait_for()
    shopper.give_code("1234")
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.usefixtures("all_faster")
def test_who_goes_on_before_a_late_credit_has_bought_by_another_method(shopper: Shopper) -> None:
    slow = scenario("0026")
    before = len(shopper.sandbox.texts(slow))
    shopper.to_confirmation(tel=slow).confirm()
    expect(shopper.main).to_have_attribute("data-state", "unknown")

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")

    assert shopper.sandbox.texts_come_to(slow, before + 1)
    shopper.page.reload()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.parametrize("result", ["ok", "ng"])
def test_an_examination_ends_by_its_notice(shopper: Shopper, result: str) -> None:
    shopper.to_code_entry(scenario("0023"))
    expect(shopper.main).to_have_attribute("data-state", "unknown")
    shopper.sandbox.happen(event="kuroneko-notice", tel=scenario("0023"), result=result, times=2)
    if not shopper.js:  # a script asks every three seconds, a person loads the page
        shopper.page.reload()

    if result == "ng":
        expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "credit", timeout=8000)
        shopper.switch_to(COD)
    expect(shopper.see("confirm-submit")).to_have_text("注文を確定する", timeout=8000)
    shopper.confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_payslip_needs_no_phone_that_gets_texts(shopper: Shopper) -> None:
    shopper.to_confirmation("kuroneko_payslip", tel="03-1234-5678")
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4169")

    shopper.confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("郵送される払込票")
