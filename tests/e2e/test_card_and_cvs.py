"""Card and store in advance: out to the provider's page and back, however that goes."""

import re

from playwright.sync_api import expect

from tests.e2e.pages import COD, Shopper, with_js

CARD, CVS = "card", "cvs"


def to_provider(shopper: Shopper, payment: str = CARD) -> None:
    shopper.to_confirmation(payment).confirm()
    shopper.see("hosted-amount").wait_for()


def press(shopper: Shopper, what: str) -> None:
    shopper.see(f"hosted-{what}").click()


def test_a_card_is_paid_elsewhere_and_the_order_is_complete(shopper: Shopper) -> None:
    to_provider(shopper)
    expect(shopper.see("hosted-amount")).to_have_attribute("data-yen", "3960")

    press(shopper, "pay")

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("お支払いは完了しています")
    shopper.see("order-status-link").click()
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_store_number_is_on_the_completion(shopper: Shopper) -> None:
    to_provider(shopper, CVS)

    press(shopper, "issue")

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.see("pay-number")).to_have_text(re.compile(r"^\d{12}$"))


def test_a_store_number_is_paid_at_the_till(shopper: Shopper) -> None:
    to_provider(shopper, CVS)
    press(shopper, "issue")
    number = shopper.see("pay-number").inner_text()
    status = shopper.see("order-status-link").get_attribute("href") or ""

    shopper.page.goto("/sandbox/store")
    shopper.main.get_by_role("textbox").fill(number)
    shopper.see("store-pay").click()
    expect(shopper.see("store-paid")).to_be_visible()

    shopper.page.goto(status)
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_refused_card_leaves_every_other_method_two_taps_away(shopper: Shopper) -> None:
    to_provider(shopper)

    press(shopper, "refuse")
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "declined")
    expect(shopper.field("name")).to_have_value("山田 太郎")

    shopper.switch_to(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_a_refused_card_may_be_followed_by_another(shopper: Shopper) -> None:
    to_provider(shopper)
    press(shopper, "refuse")

    shopper.review().confirm()
    press(shopper, "pay")

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_who_stops_loses_nothing(shopper: Shopper) -> None:
    to_provider(shopper)

    press(shopper, "leave")
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("payment-notice")).to_contain_text("もう一度押すと続けられます")

    shopper.confirm()
    press(shopper, "pay")
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_the_browsers_back_leads_to_the_confirmation_and_on_again(shopper: Shopper) -> None:
    to_provider(shopper)

    shopper.go_back()
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("confirm-submit")).to_be_enabled()

    shopper.confirm()
    press(shopper, "pay")
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_a_payment_without_return_is_an_order_by_the_notice(shopper: Shopper) -> None:
    to_provider(shopper)
    press(shopper, "pay-and-stay")
    shopper.see("hosted-return").wait_for()

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

    press(shopper, "pay")

    expect(shopper.heading).to_have_text("お支払いは返金されます")
    expect(shopper.main).to_contain_text("全額お返しします")


@with_js
def test_the_shop_never_asks_for_a_card(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(CARD)

    named = shopper.page.locator("input").evaluate_all("all => all.map((one) => one.name)")

    assert not [name for name in named if re.search("card|cvc|pan", name)]
