"""Buying: from the product to the mail, on two phones, in two languages."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from storefront.testing import COD, SMARTPHONE, TRANSFER, Shopper
from storefront.testing.specimen import HONOURED, NAME
from tests.e2e.marks import with_js

IPHONE: ViewportSize = {"width": 390, "height": 844}
PIXEL: ViewportSize = {"width": 412, "height": 915}
NUMBER = re.compile(r"^[A-Z0-9][A-Z0-9-]{6,14}[A-Z0-9]$")
LEGAL_ITEMS = ["quantity", "price", "payment", "delivery", "cancel"]


@pytest.mark.parametrize("screen", [IPHONE, PIXEL], ids=["iphone", "pixel"])
def test_an_order_is_placed_with_the_code_from_the_phone(shopper: Shopper) -> None:
    shopper.walk_to_confirmation().to_code_entry_from_confirmation().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.page).to_have_url(re.compile(r"/orders/[\w-]{22,}/complete$"))
    expect(shopper.see("order-number")).to_have_text(NUMBER)


@pytest.mark.parametrize("lang", ["en"])
def test_an_order_is_placed_in_english(shopper: Shopper) -> None:
    shopper.walk_to_confirmation().to_code_entry_from_confirmation().give_right_code()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    expect(shopper.page).to_have_url(re.compile(r"/en/orders/[\w-]{22,}/complete$"))
    expect(shopper.heading).to_have_text("Thank you for your order")


def test_cash_on_delivery_needs_no_code(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(COD).confirm()

    expect(shopper.main).to_have_attribute("data-step", "complete")
    assert shopper.sandbox.texts(shopper.number) == []


@with_js
def test_a_bank_transfer_is_told_where_to_send_the_money(shopper: Shopper) -> None:
    shopper.to_confirmation(TRANSFER).confirm()

    expect(shopper.see("bank-account")).to_contain_text("みほん銀行")
    expect(shopper.see("bank-account")).to_contain_text("桜支店")


def test_the_mail_of_an_order_leads_to_its_status(shopper: Shopper) -> None:
    shopper.to_code_entry().give_right_code()
    number = shopper.see("order-number").inner_text()

    mail = shopper.sandbox.mail(shopper.email)
    link = re.search(r"https?://\S+/orders/[\w-]+", mail["text"])
    assert link
    shopper.page.goto(link[0])

    expect(shopper.see("order-number")).to_have_text(number)
    expect(shopper.see("order-status")).to_have_attribute("data-state", "placed")
    expect(shopper.see("payment-state")).to_have_attribute("data-state", "deferred")


def test_the_completion_leads_to_the_status(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()
    number = shopper.see("order-number").inner_text()

    shopper.see("order-status-link").click()

    expect(shopper.see("order-status")).to_be_visible()
    expect(shopper.see("order-number")).to_have_text(number)


def test_an_order_is_found_by_its_number_and_mail_address(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()
    number = shopper.see("order-number").inner_text()

    shopper.open("/orders/find").find_order(number, shopper.email)

    expect(shopper.see("order-status")).to_be_visible()
    expect(shopper.see("order-number")).to_have_text(number)


@with_js
def test_a_wrong_pair_of_number_and_mail_address_finds_nothing(shopper: Shopper) -> None:
    shopper.open("/orders/find").find_order("ABCD-1234", shopper.email)

    expect(shopper.summary).to_contain_text("注文番号かメールアドレスが違います")


@with_js
def test_the_buttons_say_what_they_do(shopper: Shopper) -> None:
    shopper.to_confirmation()
    expect(shopper.see("confirm-submit")).to_have_text("SMS認証へ進む")

    shopper.confirm()
    expect(shopper.see("sms-submit")).to_have_text("認証して注文を確定する")

    shopper.open("/checkout?switch=1").switch_to(COD)
    expect(shopper.see("confirm-submit")).to_have_text("注文を確定する")


@with_js
def test_both_final_screens_show_the_legal_items(shopper: Shopper) -> None:
    shopper.to_confirmation()
    for item in LEGAL_ITEMS:
        expect(shopper.main.locator(f"[data-law={item}]"), item).to_have_text(re.compile(r"\S"))

    shopper.to_code_entry_from_confirmation()
    for item in LEGAL_ITEMS:
        expect(shopper.main.locator(f"[data-law={item}]"), item).to_have_text(re.compile(r"\S"))


@with_js
def test_the_total_with_the_fee_stands_on_every_screen(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact().choose(SMARTPHONE)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4136")

    shopper.review()
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4136")
    expect(shopper.see("confirm-total")).to_have_text("4,136円(税込)")

    shopper.to_code_entry_from_confirmation()
    expect(shopper.main.locator("[data-law=price]")).to_contain_text("4,136円(税込)")


@with_js
def test_an_order_is_placed_with_the_keyboard_alone(shopper: Shopper) -> None:
    keyboard = shopper.page.keyboard
    shopper.to_order_input()

    shopper.field("name").focus()
    for text in (NAME, "", "", "1000005"):  # past what is folded: company and reading
        keyboard.type(text)
        keyboard.press("Tab")
    expect(shopper.field("prefecture")).to_have_value("東京都")
    shopper.field("street").focus()
    keyboard.press("End")
    for text in ("2-7-2", "", shopper.number, shopper.email):
        keyboard.type(text)
        keyboard.press("Tab")
    shopper.method(COD).focus()
    keyboard.press("Space")
    shopper.see("review-order").focus()
    keyboard.press("Enter")
    shopper.see("confirm-submit").focus()
    keyboard.press("Enter")

    expect(shopper.main).to_have_attribute("data-step", "complete")


@with_js
def test_another_address_is_where_the_order_goes(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact().deliver_elsewhere().choose(COD).review()

    expect(shopper.main.locator("#delivery")).to_contain_text("佐藤 花子 様")
    expect(shopper.main.locator("#customer")).to_contain_text(HONOURED)
