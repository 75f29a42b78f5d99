"""What is typed and not sent is there again, and a quick second tap is told of."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from storefront.testing import COD, Shopper
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js, without_js


def typed(shopper: Shopper) -> Shopper:
    """Half a form, the last of it at this very moment."""
    shopper.to_order_input()
    shopper.field("name").fill(NAME)
    shopper.choose(COD)
    shopper.field("building").fill("さくらマンション101")
    return shopper


def expect_all(shopper: Shopper) -> None:
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.field("building")).to_have_value("さくらマンション101")
    expect(shopper.method(COD)).to_be_checked()


def back_to_cart(shopper: Shopper) -> None:
    shopper.page.get_by_role("button", name="カートに戻る").click()
    expect(shopper.page).to_have_url(re.compile("/cart$"))
    expect(shopper.see("cart-count")).to_be_visible()  # the header of the shop, not the checkout's
    shopper.go_to_checkout()


def back_and_forth(shopper: Shopper) -> None:
    shopper.go_back()
    expect(shopper.see("go-to-checkout")).to_be_visible()
    shopper.go_to_checkout()


def other_language(shopper: Shopper) -> None:
    shopper.see("language").click()
    expect(shopper.page).to_have_url(re.compile("/en/checkout$"))
    shopper.lang = "en"


@with_js
def test_what_was_just_typed_is_there_after_going_elsewhere_and_back(shopper: Shopper) -> None:
    ways: list[Callable[[Shopper], None]] = [back_to_cart, back_and_forth, other_language]
    typed(shopper)

    for way in ways:
        way(shopper)
        expect_all(shopper)


@without_js
def test_without_javascript_the_way_back_to_the_cart_keeps_what_is_typed(shopper: Shopper) -> None:
    typed(shopper)

    back_to_cart(shopper)

    expect_all(shopper)


@with_js
def test_what_was_just_typed_is_there_after_closing_the_tab(shopper: Shopper) -> None:
    tab = typed(shopper).in_new_tab()

    shopper.page.close(run_before_unload=True)

    for _look in range(50):
        tab.open("/checkout")
        if tab.field("building").input_value():
            break
    expect_all(tab)


def is_draft(response: object) -> bool:
    return getattr(response, "url", "").endswith("/checkout/draft")


@with_js
def test_each_change_is_kept_within_two_seconds_and_a_reload_shows_it(shopper: Shopper) -> None:
    shopper.to_order_input()
    for field, text in (("name", NAME), ("building", "さくらマンション101")):
        with shopper.page.expect_response(is_draft, timeout=2_000) as kept:
            shopper.field(field).fill(text)
        assert kept.value.status == 204
    with shopper.page.expect_response(is_draft, timeout=2_000):
        shopper.choose(COD)

    shopper.page.reload()

    expect_all(shopper)
    assert stored(shopper.page) == 0


def stored(page: Page) -> int:
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


@with_js
def test_an_address_that_was_looked_up_is_kept_too(shopper: Shopper) -> None:
    shopper.to_order_input()
    with shopper.page.expect_response(is_draft):
        shopper.field("postal_code").fill("1000005")
    with shopper.page.expect_response(is_draft):
        shopper.field("postal_code").blur()
        expect(shopper.field("city")).to_have_value("千代田区")

    shopper.page.reload()

    expect(shopper.field("city")).to_have_value("千代田区")


@with_js
def test_what_the_network_lost_is_sent_again(shopper: Shopper, expected_faults: list[str]) -> None:
    expected_faults.append(".* status of 503 .*")
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        if not lost:
            lost.append(route)
            route.fulfill(status=503)
        else:
            route.continue_()

    shopper.to_order_input()
    shopper.page.route("**/checkout/draft", lose_the_first)
    with shopper.page.expect_response(lambda one: is_draft(one) and one.status == 204):
        shopper.field("name").fill(NAME)

    shopper.page.reload()

    expect(shopper.field("name")).to_have_value(NAME)


@with_js
def test_a_late_draft_does_not_undo_what_was_sent(shopper: Shopper) -> None:
    held: list[Route] = []
    shopper.to_order_input().give_contact().choose(COD)
    shopper.page.route("**/checkout/draft", lambda route: held.append(route))
    shopper.field("building").fill("古い建物")
    while not held:
        shopper.page.wait_for_timeout(50)
    shopper.field("building").fill("もみじ荘202")
    shopper.review()
    expect(shopper.main).to_have_attribute("data-step", "confirm")

    for route in held:
        route.continue_()
    shopper.page.unroute("**/checkout/draft")
    shopper.open("/checkout")

    expect(shopper.field("building")).to_have_value("もみじ荘202")


@without_js
def test_without_javascript_what_a_button_carried_is_there(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.field("name").fill(NAME)
    shopper.field("postal_code").fill("1000005")
    shopper.look_up_address()

    back_to_cart(shopper)
    expect(shopper.field("name")).to_have_value(NAME)
    other_language(shopper)
    expect(shopper.field("name")).to_have_value(NAME)


@with_js
def test_a_second_tap_that_is_left_out_says_so(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).open("/checkout")

    shopper.page.evaluate(SECOND_TAP)

    expect(shopper.page.get_by_role("alert")).to_contain_text("もう一度押してください")
    expect(shopper.main).to_have_attribute("data-step", "confirm")


# A tap, and another one at once where the next screen has its own button.
SECOND_TAP = """async () => {
  const tap = (id, detail) => document.querySelector(`[data-testid=${id}]`)
    .dispatchEvent(new MouseEvent("click", {detail, bubbles: true, cancelable: true}));
  tap("review-order", 1);
  while (!document.querySelector("[data-testid=confirm-submit]")) {
    await new Promise((done) => setTimeout(done, 20));
  }
  tap("confirm-submit", 2);
}"""
