"""Paying after delivery, by the link of the mail: every way, and back again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from storefront.gallery.own_shop import OwnShop
from tests.e2e import soundness
from tests.e2e.pages import Shopper, with_js
from tests.e2e.sandbox import Sandbox
from tests.factories import a_payment_request, an_order

OpenLink = Callable[..., None]


@pytest.fixture
def home(connected_shop: OwnShop) -> str:
    Sandbox(connected_shop.url).reset()
    return connected_shop.url


@pytest.fixture
def open_link(connected_shop: OwnShop, shopper: Shopper) -> OpenLink:
    """Opens the payment page of a new order, whose payment stands there."""

    def open_it(payment_status: str = "requested") -> None:
        with connected_shop.app.app_context():
            order = an_order(payment_status=payment_status, payment_code="kuroneko_smartphone")
            token = a_payment_request(order).token
        shopper.open(f"/pay/{token}")

    return open_it


def choose(shopper: Shopper, means: str, store: str = "") -> None:
    shopper.see(f"pay-means-{means}").click()
    if store:
        shopper.main.get_by_label("コンビニの店舗").select_option(store)
    shopper.see("pay-submit").click()


def instructions(shopper: Shopper) -> Locator:
    return shopper.see("pay-instructions")


def pay_at_till(shopper: Shopper, number: str) -> None:
    till = shopper.in_new_tab()
    till.page.goto("/sandbox/store")
    till.main.get_by_label("番号").fill(number)
    till.main.get_by_role("button", name="支払う").click()
    expect(till.see("store-paid")).to_be_visible()
    till.page.close()


def see_paid(shopper: Shopper) -> None:
    """By itself where there is a script; a person without one loads the page."""
    if not shopper.js:
        shopper.page.reload()
    expect(shopper.main).to_contain_text("お支払いを確認しました", timeout=8000)
    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_a_number_is_paid_at_a_store_and_seen_within_seconds(
    shopper: Shopper, open_link: OpenLink
) -> None:
    open_link()
    choose(shopper, "cvs", "ファミリーマート")
    expect(instructions(shopper)).to_contain_text("マルチコピー機")
    expect(shopper.page.get_by_role("img", name="お支払い用のバーコード")).to_be_visible()

    pay_at_till(shopper, instructions(shopper).locator("b").inner_text())

    see_paid(shopper)


def test_an_account_of_its_own_is_paid_by_transfer(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()
    choose(shopper, "bank")
    expect(instructions(shopper)).to_contain_text("みほん銀行")

    pay_at_till(shopper, instructions(shopper).locator("b").inner_text())

    see_paid(shopper)


@pytest.mark.parametrize("means", ["au", "card", "kuroneko_pay"])
def test_a_hosted_way_leads_out_and_back(shopper: Shopper, open_link: OpenLink, means: str) -> None:
    open_link()
    choose(shopper, means)
    expect(shopper.see("hosted-page")).to_contain_text("¥4,290")

    shopper.page.get_by_role("button", name="支払う", exact=True).click()

    expect(shopper.main).to_have_attribute("data-state", "paid")


def test_a_refused_way_can_be_changed(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()
    choose(shopper, "card")
    shopper.page.get_by_role("button", name="断られる").click()
    expect(shopper.main).to_contain_text("お支払いは完了しませんでした")

    shopper.page.get_by_role("link", name="方法を変更する").click()
    choose(shopper, "bank")

    expect(instructions(shopper)).to_contain_text("支店番号")


def test_a_payment_without_return_is_seen_by_the_notice(
    shopper: Shopper, open_link: OpenLink
) -> None:
    open_link()
    choose(shopper, "au")
    shopper.page.get_by_role("button", name="支払うが戻らない").click()
    expect(shopper.see("hosted-page")).to_have_attribute("data-state", "paid")

    shopper.page.go_back()
    if not shopper.js:
        shopper.page.go_back()

    shopper.page.reload()
    expect(shopper.page.locator("main")).to_have_attribute("data-state", "paid")


def test_nothing_chosen_is_told(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()

    shopper.see("pay-submit").click()

    expect(shopper.summary).to_contain_text("お支払い方法を選択してください")


def test_a_store_must_be_named(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()

    choose(shopper, "cvs")

    expect(shopper.summary).to_contain_text("店舗を選択してください")


@with_js
def test_the_stores_are_shown_with_their_way(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()
    store = shopper.main.get_by_label("コンビニの店舗")
    expect(store).to_be_hidden()

    shopper.see("pay-means-cvs").click()
    expect(store).to_be_visible()

    shopper.see("pay-means-bank").click()
    expect(store).to_be_hidden()


@with_js
def test_a_way_is_chosen_by_the_keyboard(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()

    shopper.see("pay-means-cvs").get_by_role("radio").focus()
    shopper.page.keyboard.press("ArrowDown")
    shopper.page.keyboard.press("Enter")

    expect(instructions(shopper)).to_contain_text("みほん銀行")


@with_js
@pytest.mark.parametrize("screen", [{"width": 320, "height": 800}], ids=["320"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_state_is_open_to_everyone(
    shopper: Shopper, open_link: OpenLink, screen: ViewportSize, theme: str
) -> None:
    shopper.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")

    def look() -> None:
        assert soundness.faults_of_structure(shopper.page, False) == []
        assert soundness.faults_of_layout(shopper.page, screen["width"]) == []
        assert soundness.barriers(shopper.page, False) == []

    open_link("overdue")
    look()
    shopper.see("pay-submit").click()
    look()
    for means, store in (("cvs", "ローソン"), ("bank", "")):
        choose(shopper, means, store)
        expect(instructions(shopper)).to_be_visible()
        look()
        shopper.page.get_by_role("link", name="方法を変更する").click()
    choose(shopper, "card")
    look()
    shopper.page.get_by_role("button", name="支払う", exact=True).click()
    expect(shopper.main).to_have_attribute("data-state", "paid")
    look()
    for status in ("deferred", "cancelled"):
        open_link(status)
        look()
    shopper.page.goto("/pay/nowhere")
    look()
    shopper.page.goto("/sandbox/store")
    look()


@pytest.mark.parametrize("lang", ["en"])
@with_js
def test_the_link_opens_in_english(shopper: Shopper, open_link: OpenLink) -> None:
    open_link()

    shopper.see("pay-means-bank").click()
    shopper.see("pay-submit").click()

    expect(shopper.page).to_have_url(re.compile("/en/pay/"))
    expect(instructions(shopper)).to_be_visible()
