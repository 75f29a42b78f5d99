"""What is kept of a test that failed: a trace and a picture of each tab, and the shop's log."""

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from storefront.testing.shop import Shop

HAS_FAILED = pytest.StashKey[bool]()
LOGGED_BEFORE = pytest.StashKey[int]()
LAST_SHOP = pytest.StashKey["Shop"]()
LONGEST = 150  # characters of a folder's name


class Recording:
    """The browser contexts of one test, recorded until it is known whether it failed."""

    def __init__(self, item: pytest.Item) -> None:
        self.item = item
        self.is_wanted = _are_kept(item)
        self.contexts: list[BrowserContext] = []

    def begin(self, context: "BrowserContext") -> None:
        if self.is_wanted:
            context.tracing.start(screenshots=True, snapshots=True, sources=True)
        self.contexts.append(context)

    def end(self) -> None:
        """Close all; keep what they show, where the test has failed."""
        is_kept = self.is_wanted and self.item.stash.get(HAS_FAILED, False)
        for nth, context in enumerate(self.contexts, 1):
            if is_kept:
                self._keep(context, nth)
            context.close()

    def _keep(self, context: "BrowserContext", nth: int) -> None:
        folder = _folder(self.item)
        with suppress(Exception):  # of a browser that has crashed there is less
            for tab, page in enumerate(context.pages, 1):
                page.screenshot(path=folder / f"screenshot-{nth}-{tab}.png", full_page=True)
            context.tracing.stop(path=folder / f"trace-{nth}.zip")


def begin(item: pytest.Item) -> None:
    """Remember how much the shop had logged before this test."""
    shop = item.config.stash.get(LAST_SHOP, None)
    item.stash[LOGGED_BEFORE] = shop.log_size if shop else 0
    item.stash[HAS_FAILED] = False


def note(item: pytest.Item, report: pytest.TestReport) -> None:
    """Remember whether the test failed, and keep what the shop has logged meanwhile."""
    shop = _shop(item)
    if shop is None:
        return
    item.config.stash[LAST_SHOP] = shop
    if not report.failed or item.stash.get(HAS_FAILED, False):
        return
    item.stash[HAS_FAILED] = True
    if shop.log and _are_kept(item):
        folder = _folder(item)
        log = shop.logged(item.stash.get(LOGGED_BEFORE, 0))
        (folder / "shop.log").write_text(log, encoding="utf-8")
        report.sections.append(("storefront", f"kept in {folder}"))


def _shop(item: pytest.Item) -> "Shop | None":
    """The test's shop, where it is one of ours."""
    found: Any = getattr(item, "funcargs", {}).get("shop")
    return found if type(found).__module__ == "storefront.testing.shop" else None


def _are_kept(item: pytest.Item) -> bool:
    return item.config.getoption("--storefront-keep") == "failures"


def _folder(item: pytest.Item) -> Path:
    """For what is kept of this test, in the folder of pytest-playwright's --output."""
    name = re.sub(r"[^\w.-]+", "-", item.nodeid)[-LONGEST:]
    folder = Path(item.config.getoption("--output", "test-results")).absolute() / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
