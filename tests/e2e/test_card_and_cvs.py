"""Card and store in advance: out to the provider's page and back, however that goes."""

import re

import pytest
from playwright.sync_api import Locator, expect

from storefront.gallery.own_shop import OwnShop
from tests.e2e.pages import COD, Shopper, with_js
from tests.e2e.sandbox import Sandbox

CARD, CVS = "card", "cvs"


@pytest.fixture
def home(connected_shop: OwnShop) -> str:
    Sandbox(connected_shop.url).reset()
    return connected_shop.url


def provider(shopper: Shopper) -> Locator:
    """The main part of the provider's page."""
    return shopper.see("hosted-page")


def to_provider(shopper: Shopper, payment: str = CARD) -> None:
    shopper.walk_to_confirmation(payment).confirm()
    provider(shopper).wait_for()


def press(shopper: Shopper, name: str) -> None:
    shopper.page.get_by_role("button", name=name, exact=True).click()


def test_a_card_is_paid_elsewhere_and_the_order_is_complete(shopper: Shopper) -> None:
    to_provider(shopper)
    expect(provider(shopper)).to_contain_text("¥3,960")

    press(shopper, "支払う")

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("お支払いは完了しています")
    shopper.see("order-status-link").click()
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_store_number_is_on_the_completion(shopper: Shopper) -> None:
    to_provider(shopper, CVS)

    press(shopper, "番号を発行する")

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.see("store-number")).to_contain_text(re.compile(r"\d{13}"))


def test_a_store_number_is_paid_at_the_till(shopper: Shopper) -> None:
    to_provider(shopper, CVS)
    press(shopper, "番号を発行する")
    number = shopper.see("store-number").locator("b").inner_text()
    status = shopper.see("order-status-link").get_attribute("href") or ""

    shopper.page.goto("/sandbox/store")
    shopper.main.get_by_label("番号").fill(number)
    shopper.main.get_by_role("button", name="支払う").click()
    expect(shopper.see("store-paid")).to_be_visible()

    shopper.page.goto(status)
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_refused_card_leaves_every_other_method_two_taps_away(shopper: Shopper) -> None:
    to_provider(shopper)

    press(shopper, "断られる")
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "declined")
    expect(shopper.field("name")).to_have_value("山田 太郎")

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_a_refused_card_may_be_followed_by_another(shopper: Shopper) -> None:
    to_provider(shopper)
    press(shopper, "断られる")

    shopper.switch_to(CARD).confirm()
    press(shopper, "支払う")

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_who_stops_loses_nothing(shopper: Shopper) -> None:
    to_provider(shopper)

    press(shopper, "やめて戻る")
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("unfinished")).to_contain_text("入力内容はそのまま残っています")

    shopper.confirm()
    press(shopper, "支払う")
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_the_browsers_back_leads_to_the_confirmation_and_on_again(shopper: Shopper) -> None:
    to_provider(shopper)

    shopper.go_back()
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("confirm-submit")).to_be_enabled()

    shopper.confirm()
    press(shopper, "支払う")
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_a_payment_without_return_is_an_order_by_the_notice(shopper: Shopper) -> None:
    to_provider(shopper)
    press(shopper, "支払うが戻らない")
    expect(provider(shopper)).to_have_attribute("data-state", "paid")

    shopper.open("/checkout")

    expect(shopper.main).to_have_attribute("data-step", "complete")
    mail = shopper.sandbox.mail(shopper.email)
    assert shopper.see("order-number").inner_text() in mail["text"]


def test_what_is_paid_but_sold_meanwhile_is_given_back(shopper: Shopper) -> None:
    to_provider(shopper)
    tab = shopper.in_new_tab()
    tab.open("/cart").change_quantity("萩焼の湯呑", 2)
    expect(tab.quantity_of("萩焼の湯呑")).to_have_value("2")
    expect(tab.see("cart-total")).to_have_attribute("data-yen", "7260")

    press(shopper, "支払う")

    expect(shopper.heading).to_have_text("ご注文を確定できませんでした")
    expect(shopper.main).to_contain_text("全額お返しします")


@with_js
def test_the_shop_never_asks_for_a_card(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(CARD)

    named = shopper.page.locator("input").evaluate_all("all => all.map((one) => one.name)")

    assert not [name for name in named if re.search("card|cvc|pan", name)]
