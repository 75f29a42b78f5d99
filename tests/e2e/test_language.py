"""English lives under /en, and nobody is sent there unasked."""

import re

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, Shopper
from tests.e2e.marks import with_js

pytestmark = with_js
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]+")
english = pytest.mark.parametrize("lang", ["en"])


@pytest.mark.browser_context_args(locale="en-US")
def test_an_english_browser_gets_japanese_until_it_asks(shopper: Shopper) -> None:
    shopper.open("/products/yunomi")

    expect(shopper.heading).to_contain_text("萩焼の湯呑")
    expect(shopper.page.locator("html")).to_have_attribute("lang", "ja")


def test_the_language_link_leads_to_the_same_page(shopper: Shopper) -> None:
    shopper.open("/products/yunomi").see("language").click()

    expect(shopper.page).to_have_url(re.compile("/en/products/yunomi$"))
    expect(shopper.page.locator("html")).to_have_attribute("lang", "en")
    shopper.see("language").click()
    expect(shopper.page).to_have_url(f"{shopper.sandbox.base_url}/products/yunomi")


def test_the_language_can_be_changed_in_the_middle_of_the_checkout(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).see("language").click()

    expect(shopper.page).to_have_url(re.compile("/en/checkout/confirm$"))
    expect(shopper.heading).to_have_text("Review your order")
    expect(shopper.see("confirm-total")).to_have_text("¥4,290 (tax incl.)")


def test_the_language_link_of_a_refused_form_leads_to_the_form(shopper: Shopper) -> None:
    shopper.to_order_input().give_contact("12").choose(COD).review()
    expect(shopper.summary).to_be_visible()

    shopper.see("language").click()

    expect(shopper.page).to_have_url(re.compile("/en/checkout$"))
    expect(shopper.page.get_by_role("textbox", name=re.compile("^Phone"))).to_have_value("12")


@english
def test_the_buttons_say_what_they_do_in_english(shopper: Shopper) -> None:
    shopper.to_confirmation()
    expect(shopper.see("confirm-submit")).to_have_text("Continue to SMS verification")

    shopper.confirm()
    expect(shopper.see("sms-submit")).to_have_text("Verify and place order")
    expect(shopper.heading).to_have_text("Enter the code")


@english
def test_the_mail_is_english(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.give_right_code()

    mail = shopper.sandbox.mail(shopper.email)
    assert "¥4,136 (tax incl.)" in mail["text"]
    assert "/en/orders/" in mail["text"]


@english
def test_a_wrong_code_is_told_in_english(shopper: Shopper) -> None:
    shopper.to_code_entry()

    shopper.give_code(shopper.sandbox.wrong_code(shopper.number))

    expect(shopper.summary).to_contain_text("That code is not right")
    expect(shopper.summary).to_contain_text("2 tries left")
    expect(shopper.page).to_have_title(re.compile("^Error: "))


@english
@pytest.mark.parametrize("path", ["/", "/products/yunomi", "/cart", "/orders/find", "/help"])
def test_an_english_page_has_no_japanese_words_left(shopper: Shopper, path: str) -> None:
    shopper.open(path)

    words = shopper.page.locator("#main").inner_text()

    assert JAPANESE.findall(words) == []


@english
def test_the_english_order_form_has_no_japanese_labels(shopper: Shopper) -> None:
    shopper.to_order_input()

    labels = shopper.page.locator("#main").locator("label, legend, button, h1, h2, summary")

    assert [text for text in labels.all_inner_texts() if JAPANESE.search(text)] == []
