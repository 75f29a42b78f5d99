"""pytest's plug-in: a shop for each worker, who acts in it, and what is kept of a failure.

Nothing is started or loaded for a test that asks for none of these fixtures. The browser is that of
pytest-playwright, with its options; Chromium is the one that CHROMIUM names or one on the PATH.
"""

import warnings
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from storefront.testing import failures

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

    from storefront.testing.form_shopper import FormShopper
    from storefront.testing.numbers import Phone
    from storefront.testing.owner_page import OwnerPage
    from storefront.testing.sandbox import Sandbox
    from storefront.testing.shop import Shop
    from storefront.testing.shopper import Shopper

WIDEST_PHONE = 600  # pixels
TIME_OUT = 10_000  # milliseconds for what a browser waits for
SHARED = "as_new would take away what other workers are at work on: leave out --storefront-url"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("storefront", "a test shop (storefront.testing)")
    group.addoption(
        "--storefront-url",
        metavar="URL",
        help="Test this shop, which runs already; else each worker starts one of its own.",
    )
    group.addoption(
        "--storefront-own-codes",
        action="store_true",
        help="Start shops whose own codes prove a phone, instead of Yamato's simulator.",
    )
    group.addoption(
        "--storefront-keep",
        choices=["failures", "nothing"],
        default="failures",
        help="Keep trace, screenshot and the shop's log of failed tests in --output (the default).",
    )


# The shop


@pytest.fixture(scope="session")
def shop(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[Shop]":
    """A shop as new for each worker, or the one that --storefront-url names."""
    from storefront.testing.shop import Shop

    url = request.config.getoption("--storefront-url")
    if url:
        yield Shop.at(url)
        return
    own_codes = bool(request.config.getoption("--storefront-own-codes"))
    log = tmp_path_factory.mktemp("shop") / "shop.log"
    with Shop.started(own_codes=own_codes, log=log) as shop:
        yield shop


@pytest.fixture
def sandbox(shop: "Shop") -> "Sandbox":
    """Its outside world: texts, mails, the clock."""
    return shop.sandbox


@pytest.fixture
def as_new(sandbox: "Sandbox", request: pytest.FixtureRequest) -> None:
    """The shop as new, for a test that counts what is in it."""
    workers = getattr(request.config, "workerinput", {}).get("workercount", 1)
    if request.config.getoption("--storefront-url") and workers > 1:
        pytest.skip(SHARED)
    sandbox.reset()


@pytest.fixture(scope="session")
def fresh_phones(request: pytest.FixtureRequest) -> "Iterator[Phone]":
    """Numbers that no other test has."""
    from storefront.testing import numbers

    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
    return numbers.fresh(int(worker.removeprefix("gw")))


@pytest.fixture
def phone(fresh_phones: "Iterator[Phone]") -> "Phone":
    """A number that no other test has; phone.ending("0004") makes a scenario happen."""
    return next(fresh_phones)


@pytest.fixture
def form_shopper(shop: "Shop", lang: str) -> "FormShopper":
    """Somebody without a browser, who reads forms from pages and sends them."""
    return shop.form_shopper(lang)


# How a shopper looks at it: override these, or parametrize them


@pytest.fixture
def js() -> bool:
    """Whether the shopper's browser runs scripts."""
    return True


@pytest.fixture
def lang() -> str:
    """ja or en."""
    return "ja"


@pytest.fixture
def screen() -> "ViewportSize":
    """A phone held upright."""
    return {"width": 390, "height": 844}


# The browser


@pytest.fixture(scope="session")
def shop_browser(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """Started as pytest-playwright's options say."""
    launch = _of_playwright(request, "launch_browser")
    options: dict[str, Any] = {}
    is_free = not request.getfixturevalue("browser_type_launch_args").get("channel")
    if request.getfixturevalue("browser_name") == "chromium" and is_free:
        from storefront.testing import chromium

        options = {"args": chromium.arguments()}
        if path := chromium.found():
            options["executable_path"] = path
    browser = launch(**options)
    yield browser
    browser.close()


def _of_playwright(request: pytest.FixtureRequest, name: str) -> Any:
    if not request.config.pluginmanager.has_plugin("playwright"):
        raise pytest.UsageError("A browser is needed: pip install 'storefront[testing]'")
    return request.getfixturevalue(name)


@pytest.fixture
def new_shop_context(
    request: pytest.FixtureRequest, shop: "Shop", js: bool, screen: "ViewportSize"
) -> "Iterator[Callable[..., BrowserContext]]":
    """Makes contexts whose addresses are the shop's; those of a failed test are kept."""
    browser = request.getfixturevalue("shop_browser")
    with warnings.catch_warnings():  # of pytest-playwright's own base_url, in a run with -W error
        warnings.simplefilter("ignore", pytest.PytestWarning)
        usual = request.getfixturevalue("browser_context_args")
    kept = failures.Recording(request.node)

    def new_context(**options: Any) -> "BrowserContext":
        given = {"java_script_enabled": js, "viewport": screen, **usual, **options}
        context: BrowserContext = browser.new_context(**{**given, "base_url": shop.url})
        context.set_default_timeout(TIME_OUT)
        kept.begin(context)
        return context

    yield new_context
    kept.end()


@pytest.fixture
def shop_page(
    request: pytest.FixtureRequest,
    new_shop_context: "Callable[..., BrowserContext]",
    screen: "ViewportSize",
) -> "Page":
    """The tab of the shopper, on a phone where the screen is that of one."""
    is_firefox = request.getfixturevalue("browser_name") == "firefox"  # it plays no phone
    is_chosen = request.config.getoption("--device")
    if is_firefox or is_chosen or screen["width"] > WIDEST_PHONE:
        return new_shop_context().new_page()
    return new_shop_context(is_mobile=True, has_touch=True).new_page()


# Who acts


@pytest.fixture
def shopper(
    shop_page: "Page", sandbox: "Sandbox", phone: "Phone", js: bool, lang: str
) -> "Shopper":
    """Somebody in a browser, with a phone number of their own."""
    from storefront.testing.shopper import Shopper

    return Shopper(shop_page, sandbox, phone, js=js, lang=lang)


@pytest.fixture
def in_state(
    new_shop_context: "Callable[..., BrowserContext]", sandbox: "Sandbox", js: bool, lang: str
) -> "Callable[..., Shopper]":
    """in_state("sms-expired") gives a shopper who stands there, in a tab of their own."""
    from storefront.testing.shopper import Shopper

    def enter(slug: str) -> Shopper:
        state = sandbox.enter(slug, lang)
        context = new_shop_context(storage_state=state["storage_state"])
        tel = (state["tel"] or "").replace("-", "")
        shopper = Shopper(context.new_page(), sandbox, tel, js=js, lang=lang)
        shopper.email = state["email"] or shopper.email
        shopper.page.goto(state["url"])
        return shopper

    return enter


@pytest.fixture(scope="session")
def owner_cookies() -> list[Any]:
    """Of the owner's last sign-in: one serves many tests."""
    return []


@pytest.fixture
def owner(
    new_shop_context: "Callable[..., BrowserContext]",
    sandbox: "Sandbox",
    owner_cookies: list[Any],
    js: bool,
    lang: str,
) -> "OwnerPage":
    """Who looks after the shop, signed in, at a desk."""
    from storefront.testing.owner_page import OwnerPage

    context = new_shop_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(owner_cookies)
    owner = OwnerPage(context.new_page(), sandbox, js=js, lang=lang).sign_in()
    owner_cookies[:] = context.cookies()
    return owner


# What is kept of a failure


def pytest_runtest_setup(item: pytest.Item) -> None:
    failures.begin(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    failures.note(item, report)
    return report
