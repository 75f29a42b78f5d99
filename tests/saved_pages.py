"""A shop in development whose package is a copy, and pages of it that somebody is at work on."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from storefront.testing import Sandbox, Shopper
from tests.proofs.shop import RunningShop, copied, started

PACKAGE = Path(__file__).parents[1] / "storefront"
SHEET = "static/css/components/box.css"
STATE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const active = document.activeElement;
  return {
    fields: all("main :is(input:not([type=hidden]), select, textarea)")
      .map((one) => [one.id || one.name, one.value, one.checked === true]),
    open: all("main details").map((one) => one.open),
    focus: [active.id, active.selectionStart, active.selectionEnd],
    scroll: Math.round(scrollY),
    errors: all("main .err:not([hidden]), #error-summary").map((one) => one.textContent.trim()),
  };
}"""


class CopiedShop(RunningShop):
    """Served as `make run` does in development, from a copy of the package."""

    def __init__(self, folder: Path, package: Path, theme: str = "") -> None:
        worn = {"STOREFRONT_THEME": theme} if theme else {}
        path = str(package.parent)
        super().__init__(folder, STOREFRONT_ENV="development", PYTHONPATH=path, **worn)
        self.where, self.package = package.parent, package

    def edit(self, name: str, before: str, after: str) -> None:
        """Save a file of the package with other words in the place of the first such ones."""
        path = self.package / name
        path.write_text(
            path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8"
        )

    def restore(self, name: str) -> None:
        shutil.copyfile(PACKAGE / name, self.package / name)


@contextmanager
def copied_shop(seeded: Path, folder: Path, theme: str = "") -> Iterator[CopiedShop]:
    package = shutil.copytree(PACKAGE, folder / "copy" / "storefront")
    if theme:
        shutil.copytree(PACKAGE.parent / "themes" / theme, folder / "copy" / "themes" / theme)
    with started(CopiedShop(copied(seeded, folder / "shop"), package, theme)) as shop:
        yield shop


@contextmanager
def somebody(browser: Browser, shop: RunningShop, number: str) -> Iterator[Shopper]:
    """A shopper with a phone's browser."""
    context = browser.new_context(base_url=shop.url, viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    yield Shopper(context.new_page(), Sandbox(shop.url), number)
    context.close()


@dataclass(frozen=True)
class Screen:
    """Which template it is of, and how one gets there and leaves it half filled in."""

    template: str
    reach: Callable[[Shopper], object]


def fill_in(shopper: Shopper) -> None:
    """Much of the order form, the cursor in the middle of a word; nothing is sent."""
    shopper.to_order_input()
    shopper.field("name").fill("山田 花子")
    shopper.field("postal_code").fill("1000005")
    shopper.field("street").fill("丸の内1-1")
    shopper.field("email").fill("hanako@example")
    page = shopper.page
    page.get_by_text("別の住所に届ける").click()
    page.locator("#ship_name").fill("佐藤 一")
    page.locator("summary", has_text="備考").click()
    page.locator("#note").fill("一行目\n二行目")
    put_cursor(page, "note", 2)


def be_refused(shopper: Shopper) -> None:
    """422: a wrong mail address, and much that is missing."""
    fill_in(shopper)
    shopper.review()
    shopper.summary.wait_for()
    shopper.field("name").fill("山田 花子 改")
    put_cursor(shopper.page, "name", 3)


def begin_code(shopper: Shopper) -> None:
    shopper.to_code_entry()
    shopper.page.locator("main details summary").first.click()
    shopper.code_field.fill("12")
    put_cursor(shopper.page, "code", 1)


def give_wrong_code(shopper: Shopper) -> None:
    """422: a try is spent, and a second code begun."""
    shopper.to_code_entry().give_wrong_code()
    shopper.summary.wait_for()
    shopper.code_field.fill("34")
    put_cursor(shopper.page, "code", 1)


def put_cursor(page: Page, field: str, place: int) -> None:
    page.locator(f"#{field}").focus()
    page.evaluate("(at) => document.activeElement.setSelectionRange(at, at)", place)


SCREENS = {
    "order form": Screen("templates/checkout/order_input.html", fill_in),
    "code": Screen("templates/checkout/sms.html", begin_code),
    "refused order form": Screen("templates/checkout/order_input.html", be_refused),
    "refused code": Screen("templates/checkout/sms.html", give_wrong_code),
}


def state(page: Page) -> dict[str, Any]:
    """All that a person has done to a page, and what it told them."""
    found: dict[str, Any] = page.evaluate(STATE)
    return found


class Editor:
    """Saves a file and waits until an open page shows it; numbers tell the edits apart."""

    def __init__(self, shop: CopiedShop, page: Page) -> None:
        self.shop, self.page, self.number = shop, page, 0

    def template(self, name: str) -> float:
        """Seconds until the heading has a new attribute."""
        self.number += 1
        text = (PACKAGE / name).read_text(encoding="utf-8")
        begun = time.perf_counter()
        # written once: of two within a tick of the disk's clock Jinja could take the first for both
        text = text.replace("<h1>", f'<h1 data-edit="{self.number}">')
        (self.shop.package / name).write_text(text, encoding="utf-8")
        self.page.wait_for_selector(f'h1[data-edit="{self.number}"]')
        return time.perf_counter() - begun

    def style(self) -> float:
        """Seconds until <main> is styled anew."""
        self.number += 1
        text = (PACKAGE / SHEET).read_text(encoding="utf-8")
        begun = time.perf_counter()
        rule = f"main {{\n  outline-offset: {self.number}px;\n}}\n"
        (self.shop.package / SHEET).write_text(text + rule, encoding="utf-8")
        shown = (
            "(wanted) => getComputedStyle(document.querySelector('main')).outlineOffset === wanted"
        )
        self.page.wait_for_function(shown, arg=f"{self.number}px")
        return time.perf_counter() - begun
