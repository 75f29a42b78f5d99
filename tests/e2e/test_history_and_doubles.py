"""Back, two tabs, double clicks and repeats: one order and one text, whatever is pressed."""

import re

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, Shopper
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js


def test_back_from_the_confirmation_finds_the_form_as_it_was(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(COD)

    shopper.go_back()

    expect(shopper.main).to_have_attribute("data-step", "input")
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.field("email")).to_have_value(shopper.email)
    expect(shopper.method(COD)).to_be_checked()


def test_back_from_the_code_shows_the_way_forward_and_sends_no_second_text(
    shopper: Shopper,
) -> None:
    shopper.to_code_entry()

    shopper.go_back()
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.main).to_contain_text("SMS認証の手続き中です")
    shopper.main.get_by_role("link", name="認証番号の入力へ戻る").click()
    shopper.give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    assert len(shopper.sandbox.texts(shopper.number)) == 1


def test_the_confirmation_pressed_again_after_back_sends_no_second_text(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.go_back()
    expect(shopper.main).to_have_attribute("data-step", "confirm")
    shopper.to_code_entry_from_confirmation()

    assert len(shopper.sandbox.texts(shopper.number)) == 1


def test_back_from_the_completion_stays_at_the_completion(shopper: Shopper) -> None:
    shopper.to_code_entry().give_right_code()
    number = shopper.see("order-number").inner_text()

    shopper.go_back()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.see("order-number")).to_have_text(number)


def test_back_from_a_refused_form_is_back_from_the_form(shopper: Shopper) -> None:
    shopper.to_order_input().review()
    expect(shopper.summary).to_be_visible()

    shopper.go_back()

    expect(shopper.page).to_have_url(re.compile(r"/cart$" if shopper.js else r"/c(art|heckout)$"))


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
@with_js
def test_every_address_of_the_checkout_leads_to_the_completion_once_it_is_placed(
    shopper: Shopper, path: str
) -> None:
    shopper.to_confirmation(COD).confirm()
    number = shopper.see("order-number").inner_text()

    shopper.open(path)

    expect(shopper.see("order-number")).to_have_text(number)
    expect(shopper.page).to_have_url(re.compile("/complete$"))


@with_js
def test_a_new_cart_opens_a_new_checkout(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")

    shopper.to_order_input()

    expect(shopper.main).to_have_attribute("data-step", "input")
    expect(shopper.field("name")).to_have_value("")


@with_js
def test_a_second_tab_finds_the_completion_after_the_order(shopper: Shopper) -> None:
    tab = shopper.to_confirmation(COD).in_new_tab().open("/checkout/confirm")
    shopper.confirm()
    number = shopper.see("order-number").inner_text()

    tab.confirm()

    expect(tab.main).to_have_attribute("data-step", "complete")
    expect(tab.see("order-number")).to_have_text(number)


@with_js
def test_a_second_tab_at_the_code_finds_the_completion_after_the_order(shopper: Shopper) -> None:
    tab = shopper.to_code_entry().in_new_tab().open("/checkout/sms")
    code = shopper.sandbox.code(shopper.number)
    shopper.give_code(code)
    number = shopper.see("order-number").inner_text()

    tab.give_code(code)

    expect(tab.main).to_have_attribute("data-step", "complete")
    expect(tab.see("order-number")).to_have_text(number)


def test_a_cart_changed_in_another_tab_is_confirmed_again(shopper: Shopper) -> None:
    tab = shopper.to_confirmation(COD).in_new_tab()
    tab.open("/cart").change_quantity("萩焼の湯呑", 2)
    expect(tab.see("cart-total")).to_have_attribute("data-yen", "7260")

    shopper.confirm()
    expect(shopper.summary).to_contain_text("内容をもう一度ご確認ください")
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "7590")
    shopper.confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.main).to_contain_text("7,590円(税込)")


def test_a_double_click_on_the_confirmation_sends_one_text(shopper: Shopper) -> None:
    shopper.to_confirmation()

    shopper.see("confirm-submit").dblclick()

    expect(shopper.see("sms-code")).to_be_visible()
    expect(shopper.summary).to_have_count(0)
    assert len(shopper.sandbox.texts(shopper.number)) == 1


def test_a_double_click_on_the_code_places_one_order(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.code_field.fill(shopper.sandbox.code(shopper.number))
    shopper.see("sms-submit").dblclick()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    shopper.sandbox.mail(shopper.email)
    assert len(shopper.sandbox.mails(shopper.email)) == 1


def test_a_double_click_places_one_order_by_cash_on_delivery(shopper: Shopper) -> None:
    shopper.to_confirmation(COD)

    shopper.see("confirm-submit").dblclick()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    shopper.sandbox.mail(shopper.email)
    assert len(shopper.sandbox.mails(shopper.email)) == 1


@with_js
def test_the_same_confirmation_posted_again_answers_as_the_first_time(shopper: Shopper) -> None:
    shopper.to_confirmation(COD)
    form = shopper.hidden_fields("#confirm-form")
    shopper.confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")

    again = shopper.page.request.post("/checkout/confirm", form=form, max_redirects=0)

    assert again.status == 303
    assert shopper.page.url.endswith(again.headers["location"])
    shopper.sandbox.mail(shopper.email)
    assert len(shopper.sandbox.mails(shopper.email)) == 1


@with_js
def test_the_same_confirmation_posted_again_sends_no_second_text(shopper: Shopper) -> None:
    shopper.to_confirmation()
    form = shopper.hidden_fields("#confirm-form")
    shopper.to_code_entry_from_confirmation()

    again = shopper.page.request.post("/checkout/confirm", form=form, max_redirects=0)

    assert (again.status, again.headers["location"]) == (303, "/checkout/sms")
    assert len(shopper.sandbox.texts(shopper.number)) == 1


def test_a_reload_of_the_completion_sends_no_second_mail(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")
    shopper.sandbox.mail(shopper.email)

    shopper.page.reload()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    assert len(shopper.sandbox.mails(shopper.email)) == 1
