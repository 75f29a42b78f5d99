"""Shows a visitor's page in a browser: the page as it was answered, everything else live."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright
from playwright.sync_api import Page as Tab

from storefront.gallery.chromium import arguments, on_path
from storefront.gallery.page import Page

KEPT = {"content-type", "content-security-policy"}  # lengths and encodings are of another answer


@contextmanager
def chromium(path: str | None = None) -> Iterator[Browser]:
    """The one at path, on the PATH, or Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or on_path(), args=arguments())
        yield browser
        browser.close()


def show(context: BrowserContext, page: Page) -> Tab:
    """Open the page at its true address, with the visitor's cookies.

    A refused form cannot be opened by its address: that one request is answered with what the
    visitor was answered; scripts, pictures, polls and forms go to the shop.
    """
    context.clear_cookies()
    context.add_cookies(
        [
            {"name": name, "value": value, "url": page.address}
            for name, value in page.cookies.items()
        ]
    )
    tab = context.pages[0] if context.pages else context.new_page()
    headers = {name: value for name, value in page.headers.items() if name.lower() in KEPT}
    headers.setdefault("Content-Type", "text/html; charset=utf-8")

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(status=page.status, headers=headers, body=page.html)
        else:
            route.continue_()

    tab.unroute_all()
    tab.route(page.address, answer, times=1)
    tab.goto(page.address)
    return tab
