"""One template for partial and page, and what HTMX does when the line is bad."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from storefront.testing import COD, Shopper, scenario
from storefront.testing.specimen import NAME
from tests.e2e.marks import with_js

pytestmark = with_js
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
CHANGING = re.compile(r'(name="csrf_token" value|data-now)="[^"]*"')


def put_in(shopper: Shopper) -> None:
    shopper.put_in_cart()
    expect(shopper.see("cart-total")).to_be_visible()
    shopper.open("/cart")


def order_input(shopper: Shopper) -> None:
    shopper.to_order_input()


def confirmation(shopper: Shopper) -> None:
    shopper.to_confirmation()


def code_entry(shopper: Shopper) -> None:
    shopper.to_code_entry()


def refusal(shopper: Shopper) -> None:
    shopper.to_confirmation(tel=scenario("0004")).confirm()
    shopper.see("ng-banner").wait_for()


def completion(shopper: Shopper) -> None:
    shopper.to_confirmation(COD).confirm()
    shopper.see("order-number").wait_for()


def status(shopper: Shopper) -> None:
    completion(shopper)
    shopper.see("order-status-link").click()
    shopper.see("order-status").wait_for()


SCREENS: dict[str, Callable[[Shopper], None]] = {
    "cart": put_in,
    "input": order_input,
    "confirm": confirmation,
    "sms": code_entry,
    "ng": refusal,
    "complete": completion,
    "status": status,
}
PLAIN = [
    "/",
    "/search",
    "/search?q=茶",
    "/products/yunomi",
    "/products/indigo-tote",
    "/cart",
    "/orders/find",
    "/legal/tokushoho",
    "/legal/privacy",
    "/legal/terms",
    "/legal/returns",
    "/help",
    "/no-such-page",
]


def mains(shopper: Shopper, address: str) -> list[str]:
    """The <main> of the page and of the partial, without what differs at every request."""
    found = []
    for headers in ({}, {"HX-Request": "true"}):
        text = shopper.page.request.get(address, headers=headers).text()
        main = MAIN.search(text)
        assert main, f"no <main> with {headers}"
        found.append(CHANGING.sub("", main[0]))
        assert ("<!doctype html>" in text.lower()) is not bool(headers)
    return found


@pytest.mark.parametrize("screen_name", SCREENS)
def test_htmx_gets_the_main_of_the_page_at_each_step(shopper: Shopper, screen_name: str) -> None:
    SCREENS[screen_name](shopper)

    page, partial = mains(shopper, shopper.page.url)

    assert partial == page


def test_htmx_gets_the_main_of_every_other_page(shopper: Shopper) -> None:
    for path in PLAIN:
        page, partial = mains(shopper, path)
        assert partial == page, path


def test_every_answer_depends_on_who_asks(shopper: Shopper) -> None:
    shopper.to_code_entry()

    for path in (*PLAIN, "/checkout", "/checkout/confirm", "/checkout/sms"):
        answer = shopper.page.request.get(path)
        assert "HX-Request" in answer.headers["vary"], path


def test_after_each_post_the_address_is_that_of_the_screen(shopper: Shopper) -> None:
    shopper.put_in_cart()
    expect(shopper.page).to_have_url(re.compile(r"/cart$"))
    shopper.go_to_checkout().give_contact().review()
    expect(shopper.summary).to_be_visible()
    expect(shopper.page).to_have_url(re.compile(r"/checkout$"))
    shopper.choose("kuroneko_smartphone").review()
    expect(shopper.page).to_have_url(re.compile(r"/checkout/confirm$"))
    shopper.confirm()
    expect(shopper.page).to_have_url(re.compile(r"/checkout/sms$"))
    shopper.give_code("12")
    expect(shopper.summary).to_be_visible()
    expect(shopper.page).to_have_url(re.compile(r"/checkout/sms$"))
    shopper.resend()
    expect(shopper.summary).to_contain_text("秒でもう一度")
    expect(shopper.page).to_have_url(re.compile(r"/checkout/sms$"))
    shopper.see("sms-other-method").click()
    expect(shopper.page).to_have_url(re.compile(r"/checkout\?switch=1$"))
    shopper.switch_to(COD)
    expect(shopper.page).to_have_url(re.compile(r"/checkout/confirm$"))


def test_a_refused_form_adds_nothing_to_the_history(shopper: Shopper) -> None:
    shopper.to_order_input()
    before = shopper.page.evaluate("history.length")

    shopper.review()
    expect(shopper.summary).to_be_visible()

    assert shopper.page.evaluate("history.length") == before


def test_a_step_is_not_loaded_as_a_whole_page(shopper: Shopper) -> None:
    shopper.to_confirmation(COD)

    with shopper.requests() as sent:
        shopper.confirm()
        expect(shopper.main).to_have_attribute("data-step", "complete")

    assert [one.url for one in sent if one.resource_type == "document"] == []


def test_the_checkout_asks_nobody_else_for_anything(shopper: Shopper) -> None:
    with shopper.requests() as sent:
        shopper.walk_to_confirmation().to_code_entry_from_confirmation().give_right_code()
        expect(shopper.main).to_have_attribute("data-step", "complete")

    home = f"{shopper.sandbox.base_url}/"
    assert [one.url for one in sent if not one.url.startswith((home, "data:"))] == []


@pytest.mark.parametrize("status_code", [500, 503, 429])
def test_a_broken_answer_leaves_the_form_and_says_so(
    shopper: Shopper, expected_faults: list[str], status_code: int
) -> None:
    expected_faults.append(f"Failed to load resource: .*status of {status_code}")
    shopper.to_order_input().give_contact().choose(COD)
    expect(shopper.see("order-total")).to_have_attribute("data-yen", "4290")
    shopper.page.route("**/checkout", lambda route: route.fulfill(status=status_code, body="no"))

    shopper.review()

    expect(shopper.page.get_by_role("alert")).to_contain_text("入力内容は残っています")
    expect(shopper.field("name")).to_have_value(NAME)
    expect(shopper.see("review-order")).to_be_enabled()


def test_a_broken_line_leaves_the_form_and_says_so(
    shopper: Shopper, expected_faults: list[str]
) -> None:
    expected_faults += ["Failed to load resource: net::ERR_INTERNET", "htmx: htmx:error: "]
    shopper.to_order_input().give_contact().choose(COD)
    shopper.page.context.set_offline(True)
    shopper.review()
    expect(shopper.page.get_by_role("alert")).to_contain_text("インターネットに接続できません")
    expect(shopper.field("name")).to_have_value(NAME)

    shopper.page.context.set_offline(False)
    shopper.review()

    expect(shopper.main).to_have_attribute("data-step", "confirm")
    expect(shopper.page.get_by_role("alert")).to_be_empty()


def test_a_slow_press_is_told_after_a_second_and_can_not_be_repeated(shopper: Shopper) -> None:
    shopper.to_confirmation()
    shopper.page.route("**/checkout/confirm", lambda route: shopper.later(route, 1500))

    shopper.confirm()

    expect(shopper.see("confirm-submit")).to_be_disabled()
    expect(shopper.announced).not_to_be_empty()
    expect(shopper.see("sms-code")).to_be_visible()
    expect(shopper.announced).to_be_empty()
    assert len(shopper.sandbox.texts(shopper.number)) == 1
