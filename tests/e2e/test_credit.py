"""Credit at Yamato: waived, refused, unanswered and answered late; each ends in an order."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, OpenedShop, Shopper, scenario
from tests.behind_the_counter import faster_yamato
from tests.e2e.marks import with_js


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
def all_faster(shop: OpenedShop) -> Iterator[None]:
    with faster_yamato(shop.app):
        yield


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
