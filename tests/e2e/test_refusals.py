"""NG: when the check fails, another method is two taps away and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, SMARTPHONE, TRANSFER, Shopper, scenario
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js

AT_ONCE = [
    ("0007", "unavailable"),
    ("0008", "unavailable"),
    ("0021", "credit"),
    ("0022", "limit"),
]


@with_js
@pytest.mark.parametrize(("ending", "reason"), AT_ONCE)
def test_after_a_request_that_is_refused_two_taps_place_the_order(
    shopper: Shopper, ending: str, reason: str
) -> None:
    shopper.to_confirmation(tel=scenario(ending)).confirm()
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", reason)

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@pytest.mark.parametrize("ending", ["0004", "0005"])
def test_after_a_text_that_reaches_nobody_two_taps_place_the_order(
    shopper: Shopper, ending: str
) -> None:
    shopper.to_code_entry(scenario(ending))
    if not shopper.js:  # a script asks every three seconds, a person loads the page
        shopper.page.reload()
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "undelivered", timeout=8000)

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.parametrize("lang", ["en"])
def test_after_a_refusal_two_taps_place_the_order_in_english(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "undelivered")
    expect(shopper.see("ng-banner")).to_contain_text("SMS verification did not go through")
    expect(shopper.see("switch-to-cod")).to_contain_text("¥4,290 (tax incl.)")

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.page).to_have_url(re.compile(r"/en/orders/"))


@with_js
def test_three_wrong_codes_lock_and_two_taps_place_the_order(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0001"))
    for left in ("あと2回", "あと1回"):
        shopper.give_code("1234")
        expect(shopper.summary).to_contain_text(left)

    shopper.give_code("1234")
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "locked")

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_one_wrong_code_locks_0006_and_two_taps_place_the_order(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0006")).give_code("9999")
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "locked")

    shopper.switch_to(TRANSFER).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_the_right_code_passes_0006(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0006")).give_code("1234")

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_text_that_was_not_delivered_is_told_and_two_taps_place_the_order(
    shopper: Shopper,
) -> None:
    shopper.to_code_entry(scenario("0003"))
    shopper.sandbox.advance(2)

    if not shopper.js:  # a script asks every three seconds, a person loads the page
        shopper.page.reload()
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "undelivered", timeout=8000)
    expect(shopper.page).to_have_url(re.compile(r"/checkout$"))

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_code_after_an_undelivered_text_leads_to_the_banner(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0003"))
    shopper.sandbox.advance(2)

    shopper.give_code("1234")

    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "undelivered")


@with_js
def test_a_late_text_brings_its_code_after_20_seconds(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0009"))
    before = len(shopper.sandbox.texts(scenario("0009")))

    shopper.sandbox.advance(20)
    assert len(shopper.sandbox.texts(scenario("0009"))) == before + 1
    shopper.give_code("1234")

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_silent_provider_ends_in_thirteen_seconds_with_another_way(shopper: Shopper) -> None:
    shopper.page.set_default_timeout(15_000)
    shopper.to_confirmation(tel=scenario("0010")).confirm()

    expect(shopper.main).to_have_attribute("data-step", "sms", timeout=13_000)
    expect(shopper.main).to_have_attribute("data-state", "unknown")
    assert shopper.sandbox.texts(scenario("0010")) == []

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_nothing_typed_is_lost_by_a_refusal(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))

    expect(shopper.see("ng-banner")).to_contain_text("入力内容とカートはそのまま残っています")
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.field("postal_code")).to_have_value("1000005")
    expect(shopper.field("prefecture")).to_have_value("東京都")
    expect(shopper.field("city")).to_have_value("千代田区")
    expect(shopper.field("street")).to_have_value("丸の内2-7-2")
    expect(shopper.field("building")).to_have_value("さくらマンション101")
    expect(shopper.field("email")).to_have_value(shopper.email)


@with_js
def test_a_failed_method_cannot_be_chosen_and_no_other_is_preselected(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))

    card = shopper.see(f"payment-{SMARTPHONE}")
    expect(card).to_have_attribute("data-unavailable", "failed")
    expect(card).to_contain_text("今回はご利用いただけません")
    expect(shopper.method(SMARTPHONE)).to_be_disabled()
    expect(shopper.main.locator("input[name=payment]:checked")).to_have_count(0)
    expect(shopper.see(f"switch-to-{SMARTPHONE}")).to_have_count(0)


@with_js
def test_each_button_of_the_banner_says_what_it_costs(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))

    expect(shopper.see("switch-to-cod")).to_contain_text("代金引換で続ける")
    expect(shopper.see("switch-to-cod")).to_contain_text("手数料330円 · 合計4,290円(税込)")
    expect(shopper.see("switch-to-bank_transfer")).to_contain_text("合計3,960円(税込)")


@with_js
def test_another_number_opens_the_method_again(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0004"))

    shopper.retry_with(shopper.number)
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    shopper.to_code_entry_from_confirmation().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.parametrize(
    ("number", "told"),
    [
        (scenario("0004"), "この番号にはSMSを送れませんでした"),
        ("03-1234-5678", "060・070・080・090から始まる11桁の番号を入力してください"),
        ("abc", "060・070・080・090から始まる11桁の番号を入力してください"),
    ],
    ids=["the-same", "no-mobile", "no-number"],
)
def test_a_number_that_cannot_work_is_refused_in_the_banner(
    shopper: Shopper, number: str, told: str
) -> None:
    shopper.to_banner(scenario("0004"))

    shopper.retry_with(number)

    expect(shopper.summary).to_contain_text(told)
    expect(shopper.see("ng-banner")).to_contain_text(told)
    expect(shopper.field("name")).to_have_value(NAME)


@with_js
def test_a_refused_method_stays_closed_when_the_form_is_sent_again(shopper: Shopper) -> None:
    shopper.to_banner(scenario("0005"))

    shopper.see("ng-banner").wait_for()
    shopper.review()

    expect(shopper.summary).to_contain_text("お支払い方法を選択してください")
    expect(shopper.see(f"payment-{SMARTPHONE}")).to_have_attribute("data-unavailable", "failed")
