"""After delivery: from the link to paid by each of the five ways, late and asked for again."""

import re

import pytest
from playwright.sync_api import expect

from storefront.testing import Shopper
from tests.e2e.marks import with_js

DAY = 86_400


def to_payment_page(shopper: Shopper) -> Shopper:
    """From the cart on: ordered, proven, shipped, delivered, and the link of the text opened."""
    shopper.to_code_entry().give_right_code()
    expect(shopper.main).to_have_attribute("data-step", "complete")
    number = shopper.order_number()
    for event in ("shipped", "delivered"):
        shopper.sandbox.happen(event=event, order=number)
    shopper.open_payment_page()
    return shopper


@with_js
@pytest.mark.parametrize("means", ["au", "card", "kuroneko_pay"])
def test_a_way_that_is_hosted_elsewhere_pays(shopper: Shopper, means: str) -> None:
    to_payment_page(shopper)
    expect(shopper.see("pay-amount")).to_have_attribute("data-yen", "4136")
    expect(shopper.see("pay-due")).to_have_text(re.compile("年.+月.+日"))

    shopper.choose_means(means)
    expect(shopper.see("hosted-amount")).to_have_attribute("data-yen", "4136")
    shopper.pay_there()

    expect(shopper.main).to_have_attribute("data-state", "paid")
    expect(shopper.main).to_contain_text("お支払いを確認しました")


@pytest.mark.parametrize(("means", "store"), [("cvs", "ローソン"), ("bank", "")])
def test_a_way_by_a_number_pays(shopper: Shopper, means: str, store: str) -> None:
    to_payment_page(shopper).choose_means(means, store)
    expect(shopper.main).to_have_attribute("data-state", "chosen")
    if store:
        expect(shopper.see("pay-instructions")).to_contain_text("ローソンでの手順")
        expect(shopper.page.get_by_role("img", name="バーコード")).to_be_visible()

    shopper.pay_at_till(shopper.number_to_pay_by())
    if not shopper.js:  # a script asks every three seconds, a person loads the page
        shopper.page.reload()

    expect(shopper.main).to_have_attribute("data-state", "paid", timeout=8000)


@with_js
def test_the_way_may_be_changed_until_it_is_paid(shopper: Shopper) -> None:
    to_payment_page(shopper).choose_means("bank")

    shopper.see("pay-change").click()
    expect(shopper.main).to_have_attribute("data-state", "ready")
    shopper.choose_means("card")
    shopper.be_refused_there()
    expect(shopper.see("pay-notice")).to_contain_text("お支払いが完了しませんでした")
    shopper.choose_means("au")
    shopper.pay_there()

    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_nothing_chosen_and_no_store_are_told(shopper: Shopper) -> None:
    to_payment_page(shopper)

    shopper.see("pay-submit").click()
    expect(shopper.summary).to_contain_text("お支払い方法を選択してください")
    shopper.choose_means("cvs")
    expect(shopper.summary).to_contain_text("店舗を選択してください")
    shopper.choose_means("cvs", "セブン-イレブン")
    expect(shopper.main).to_have_attribute("data-state", "chosen")


@with_js
def test_paid_without_coming_back_is_seen_all_the_same(shopper: Shopper) -> None:
    to_payment_page(shopper)
    page = shopper.page.url
    shopper.choose_means("card")
    shopper.pay_and_stay_there()

    shopper.page.goto(page)
    expect(shopper.main).to_have_attribute("data-state", "paid")


@with_js
def test_what_is_late_is_reminded_of_and_can_still_be_paid(shopper: Shopper) -> None:
    to_payment_page(shopper)
    page = shopper.page.url
    for days in (12, 4):
        shopper.sandbox.advance(days * DAY)
    shopper.page.goto(page)

    expect(shopper.main).to_contain_text("お支払い期限を過ぎています")
    told = " ".join(shopper.sandbox.subjects(shopper.email))
    assert "お支払い期限が近づいています" in told
    assert "お支払い期限を過ぎています" in told
    shopper.choose_means("card")
    shopper.pay_there()
    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_the_link_is_sent_again_from_the_status_page(shopper: Shopper) -> None:
    made = shopper.sandbox.order(state="delivered", tel=shopper.number, email=shopper.email)
    shopper.sandbox.link(shopper.number)  # the first one has arrived
    before = len(shopper.sandbox.texts(shopper.number))
    shopper.page.goto(made["status_url"])
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "requested")

    shopper.see("send-link").click()
    expect(shopper.main).to_contain_text("リンクをメールとSMSで送りました")
    assert shopper.sandbox.texts_come_to(shopper.number, before + 1)
    shopper.see("send-link").click()
    expect(shopper.main).to_contain_text("いまは送れません")

    shopper.see("pay-link").click()
    expect(shopper.see("pay-amount")).to_have_attribute("data-yen", "4136")


@with_js
def test_the_receipt_shows_when_it_was_paid(shopper: Shopper) -> None:
    made = shopper.sandbox.order(state="delivered", payment_state="paid")
    shopper.page.goto(made["status_url"])
    shopper.page.get_by_role("link", name="領収書").click()

    expect(shopper.heading).to_contain_text("領収書")
    expect(shopper.main).to_contain_text("登録番号 T")
    expect(shopper.main).to_contain_text("お支払い日")


@pytest.mark.parametrize("path", ["/pay/xxxxxxxxxxxxxxxxxxxxxx", "/pay/x"])
def test_a_broken_link_says_what_to_do(shopper: Shopper, path: str) -> None:
    shopper.open(path)

    expect(shopper.heading).to_have_text("このリンクは使えません")
    expect(shopper.page.get_by_role("link", name="ご注文を確認する")).to_be_visible()


@with_js
def test_the_stores_are_shown_with_their_way(shopper: Shopper) -> None:
    to_payment_page(shopper)
    store = shopper.page.get_by_label("お支払いになる店舗")
    expect(store).to_be_hidden()

    shopper.see("pay-means-cvs").click()
    expect(store).to_be_visible()

    shopper.see("pay-means-bank").click()
    expect(store).to_be_hidden()


@with_js
def test_a_way_is_chosen_by_the_keyboard(shopper: Shopper) -> None:
    to_payment_page(shopper)

    shopper.see("pay-means-cvs").get_by_role("radio").focus()
    shopper.page.keyboard.press("ArrowDown")
    shopper.page.keyboard.press("Enter")

    expect(shopper.see("pay-instructions")).to_contain_text("口座番号")
