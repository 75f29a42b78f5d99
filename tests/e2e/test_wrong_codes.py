"""Codes: wrong ones, odd ones, and the many ways to write the right one."""

import pytest
from playwright.sync_api import expect

from storefront.testing import Shopper, scenario
from tests.e2e.marks import with_js


def test_a_wrong_code_is_told_and_the_right_one_still_places_the_order(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.give_code(shopper.sandbox.wrong_code(shopper.number))
    expect(shopper.main).to_have_attribute("data-state", "wrong")
    expect(shopper.summary).to_contain_text("認証番号が違います")
    expect(shopper.summary).to_contain_text("あと2回入力できます")

    shopper.give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_wrong_code_stays_in_its_field(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000"))

    shopper.give_code("9999")

    expect(shopper.summary).to_be_visible()
    expect(shopper.code_field).to_have_value("9999")
    expect(shopper.page).to_have_title("エラー: 認証番号の入力 | さくら商店")


@with_js
@pytest.mark.parametrize(("ending", "code"), [("0040", "0042"), ("0041", "0000")])
def test_a_code_with_zeros_in_front_is_a_code(shopper: Shopper, ending: str, code: str) -> None:
    shopper.to_code_entry(scenario(ending)).give_code(code)

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.parametrize("typed", ["１ー２３４", " 1234 "])
def test_a_code_may_be_written_as_people_do(shopper: Shopper, typed: str) -> None:
    shopper.to_code_entry(scenario("0000")).give_code(typed)

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_code_can_be_pasted(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000"))

    shopper.code_field.fill("12 34")
    shopper.code_field.press("Control+A")
    shopper.code_field.press("Control+X")
    expect(shopper.code_field).to_have_value("")
    shopper.code_field.press("Control+V")
    expect(shopper.code_field).to_have_value("12 34")
    shopper.see("sms-submit").click()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_code_that_is_filled_in_is_not_sent_by_itself(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000"))

    with shopper.requests() as sent:
        shopper.code_field.press_sequentially("1234")
        expect(shopper.code_field).to_have_value("1234")

    assert [one for one in sent if one.method == "POST"] == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "SMSに届いた4桁の認証番号を入力してください"), ("12", "認証番号は4桁の数字です")],
    ids=["nothing", "two-digits"],
)
@with_js
def test_what_is_no_code_costs_no_try(shopper: Shopper, typed: str, told: str) -> None:
    shopper.to_code_entry(scenario("0006"))  # its first wrong code locks

    shopper.give_code(typed)
    expect(shopper.summary).to_contain_text(told)

    shopper.give_code("1234")
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_the_code_has_one_field_that_cuts_nothing_off(shopper: Shopper) -> None:
    shopper.to_code_entry()
    form = shopper.see("sms-form")

    expect(form.locator("input:not([type=hidden])")).to_have_count(1)
    expect(shopper.code_field).to_have_attribute("autocomplete", "one-time-code")
    expect(shopper.code_field).to_have_attribute("inputmode", "numeric")
    assert shopper.code_field.get_attribute("maxlength") is None


@with_js
def test_the_number_is_masked_until_it_is_asked_for(shopper: Shopper) -> None:
    shopper.to_code_entry("080-1234-5678")

    expect(shopper.see("sms-phone")).to_have_text("080-****-5678")
    full = shopper.main.get_by_text("080-1234-5678")
    expect(full).to_be_hidden()
    shopper.main.get_by_text("番号を確認・変更").click()
    expect(full).to_be_visible()
