"""What a shopper has asked of their system: less motion, own colours, wider text, paper."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from storefront.testing import OpenedShop
from storefront.testing.states import STATES, Owner, Visitor
from storefront.testing.tabs import show
from tests.e2e.soundness import faults_of_layout

Open = Callable[[str], Page]
WIDTH = 320
BY_SLUG = {state.slug: state for state in STATES}
some_states = pytest.mark.parametrize(
    "slug", ["home", "product-no-option", "cart", "input-wrong", "sms-wrong", "ng-undelivered"]
)

MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration !== "0s" || style.animationName !== "none"
    || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 120))"""

UNMARKED = """() => {
  const paper = getComputedStyle(document.body).backgroundColor;
  const isMarked = (one) => {
    const { appearance, borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(one);
    if (one.matches("[type=checkbox], [type=radio]")) return appearance !== "none";
    return borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1
      && borderTopColor !== paper;
  };
  const wanted = ".btn, .chip, .summary, .ng, input:not([type=hidden]), select";
  return [...document.querySelectorAll(wanted)]
    .filter((one) => one.getClientRects().length && !one.closest(".vh") && !isMarked(one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""

# CSSOM, for the policy of the shop lets no style element in
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const isClipping = /hidden|clip/.test(getComputedStyle(one).overflow);
  return isClipping && !one.closest(".vh") && one.textContent.trim()
    && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDTH, "height": 800}, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def look_at(shop: OpenedShop, phone: BrowserContext) -> Open:
    """Opens a state; with no wishes of the system yet."""
    owner = Owner(shop.app)
    owner.begin_anew()

    def look(slug: str) -> Page:
        tab = show(phone, BY_SLUG[slug].how(Visitor(shop.url, "ja", owner)))
        tab.emulate_media(media="screen", forced_colors="none", reduced_motion="no-preference")
        return tab

    return look


@some_states
def test_nothing_moves_for_those_who_asked_for_less(look_at: Open, slug: str) -> None:
    tab = look_at(slug)

    tab.emulate_media(reduced_motion="reduce")

    assert tab.evaluate(MOVING) == []


def test_something_moves_for_the_others(look_at: Open) -> None:
    assert look_at("home").evaluate(MOVING)


@some_states
def test_controls_and_errors_have_an_edge_in_forced_colours(look_at: Open, slug: str) -> None:
    tab = look_at(slug)

    tab.emulate_media(forced_colors="active")

    assert tab.evaluate(UNMARKED) == []


def test_the_focus_has_a_ring_in_forced_colours(look_at: Open) -> None:
    tab = look_at("sms")
    tab.emulate_media(forced_colors="active")

    tab.get_by_test_id("sms-code").focus()

    ring = "getComputedStyle(document.activeElement).outline"
    assert "solid 3px" in tab.evaluate(ring)


def test_a_chosen_method_is_marked_in_forced_colours(look_at: Open) -> None:
    tab = look_at("input-filled")
    tab.emulate_media(forced_colors="active")

    chosen = tab.get_by_test_id("payment-cod").get_by_role("radio")

    assert chosen.is_checked()
    assert chosen.evaluate("(one) => getComputedStyle(one).appearance") != "none"


@some_states
def test_wider_text_is_neither_cut_nor_too_wide(look_at: Open, slug: str) -> None:
    tab = look_at(slug)

    tab.evaluate(SPACED)

    assert tab.evaluate(CLIPPED) == []
    assert faults_of_layout(tab, WIDTH) == []


@pytest.mark.parametrize("slug", ["receipt-paid", "legal-tokushoho"])
def test_paper_has_the_words_and_nothing_to_press(look_at: Open, slug: str) -> None:
    tab = look_at(slug)

    tab.emulate_media(media="print")

    assert tab.locator("main h1").is_visible()
    for unwanted in (".header", ".footer", ".sandbox-banner", ".btn"):
        assert not any(one.is_visible() for one in tab.locator(unwanted).all()), unwanted
