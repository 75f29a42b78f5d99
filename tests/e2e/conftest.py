"""The shop as a phone meets it: a real server, a small screen, with JavaScript and without."""

import itertools
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
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

from storefront.core.extensions import db
from storefront.gallery.browser import arguments, on_path
from storefront.gallery.own_shop import OwnShop, open_shop
from tests.app_pool import copy_data, hurry, keep_templates, own_folder
from tests.e2e.kept_contexts import KeptContexts
from tests.e2e.owner import OwnerPage
from tests.e2e.pages import Shopper
from tests.e2e.sandbox import Sandbox
from tests.signed_in import OWNER, a_person, cookie_of

REFUSED = "Failed to load resource: the server responded with a status of 4(04|22) "
RECORDINGS = ("--tracing", "--video", "--screenshot")  # made of new contexts only
COUNTER = itertools.count(1)


@pytest.fixture(scope="session")
def own_shop(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnShop]:
    folder = own_folder(seeded, tmp_path_factory.mktemp("instance"))
    copy_data(seeded, folder)
    with open_shop(folder) as shop:
        hurry(shop.app)
        keep_templates(seeded, shop.app)
        with shop.app.app_context():
            db.engine.dispose()  # those that are open wait for the disk
        yield shop


@pytest.fixture(scope="session")
def base_url(own_shop: OwnShop) -> str:
    return own_shop.url


@pytest.fixture(scope="module", autouse=True)
def as_new(base_url: str) -> None:
    """Each file begins with the demo shop as new, its clock on time."""
    Sandbox(base_url).reset()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or on_path() or playwright.chromium.executable_path
    if not shutil.which(path):
        pytest.exit("No Chromium: install the package chromium, or set CHROMIUM to one.", 2)
    return {**browser_type_launch_args, "executable_path": path, "args": arguments()}


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def js(request: pytest.FixtureRequest) -> bool:
    """Every test runs with JavaScript on and off, unless it says with_js or without_js."""
    return bool(request.param)


@pytest.fixture
def screen() -> ViewportSize:
    return {"width": 390, "height": 844}


@pytest.fixture
def lang() -> str:
    return "ja"


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
def sandbox(base_url: str) -> Sandbox:
    return Sandbox(base_url)


@pytest.fixture
def shopper(page: Page, sandbox: Sandbox, js: bool, lang: str) -> Shopper:
    """Has a phone number of their own."""
    return Shopper(page, sandbox, f"0801{next(COUNTER):07}", js=js, lang=lang)


@pytest.fixture
def role() -> str:
    return OWNER


@pytest.fixture
def owner_page(
    page: Page, sandbox: Sandbox, own_shop: OwnShop, js: bool, lang: str, role: str
) -> OwnerPage:
    """Signed in: the screens before that have tests of their own."""
    with own_shop.app.app_context():
        name, value = cookie_of(own_shop.app, a_person(role))
    page.context.add_cookies([{"name": name, "value": value, "url": own_shop.url}])
    return OwnerPage(page, sandbox, js=js, lang=lang)
