"""Codes that are too old, and asking for the text again."""

import re

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, Shopper, scenario
from tests.e2e.marks import with_js

LIFETIME, FIRST_WAIT, SECOND_WAIT = 180, 30, 60  # seconds


def test_an_expired_code_is_told_and_a_new_one_places_the_order(shopper: Shopper) -> None:
    shopper.to_code_entry()
    old = shopper.sandbox.code(shopper.number)
    shopper.sandbox.advance(LIFETIME + 1)

    shopper.give_code(old)
    expect(shopper.main).to_have_attribute("data-state", "expired")
    expect(shopper.summary).to_contain_text("認証番号の有効時間(3分)を過ぎました")
    expect(shopper.page).to_have_url(re.compile(r"/checkout/sms$"))

    shopper.resend()
    expect(shopper.main).to_contain_text("新しい認証番号を")
    expect(shopper.main).to_have_attribute("data-state", "idle")
    shopper.give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
@pytest.mark.parametrize("how", ["code", "resend"])
def test_0002_is_expired_whatever_is_tried(shopper: Shopper, how: str) -> None:
    shopper.to_code_entry(scenario("0002"))

    if how == "code":
        shopper.give_code("1234")
        expect(shopper.summary).to_contain_text("有効時間")
    else:
        shopper.sandbox.advance(FIRST_WAIT)
        shopper.resend()
        expect(shopper.main).to_contain_text("前の番号は使えません")
        shopper.give_code("1234")
    expect(shopper.main).to_have_attribute("data-state", "expired")

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_asking_again_too_early_says_how_long_to_wait(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.code_field.fill("12")

    shopper.resend()

    expect(shopper.summary).to_have_text(re.compile("認証番号はあと[0-9]+秒でもう一度送れます"))
    expect(shopper.code_field).to_have_value("12")
    assert len(shopper.sandbox.texts(shopper.number)) == 1
    shopper.give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_new_code_is_sent_after_30_seconds_and_the_old_one_is_dead(shopper: Shopper) -> None:
    shopper.to_code_entry()
    old = shopper.sandbox.code(shopper.number)
    shopper.sandbox.advance(FIRST_WAIT)

    shopper.resend()

    expect(shopper.main).to_contain_text("前の番号は使えません")
    assert len(shopper.sandbox.texts(shopper.number)) == 2
    if old != shopper.sandbox.code(shopper.number):
        shopper.give_code(old)
        expect(shopper.main).to_have_attribute("data-state", "wrong")
    shopper.give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_after_three_texts_the_button_is_gone_and_the_code_still_good(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.sandbox.advance(FIRST_WAIT)
    shopper.resend()
    expect(shopper.main).to_contain_text("前の番号は使えません")
    shopper.sandbox.advance(SECOND_WAIT)
    shopper.resend()

    expect(shopper.see("sms-resend")).to_have_count(0)
    expect(shopper.main).to_contain_text("認証番号を送れる回数の上限に達しました")
    shopper.give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_the_time_of_expiry_is_on_the_screen(shopper: Shopper) -> None:
    shopper.to_code_entry()

    expect(shopper.see("sms-expires")).to_have_text(re.compile(r"[0-2][0-9]:[0-5][0-9]"))
    expect(shopper.main).to_contain_text("(あと3分)")


@with_js
def test_the_last_minute_and_the_end_are_announced(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.sandbox.advance(LIFETIME - 63)
    shopper.page.reload()
    expect(shopper.announced).to_have_text("認証番号の有効時間は残り1分です", timeout=8000)
    shopper.sandbox.advance(56)
    shopper.page.reload()
    expect(shopper.announced).to_have_text("認証番号の有効時間を過ぎました", timeout=8000)


def test_another_method_is_always_one_tap_away(shopper: Shopper) -> None:
    other = shopper.see("sms-other-method")

    shopper.to_code_entry()
    expect(other).to_be_visible()
    shopper.give_code("12")
    expect(shopper.summary).to_be_visible()
    expect(other).to_be_visible()
    shopper.sandbox.advance(LIFETIME + 1)
    shopper.page.reload()
    expect(shopper.main).to_have_attribute("data-state", "expired")
    expect(other).to_be_visible()


def test_the_list_of_other_methods_places_the_order_in_two_taps(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.see("sms-other-method").click()
    expect(shopper.page).to_have_url(re.compile(r"/checkout\?switch=1$"))
    expect(shopper.main).to_contain_text("別のお支払い方法を選ぶ")
    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
