"""Changing one's mind: number, method, address and cart, at each step."""

import re

from playwright.sync_api import expect

from storefront.testing import COD, SMARTPHONE, Shopper, scenario
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js


def test_the_number_can_be_changed_on_the_way_to_the_code(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000"))

    shopper.main.get_by_text("番号を確認・変更").click()
    shopper.main.get_by_role("link", name="番号を変更する").click()
    expect(shopper.field("name")).to_have_value(NAME)
    shopper.sms_field.fill(shopper.number)
    shopper.review().to_code_entry_from_confirmation()
    expect(shopper.see("sms-phone")).to_contain_text(shopper.number[-4:])
    shopper.give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_the_code_of_the_old_number_does_not_place_the_order(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0041"))

    shopper.open("/checkout")
    shopper.have_text_sent_to(
        scenario("0040")
    ).review().to_code_entry_from_confirmation().give_code("0000")

    expect(shopper.main).to_have_attribute("data-state", "wrong")


def test_another_method_at_the_confirmation_changes_the_total(shopper: Shopper) -> None:
    shopper.to_confirmation(SMARTPHONE).change("payment")
    expect(shopper.page).to_have_url(re.compile(r"\?edit=payment#payment$"))

    shopper.choose(COD).review()
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4290")
    shopper.confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")


def test_another_address_at_the_confirmation_is_on_the_order(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).change("customer")

    shopper.field("building").fill("もみじ荘202")
    shopper.review()
    expect(shopper.main.locator("#customer")).to_contain_text("もみじ荘202")
    shopper.confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("もみじ荘202")


def test_another_address_needs_no_second_text(shopper: Shopper) -> None:
    shopper.to_code_entry().open("/checkout")

    shopper.field("building").fill("もみじ荘202")
    shopper.review()
    expect(shopper.main).to_contain_text("SMS認証の手続き中です")
    shopper.to_code_entry_from_confirmation().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("もみじ荘202")
    assert len(shopper.sandbox.texts(shopper.number)) == 1


def test_another_delivery_is_on_the_confirmation(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).change("delivery")
    expect(shopper.page).to_have_url(re.compile(r"\?edit=delivery#delivery$"))

    shopper.page.get_by_role("radio", name="午前中").check()
    shopper.review()

    expect(shopper.main.locator("[data-law=delivery]")).to_contain_text("午前中")


@with_js
def test_another_quantity_needs_another_code(shopper: Shopper) -> None:
    shopper.to_code_entry()
    code = shopper.sandbox.code(shopper.number)
    tab = shopper.in_new_tab()
    tab.open("/cart").change_quantity("萩焼の湯呑", 2)
    expect(tab.see("cart-total")).to_have_attribute("data-yen", "7260")

    shopper.give_code(code)
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "7436")
    shopper.to_code_entry_from_confirmation().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("7,436円(税込)")


def test_the_cart_can_be_changed_from_the_confirmation(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).change("items")

    shopper.change_quantity("萩焼の湯呑", 2)
    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7260")
    shopper.go_to_checkout().review()

    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "7590")


@with_js
def test_a_step_that_is_not_open_yet_leads_to_the_first_unanswered_one(shopper: Shopper) -> None:
    shopper.put_in_cart()

    for path in ("/checkout/sms", "/checkout/confirm"):
        shopper.open(path)
        expect(shopper.main).to_have_attribute("data-step", "input")
