"""Whatever shoppers type runs nowhere on the owner's side, nor in a mail: CSP is switched off here,
so that only the escaping stands between the texts and the owner."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from storefront.testing import OpenedShop
from tests.behind_the_counter import hostile_orders, order_mails
from tests.hostile_texts import HOSTILE_TEXTS
from tests.signed_in import a_person, cookie_of

COUNT = "window.runs = 0; window.ran = () => { window.runs += 1; };"


@pytest.fixture
def context(browser, shop: OpenedShop):  # type: ignore[no-untyped-def]
    """A browser without the second wall, that counts what runs."""
    context: BrowserContext = browser.new_context(bypass_csp=True)
    context.add_init_script(COUNT)
    with shop.app.app_context():
        name, value = cookie_of(shop.app, a_person())
    context.add_cookies([{"name": name, "value": value, "url": shop.url}])
    yield context
    context.close()


@pytest.fixture
def numbers(shop: OpenedShop, sandbox) -> list[str]:  # type: ignore[no-untyped-def]
    """Two hundred orders, each of which holds one hostile text in every field."""
    made = sandbox.order(state="delivered", email="hostile@example.com")
    return hostile_orders(shop.app, made["number"])


def test_two_hundred_hostile_texts_run_nowhere(
    page: Page, shop: OpenedShop, numbers: list[str]
) -> None:
    runs = 0
    for path in _pages(numbers):
        page.goto(shop.url + path)
        runs += page.evaluate("window.runs")
    for number in numbers[::10]:
        _look_behind_the_mask(page, f"{shop.url}/admin/orders/{number}")
        runs += page.evaluate("window.runs")
    for body in order_mails(shop.app, numbers):
        page.set_content(body)
        runs += page.evaluate("window.runs")

    assert runs == 0


def _look_behind_the_mask(page: Page, address: str) -> None:
    """Streets and buildings stand on the page only then."""
    page.goto(address)
    page.get_by_test_id("reveal").click()
    expect(page.get_by_test_id("reveal")).to_have_count(0)
    page.wait_for_load_state("load")


def _pages(numbers: list[str]) -> list[str]:
    lists = ["/admin/orders", "/admin/orders/payments", "/admin/audit", "/admin/"]
    notes = "/admin/orders/notes?" + "&".join(f"n={one}" for one in numbers[::8])
    receipts = [f"/orders/hostile-{nth}" for nth in range(0, len(numbers), 10)]
    return [*lists, notes, *receipts, *(f"/admin/orders/{one}" for one in numbers)]


def test_the_same_texts_run_where_nothing_is_escaped(page: Page, shop: OpenedShop) -> None:
    """Or a count of none would mean nothing."""
    page.goto(shop.url + "/help")
    page.set_content("".join(f"<div>{text}</div>" for text in HOSTILE_TEXTS))
    page.wait_for_timeout(500)

    assert page.evaluate("window.runs") > 20
