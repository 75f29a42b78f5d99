"""What a shopper can do once the order is placed."""

from playwright.sync_api import BrowserContext, expect

from storefront.testing import COD, Shopper
from tests.e2e.marks import with_js, without_js


@with_js
def test_the_order_number_can_be_copied(shopper: Shopper, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    shopper.walk_to_confirmation(COD).confirm()
    number = shopper.see("order-number").inner_text()

    shopper.page.get_by_role("button", name="コピー").click()

    expect(shopper.announced).to_have_text("コピーしました")
    assert shopper.page.evaluate("navigator.clipboard.readText()") == number


@with_js
def test_a_number_that_cannot_be_copied_is_selected(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(COD).confirm()
    number = shopper.see("order-number").inner_text()
    shopper.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")

    shopper.page.get_by_role("button", name="コピー").click()

    shopper.page.wait_for_function("number => String(getSelection()) === number", arg=number)


@without_js
def test_without_javascript_nothing_offers_to_copy(shopper: Shopper) -> None:
    shopper.walk_to_confirmation(COD).confirm()

    expect(shopper.page.get_by_role("button", name="コピー")).to_be_hidden()
