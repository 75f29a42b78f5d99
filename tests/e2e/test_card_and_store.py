"""Paid before the parcel leaves, on a page of the provider: there, back, and not back."""

import re

from playwright.sync_api import expect

from storefront.testing import COD, Shopper
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js


def to_hosted_page(shopper: Shopper, payment: str = "card") -> Shopper:
    shopper.to_confirmation(payment).confirm()
    expect(shopper.see("hosted-amount")).to_have_attribute("data-yen", "3960")
    return shopper


def test_a_card_pays_and_places_the_order(shopper: Shopper) -> None:
    to_hosted_page(shopper).pay_there()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    shopper.see("order-status-link").click()
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_store_gives_a_number_and_is_paid_later(shopper: Shopper) -> None:
    to_hosted_page(shopper, "cvs").take_number_there()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    number = shopper.see("pay-number").inner_text()
    shopper.see("order-status-link").click()
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "awaiting")
    shopper.pay_at_till(number)
    shopper.page.reload()
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "paid")


def test_a_refused_card_leads_to_another_method_in_two_taps(shopper: Shopper) -> None:
    to_hosted_page(shopper).be_refused_there()
    expect(shopper.see("ng-banner")).to_have_attribute("data-reason", "declined")
    expect(shopper.field("name")).to_have_value(NAME)

    shopper.switch_to(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_a_refused_card_may_be_tried_again(shopper: Shopper) -> None:
    to_hosted_page(shopper).be_refused_there()
    shopper.see("ng-banner").wait_for()

    shopper.review()
    shopper.confirm().pay_there()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_leaving_the_page_loses_nothing(shopper: Shopper) -> None:
    to_hosted_page(shopper).leave_there()

    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("payment-notice")).to_contain_text("ご注文は確定していません")
    shopper.confirm().pay_there()
    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_back_from_the_page_leads_to_the_same_payment(shopper: Shopper) -> None:
    to_hosted_page(shopper)
    first = shopper.page.url
    shopper.go_back()
    expect(shopper.main).to_have_attribute("data-step", "confirm")

    shopper.confirm()
    expect(shopper.page).to_have_url(first)
    shopper.pay_there()
    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_paid_and_never_back_is_an_order_all_the_same(shopper: Shopper) -> None:
    to_hosted_page(shopper).pay_and_stay_there()
    expect(shopper.see("hosted-return")).to_be_visible()

    assert "ご注文を承りました" in shopper.sandbox.mail(shopper.email)["subject"]
    shopper.open("/checkout")
    expect(shopper.page).to_have_url(re.compile(r"/orders/.+/complete$"))


@with_js
def test_what_is_paid_after_the_cart_has_changed_is_given_back(shopper: Shopper) -> None:
    to_hosted_page(shopper)
    tab = shopper.in_new_tab()
    tab.open("/cart").change_quantity("萩焼の湯呑", 2)
    expect(tab.see("cart-total")).to_have_attribute("data-yen", "7260")

    shopper.pay_there()

    expect(shopper.heading).to_have_text("お支払いは返金されます")
    expect(shopper.main).to_contain_text("全額お返しします")
