"""What a small phone shows: everything fits, and nothing zooms."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.pages import COD, SMARTPHONE, Shopper, scenario, with_js

pytestmark = with_js
SMALL: ViewportSize = {"width": 320, "height": 640}

WIDER = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5
          && !one.closest(".gallery, .vh, .skip, pre, iframe"))
  .map(one => one.outerHTML.slice(0, 120))"""
SMALL_TEXT = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter(one => !["hidden", "radio", "checkbox"].includes(one.type))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map(one => one.name)"""
TWICE = """() => [...document.querySelectorAll("[id]")].map(one => one.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""


def shop(shopper: Shopper) -> Iterator[str]:
    for path in ("/", "/search?q=茶", "/products/yunomi", "/products/indigo-tote", "/help"):
        shopper.open(path)
        yield path
    for path in ("/legal/tokushoho", "/legal/privacy", "/legal/terms", "/legal/returns"):
        shopper.open(path)
        yield path
    shopper.put_in_cart("indigo-tote")
    expect(shopper.summary).to_be_visible()
    yield "a refused product"
    shopper.put_in_cart("indigo-tote", option="M")
    expect(shopper.see("cart-total")).to_be_visible()
    yield "cart"


def order_input(shopper: Shopper) -> Iterator[str]:
    shopper.to_order_input().choose(SMARTPHONE).deliver_elsewhere()
    shopper.main.get_by_text("備考").click()
    yield "order input"
    shopper.review()
    expect(shopper.summary).to_be_visible()
    yield "a refused order input"


def checkout(shopper: Shopper) -> Iterator[str]:
    shopper.to_confirmation()
    yield "confirmation"
    shopper.to_code_entry_from_confirmation()
    for details in shopper.main.locator("summary").all():
        details.click()
    yield "code entry"
    shopper.give_code("12")
    expect(shopper.summary).to_be_visible()
    yield "a refused code"
    shopper.sandbox.advance(601)
    shopper.page.reload()
    expect(shopper.main).to_have_attribute("data-state", "expired")
    yield "an expired code"
    shopper.open("/checkout?switch=1")
    yield "other methods"


def refusal(shopper: Shopper) -> Iterator[str]:
    shopper.to_confirmation(tel=scenario("0004")).confirm()
    shopper.see("ng-banner").wait_for()
    yield "the banner"


def order(shopper: Shopper) -> Iterator[str]:
    shopper.to_confirmation(COD).confirm()
    shopper.see("order-number").wait_for()
    yield "completion"
    shopper.see("order-status-link").click()
    shopper.see("order-status").wait_for()
    yield "status"
    shopper.page.get_by_role("link", name="領収書").click()
    expect(shopper.heading).to_be_visible()
    yield "receipt"
    shopper.open("/orders/find").find_order("ABCD-1234", "a@example.com")
    expect(shopper.summary).to_be_visible()
    yield "a refused look-up"


def sandbox(shopper: Shopper) -> Iterator[str]:
    shopper.to_code_entry()
    for path in ("/sandbox/", "/sandbox/phone", "/sandbox/mailbox", "/no-such-page"):
        shopper.open(path)
        yield path


Walk = Callable[[Shopper], Iterator[str]]
every_walk = pytest.mark.parametrize("walk", [shop, order_input, checkout, refusal, order, sandbox])


@every_walk
@pytest.mark.parametrize("screen", [SMALL], ids=["small"])
def test_every_screen_fits_320_pixels(shopper: Shopper, walk: Walk) -> None:
    for name in walk(shopper):
        assert shopper.page.evaluate(WIDER) == [], name
        assert shopper.page.evaluate("document.documentElement.scrollWidth") == 320, name


@every_walk
def test_every_screen_is_sound(shopper: Shopper, walk: Walk) -> None:
    for name in walk(shopper):
        assert shopper.page.evaluate(SMALL_TEXT) == [], name
        assert shopper.page.evaluate(TWICE) == [], name
        assert shopper.page.locator("input[type=number]").count() == 0, name
        assert shopper.page.locator("h1").count() == 1, name
        assert " | さくら商店" in shopper.page.title(), name
        assert shopper.see("sandbox-banner").count() == 1, name
