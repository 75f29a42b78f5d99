"""Browser contexts that are kept: opening one with its window costs more than most tests do."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext


class KeptContexts:
    """One context for each kind of phone, handed on from test to test.

    What a test adds to a context for good (an init script, a clock) stays in it: such a test
    makes a context of its own.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: dict[str, BrowserContext] = {}

    def take(self, **options: Any) -> BrowserContext:
        """A context with these options, without any cookie; its window is open already."""
        kind = repr(sorted(options.items()))
        if kind not in self.kept:
            self.kept[kind] = self.browser.new_context(**options)
            self.kept[kind].new_page()  # stays empty, and keeps the window open
        return self.kept[kind]

    def clear(self, context: BrowserContext) -> None:
        """Take everything away that the last test left; the cache of static files stays."""
        for page in context.pages[1:]:
            page.close()
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        context.set_offline(False)

    def close(self) -> None:
        for context in self.kept.values():
            context.close()
