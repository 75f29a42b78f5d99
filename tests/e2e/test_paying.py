"""Paying after delivery, by the link of the mail: every way, and back again."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.pages import Shopper, with_js


def open_link(shopper: Shopper) -> None:
    """The payment page of an order that was delivered to this shopper."""
    wanted = {"payment": "kuroneko_smartphone", "tel": shopper.number, "email": shopper.email}
    made = shopper.sandbox.order(state="delivered", payment_state="requested", **wanted)
    shopper.open(urlsplit(made["pay_url"]).path.removeprefix("/en"))


def choose(shopper: Shopper, means: str, store: str = "") -> None:
    shopper.see(f"pay-means-{means}").click()
    if store:
        shopper.main.get_by_label("お支払いになる店舗").select_option(store)
    shopper.see("pay-submit").click()


def instructions(shopper: Shopper) -> Locator:
    return shopper.see("pay-instructions")


def pay_at_till(shopper: Shopper, number: str) -> None:
    till = shopper.in_new_tab()
    till.page.goto("/sandbox/store")
    till.main.get_by_role("textbox").fill(number)
    till.see("store-pay").click()
    expect(till.see("store-paid")).to_be_visible()
    till.page.close()


def see_paid(shopper: Shopper) -> None:
    """By itself where there is a script; a person without one loads the page."""
    if not shopper.js:
        shopper.page.reload()
    expect(shopper.main).to_contain_text("お支払いを確認しました", timeout=8000)
    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_a_number_is_paid_at_a_store_and_seen_within_seconds(shopper: Shopper) -> None:
    open_link(shopper)
    choose(shopper, "cvs", "ファミリーマート")
    expect(instructions(shopper)).to_contain_text("マルチコピー機")
    expect(shopper.page.get_by_role("img", name="バーコード")).to_be_visible()

    pay_at_till(shopper, instructions(shopper).locator("b").inner_text())

    see_paid(shopper)


def test_an_account_of_its_own_is_paid_by_transfer(shopper: Shopper) -> None:
    open_link(shopper)
    choose(shopper, "bank")
    expect(instructions(shopper)).to_contain_text("みほん銀行")

    pay_at_till(shopper, instructions(shopper).locator("b").inner_text())

    see_paid(shopper)


@pytest.mark.parametrize("means", ["au", "card", "kuroneko_pay"])
def test_a_hosted_way_leads_out_and_back(shopper: Shopper, means: str) -> None:
    open_link(shopper)
    choose(shopper, means)
    expect(shopper.see("hosted-amount")).to_have_attribute("data-yen", "4136")

    shopper.see("hosted-pay").click()

    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_a_refused_way_can_be_changed(shopper: Shopper) -> None:
    open_link(shopper)
    choose(shopper, "card")
    shopper.see("hosted-refuse").click()
    expect(shopper.see("pay-notice")).to_contain_text("お支払いが完了しませんでした")

    choose(shopper, "bank")

    expect(instructions(shopper)).to_contain_text("口座番号")


def test_a_payment_without_return_is_seen_by_the_notice(shopper: Shopper) -> None:
    open_link(shopper)
    link = shopper.page.url
    choose(shopper, "au")
    shopper.see("hosted-pay-and-stay").click()
    shopper.see("hosted-return").wait_for()

    shopper.page.goto(link)

    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_the_way_can_be_changed(shopper: Shopper) -> None:
    open_link(shopper)
    choose(shopper, "bank")
    expect(instructions(shopper)).to_contain_text("口座番号")

    shopper.see("pay-change").click()
    choose(shopper, "cvs", "ローソン")

    expect(instructions(shopper)).to_contain_text("Loppi")


def test_nothing_chosen_is_told(shopper: Shopper) -> None:
    open_link(shopper)

    shopper.see("pay-submit").click()

    expect(shopper.summary).to_contain_text("お支払い方法を選択してください")


def test_a_store_must_be_named(shopper: Shopper) -> None:
    open_link(shopper)

    choose(shopper, "cvs")

    expect(shopper.summary).to_contain_text("店舗を選択してください")


@with_js
def test_the_stores_are_shown_with_their_way(shopper: Shopper) -> None:
    open_link(shopper)
    store = shopper.main.get_by_label("お支払いになる店舗")
    expect(store).to_be_hidden()

    shopper.see("pay-means-cvs").click()
    expect(store).to_be_visible()

    shopper.see("pay-means-bank").click()
    expect(store).to_be_hidden()


@with_js
def test_a_way_is_chosen_by_the_keyboard(shopper: Shopper) -> None:
    open_link(shopper)

    shopper.see("pay-means-cvs").get_by_role("radio").focus()
    shopper.page.keyboard.press("ArrowDown")
    shopper.page.keyboard.press("Enter")

    expect(instructions(shopper)).to_contain_text("みほん銀行")


@pytest.mark.parametrize("lang", ["en"])
@with_js
def test_the_link_opens_in_english(shopper: Shopper) -> None:
    open_link(shopper)

    shopper.see("pay-means-bank").click()
    shopper.see("pay-submit").click()

    expect(shopper.page).to_have_url(re.compile("/en/pay/"))
    expect(instructions(shopper)).to_be_visible()
