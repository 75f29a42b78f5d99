"""The whole purchase without a mouse: every stop seen, nothing lost, everything said."""

from collections.abc import Iterator
from itertools import islice

import pytest
from playwright.sync_api import Page, expect

from storefront.testing import COD, SMARTPHONE, Shopper, scenario
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js

pytestmark = with_js
MOST_STOPS = 60

STOP = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const { left, right, top, bottom } = one.getClientRects()[0] || one.getBoundingClientRect();
  const isOnTop = (x, y) => {
    const seen = document.elementFromPoint(x, y);
    return seen && (one.contains(seen) || seen.contains(one));
  };
  return {
    outside: one === document.body,
    what: one.outerHTML.slice(0, 120),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    uncovered: isOnTop((left + right) / 2, (top + bottom) / 2)
      || isOnTop(left + 3, top + 3) || isOnTop(right - 3, bottom - 3),
  };
}"""


class Keyboard:
    """Goes from stop to stop until the page ends, and looks whether each can be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.press = page.keyboard.press
        self.unseen: list[str] = []

    def stops(self, key: str = "Tab") -> Iterator[str]:
        for _each in range(MOST_STOPS):
            self.press(key)
            stop = self.page.evaluate(STOP)
            if stop["outside"]:
                return
            if not (stop["ringed"] and stop["uncovered"]):
                self.unseen.append(stop["what"])
            yield stop["what"]

    def to(self, selector: str, key: str = "Tab") -> None:
        for _stop in self.stops(key):
            if self.page.evaluate("(one) => document.activeElement.matches(one)", selector):
                return
        raise AssertionError(f"no way to {selector}")

    def write(self, field: str, text: str) -> None:
        self.to(f"#{field}")
        self.page.keyboard.type(text)

    def push(self, test_id: str, key: str = "Enter") -> None:
        self.to(f'[data-testid="{test_id}"]')
        self.press(key)


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


def test_a_keyboard_is_enough_to_buy(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.open("/products/yunomi")
    keyboard.push("add-to-cart")
    expect(shopper.main).to_be_focused()
    keyboard.push("go-to-checkout")
    shopper.see("order-form").wait_for()
    keyboard.write("name", NAME)
    keyboard.write("postal_code", "100-0005")
    keyboard.press("Tab")
    expect(shopper.field("city")).to_have_value("千代田区")
    expect(shopper.announced).to_have_text("住所を入力しました")
    keyboard.write("street", "丸の内2-7-2")
    keyboard.write("tel", scenario("0000"))
    keyboard.write("email", shopper.email)
    keyboard.to("[name=payment]")
    keyboard.press("Space")
    expect(shopper.announced).to_have_text("手数料176円を追加し、合計は4,136円(税込)になりました")
    keyboard.push("review-order", "Space")
    expect(shopper.main).to_be_focused()
    keyboard.push("confirm-submit")
    shopper.see("sms-code").wait_for()
    keyboard.write("code", "1234")
    keyboard.press("Enter")

    expect(shopper.see("order-number")).to_be_visible()
    expect(shopper.heading).to_be_focused()
    assert keyboard.unseen == []


def test_a_keyboard_is_enough_to_mend_what_was_wrong(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.to_order_input()
    keyboard.to("#name")
    keyboard.press("Enter")
    expect(shopper.summary).to_be_focused()

    keyboard.press("Tab")
    keyboard.press("Enter")

    expect(shopper.field("name")).to_be_focused()
    assert keyboard.unseen == []


def test_arrows_choose_among_the_payment_methods(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.to_order_input()
    shopper.method(SMARTPHONE).focus()

    keyboard.press("ArrowDown")

    expect(shopper.method("kuroneko_payslip")).to_be_checked()
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4169")


def test_a_keyboard_is_enough_to_take_another_method(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.to_banner(scenario("0004"))
    expect(shopper.see("ng-banner")).to_be_focused()

    keyboard.push(f"switch-to-{COD}")
    shopper.see("confirm-submit").wait_for()
    keyboard.push("confirm-submit")

    expect(shopper.see("order-number")).to_be_visible()
    assert keyboard.unseen == []


@pytest.mark.parametrize("path", ["/", "/search", "/products/indigo-tote", "/help"])
def test_every_stop_of_a_screen_is_seen(shopper: Shopper, keyboard: Keyboard, path: str) -> None:
    shopper.open(path)

    assert len(set(keyboard.stops())) > 10
    assert keyboard.unseen == []


def test_the_way_back_has_the_same_stops(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.open("/cart")
    there = list(islice(keyboard.stops(), 8))

    back = list(islice(keyboard.stops("Shift+Tab"), 7))

    assert back == there[-2::-1]


def test_the_first_stop_leads_past_the_header(shopper: Shopper, keyboard: Keyboard) -> None:
    shopper.open("/products/yunomi")
    keyboard.to(".skip")

    keyboard.press("Enter")

    expect(shopper.main).to_be_focused()
    assert keyboard.unseen == []
