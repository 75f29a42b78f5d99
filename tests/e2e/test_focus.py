"""Where the focus goes, so that nobody who cannot see the screen is lost."""

import re

import pytest
from playwright.sync_api import Locator, expect

from storefront.testing import COD, Shopper, scenario
from tests.e2e.marks import with_js

pytestmark = with_js


def focused(shopper: Shopper) -> Locator:
    return shopper.page.locator(":focus")


def test_a_refused_form_moves_the_focus_to_what_was_wrong(shopper: Shopper) -> None:
    shopper.to_order_input().review()

    expect(shopper.summary).to_be_focused()


def test_a_wrong_code_moves_the_focus_to_what_was_wrong(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000")).give_code("9999")

    expect(shopper.summary).to_be_focused()


def test_a_link_of_the_summary_moves_the_focus_to_its_field(shopper: Shopper) -> None:
    shopper.to_order_input().review()
    address = shopper.page.url

    shopper.summary.get_by_role("link", name="電話番号を入力してください").click()

    expect(shopper.field("tel")).to_be_focused()
    expect(shopper.page).to_have_url(address)


@pytest.mark.parametrize("field", ["payment", "code"])
def test_a_link_of_the_summary_reaches_every_kind_of_field(shopper: Shopper, field: str) -> None:
    if field == "code":
        shopper.to_code_entry(scenario("0000")).give_code("9999")
        shopper.summary.get_by_role("link").click()
        expect(shopper.code_field).to_be_focused()
    else:
        shopper.to_order_input().review()
        shopper.summary.get_by_role("link", name="お支払い方法を選択してください").click()
        expect(focused(shopper)).to_have_attribute("name", "payment")


def test_a_wrong_code_is_selected_so_that_typing_replaces_it(shopper: Shopper) -> None:
    shopper.to_code_entry(scenario("0000")).give_code("9999")
    shopper.summary.wait_for()

    shopper.code_field.focus()
    shopper.page.keyboard.type("1234")

    expect(shopper.code_field).to_have_value("1234")


def test_a_new_screen_has_the_focus_itself(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact().choose(COD).review()

    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.main).to_be_focused()


def test_the_code_has_no_focus_when_its_screen_comes(shopper: Shopper) -> None:
    shopper.to_code_entry()

    expect(shopper.main).to_be_focused()
    shopper.page.reload()
    expect(shopper.code_field).to_be_visible()
    expect(focused(shopper)).to_have_count(0)


def test_no_screen_takes_the_focus_when_it_is_loaded(shopper: Shopper) -> None:
    shopper.to_confirmation()

    for path in ("/", "/products/yunomi", "/cart", "/checkout", "/checkout/confirm"):
        shopper.open(path)
        expect(shopper.heading).to_be_visible()
        expect(focused(shopper)).to_have_count(0)


def test_the_banner_of_a_failed_check_has_the_focus(shopper: Shopper) -> None:
    shopper.to_confirmation(tel=scenario("0004")).confirm()

    expect(shopper.see("ng-banner")).to_be_focused()


def test_the_list_of_other_methods_has_the_focus(shopper: Shopper) -> None:
    shopper.to_code_entry().see("sms-other-method").click()

    expect(focused(shopper)).to_contain_text("別のお支払い方法を選ぶ")


def test_the_code_has_the_focus_after_a_resend_and_says_that_it_was_sent(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.sandbox.advance(30)

    shopper.resend()

    expect(shopper.code_field).to_be_focused()
    expect(shopper.code_field).to_have_value("")
    expect(shopper.code_field).to_have_accessible_description(re.compile("前の番号は使えません"))
    expect(shopper.announced).to_be_empty()


def test_a_changed_quantity_leaves_the_focus_where_it_is(shopper: Shopper) -> None:
    shopper.put_in_cart()

    shopper.quantity_of("萩焼の湯呑").fill("2")
    shopper.quantity_of("萩焼の湯呑").press("Enter")

    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7260")
    expect(shopper.quantity_of("萩焼の湯呑")).to_be_focused()


def test_the_message_of_what_was_taken_out_has_the_focus(shopper: Shopper) -> None:
    shopper.put_in_cart("uji-sencha").put_in_cart("yunomi")

    shopper.remove("宇治煎茶")

    expect(focused(shopper)).to_contain_text("を削除しました")
    expect(shopper.announced).to_be_empty()


def test_a_chosen_method_keeps_the_focus(shopper: Shopper) -> None:
    shopper.to_order_input()

    shopper.method(COD).focus()
    shopper.page.keyboard.press("Space")

    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4290")
    expect(shopper.method(COD)).to_be_focused()


def test_the_completion_has_the_focus_on_its_heading(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.heading).to_be_focused()
