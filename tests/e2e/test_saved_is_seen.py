"""In development an open page shows what was saved, a mistake too, and loses nothing typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from storefront.testing import Shopper
from tests.saved_pages import SCREENS, SHEET, CopiedShop, Editor, copied_shop, somebody, state

FORM = SCREENS["order form"]
PAPER = "getComputedStyle(document.body).backgroundColor"
WORDS = "translations/en/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def copied(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CopiedShop]:
    with copied_shop(seeded, tmp_path_factory.mktemp("copied")) as shop:
        yield shop


@pytest.fixture
def designer(
    copied: CopiedShop, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Shopper]:
    """At work on a page, in a browser of their own; the files are as they were afterwards."""
    with somebody(browser, copied, f"0902222{len(request.node.name):04}") as one:
        yield one
    for name in (FORM.template, SCREENS["code"].template, SHEET, WORDS):
        copied.restore(name)


@pytest.mark.parametrize("name", SCREENS)
def test_what_is_saved_is_seen_and_what_was_typed_stays(
    copied: CopiedShop, designer: Shopper, name: str
) -> None:
    screen = SCREENS[name]
    screen.reach(designer)
    before = state(designer.page)
    editor = Editor(copied, designer.page)

    editor.style()
    editor.template(screen.template)
    editor.style()

    assert state(designer.page) == before


def test_a_mistake_stands_above_the_page_until_it_is_mended(
    copied: CopiedShop, designer: Shopper
) -> None:
    FORM.reach(designer)
    before = state(designer.page)
    mistake = designer.page.get_by_test_id("design-mistake")

    copied.edit(FORM.template, "<h1>", "<h1>{{ nothing }}")
    expect(mistake).to_contain_text("'nothing' is undefined")
    copied.restore(FORM.template)
    expect(mistake).to_have_count(0)

    assert state(designer.page) == before


def test_a_mistake_that_a_press_meets_goes_by_itself_and_shows_what_was_answered(
    copied: CopiedShop, designer: Shopper
) -> None:
    designer.to_order_input()
    summary = "{{ error_summary(errors, old_token) }}"
    mistake = designer.page.get_by_test_id("design-mistake")
    designer.field("name").fill("山田 花子")

    copied.edit(FORM.template, summary, summary + "{% if errors %}{{ nothing }}{% endif %}")
    designer.page.wait_for_selector("html[data-design-seen]", state="attached")
    designer.review()
    expect(mistake).to_contain_text("order_input.html")
    copied.restore(FORM.template)

    expect(mistake).to_have_count(0)
    expect(designer.summary).to_be_visible()
    expect(designer.field("name")).to_have_value("山田 花子")


def test_a_mistake_in_a_style_is_shown_too(copied: CopiedShop, designer: Shopper) -> None:
    FORM.reach(designer)
    mistake = designer.page.get_by_test_id("design-mistake")

    copied.edit(SHEET, "var(--", "var(--no-")
    expect(mistake).to_contain_text(SHEET)
    copied.restore(SHEET)

    expect(mistake).to_have_count(0)


def test_a_page_that_is_a_mistake_becomes_the_page_that_was_asked_for(
    copied: CopiedShop, designer: Shopper
) -> None:
    designer.put_in_cart()
    copied.edit(FORM.template, "<h1>", "<h1>{{ nothing }}")
    designer.open("/checkout")
    expect(designer.page.get_by_test_id("design-mistake")).to_be_visible()

    copied.restore(FORM.template)

    expect(designer.see("order-form")).to_be_visible()


def test_english_is_seen_as_it_is_saved(copied: CopiedShop, designer: Shopper) -> None:
    designer.open("/en/")

    copied.edit(WORDS, 'msgstr "Cart"', 'msgstr "Basket of things"')

    expect(designer.page.locator("header")).to_contain_text("Basket of things")


def test_a_page_stays_with_the_shop_that_starts_anew(copied: CopiedShop, designer: Shopper) -> None:
    FORM.reach(designer)
    before = state(designer.page)

    copied.edit("cart/wording.py", '"""', '"""Changed. ')
    copied.edit(FORM.template, "<h1>", '<h1 data-edit="anew">')
    designer.page.wait_for_selector('h1[data-edit="anew"]', timeout=30_000)

    assert state(designer.page) == before


def test_a_style_that_is_saved_leaves_the_theme_on(
    seeded: Path, tmp_path: Path, browser: Browser
) -> None:
    with (
        copied_shop(seeded, tmp_path, theme="toys") as shop,
        somebody(browser, shop, "09033334444") as shopper,
    ):
        page = shopper.page
        page.goto("/")
        paper = page.evaluate(PAPER)

        Editor(shop, page).style()

        assert page.evaluate(PAPER) == paper
        tokens = shop.package.parent / "themes/toys/tokens.css"
        rule = ":root {\n  --paper: #ffe4e1;\n}\n"
        tokens.write_text(tokens.read_text(encoding="utf-8") + rule, encoding="utf-8")
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 228, 225)")
