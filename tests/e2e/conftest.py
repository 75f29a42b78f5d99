"""The shop as a phone meets it: a real server, a small screen, with JavaScript and without."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    WebError,
)

from storefront.testing import OpenedShop, OwnerPage, Sandbox, Shop
from storefront.testing.chromium import arguments, found
from tests.e2e.kept_contexts import KeptContexts
from tests.signed_in import OWNER, a_person, cookie_of

REFUSED = "Failed to load resource: the server responded with a status of 4(04|22) "
RECORDINGS = ("--tracing", "--video", "--screenshot")  # made of new contexts only


@pytest.fixture(scope="session")
def shop() -> Iterator[OpenedShop]:
    """In this process: some tests take its app into their hands. STOREFRONT_THEME dresses it."""
    with Shop.opened(theme=os.environ.get("STOREFRONT_THEME", "")) as shop:
        yield shop


@pytest.fixture(scope="session")
def base_url(shop: OpenedShop) -> str:
    return shop.url


@pytest.fixture(scope="module", autouse=True)
def new_for_each_file(shop: OpenedShop) -> None:
    """Each file begins with the demo shop as new, its clock on time."""
    shop.sandbox.reset()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    path = found() or playwright.chromium.executable_path
    if not shutil.which(path):
        pytest.exit("No Chromium: install the package chromium, or set CHROMIUM to one.", 2)
    return {**browser_type_launch_args, "executable_path": path, "args": arguments()}


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def js(request: pytest.FixtureRequest) -> bool:
    """Every test runs with JavaScript on and off, unless it says with_js or without_js."""
    return bool(request.param)


@pytest.fixture
def expected_faults() -> list[str]:
    """What the console may say; a test that breaks something adds to it."""
    return [REFUSED]


@pytest.fixture(scope="session")
def kept_contexts(browser: Browser) -> Iterator[KeptContexts]:
    kept = KeptContexts(browser)
    yield kept
    kept.close()


@pytest.fixture
def phone_context(
    kept_contexts: KeptContexts,
    new_context: Callable[..., BrowserContext],
    browser_context_args: dict[str, Any],
    js: bool,
    screen: ViewportSize,
    request: pytest.FixtureRequest,
) -> Iterator[BrowserContext]:
    """A phone's browser as it comes from the shop; a new one where the test is recorded."""
    phone = {"java_script_enabled": js, "viewport": screen, "is_mobile": True, "has_touch": True}
    if any(request.config.getoption(one) != "off" for one in RECORDINGS):
        yield new_context(**phone)
        return
    marker = request.node.get_closest_marker("browser_context_args")
    context = kept_contexts.take(
        **browser_context_args, **phone, **(marker.kwargs if marker else {})
    )
    yield context
    kept_contexts.clear(context)


@pytest.fixture
def context(phone_context: BrowserContext, expected_faults: list[str]) -> Iterator[BrowserContext]:
    """A phone's browser; its test fails when a script of ours does, or the browser complains."""
    faults: list[str] = []

    def note_error(error: WebError) -> None:
        faults.append(str(error.error))

    def note_message(message: ConsoleMessage) -> None:
        faults.extend([message.text] * (message.type == "error"))

    context = phone_context
    context.set_default_timeout(10_000)
    context.on("weberror", note_error)
    context.on("console", note_message)
    yield context
    context.remove_listener("weberror", note_error)
    context.remove_listener("console", note_message)
    expected = re.compile("|".join(expected_faults))
    assert [fault for fault in faults if not expected.match(fault)] == []


@pytest.fixture
def shop_page(page: Page) -> Page:
    """The shopper's tab is the test's."""
    return page


@pytest.fixture
def role() -> str:
    return OWNER


@pytest.fixture
def owner_page(
    page: Page, sandbox: Sandbox, shop: OpenedShop, js: bool, lang: str, role: str
) -> OwnerPage:
    """Signed in: the screens before that have tests of their own."""
    with shop.app.app_context():
        name, value = cookie_of(shop.app, a_person(role))
    page.context.add_cookies([{"name": name, "value": value, "url": shop.url}])
    return OwnerPage(page, sandbox, js=js, lang=lang)
