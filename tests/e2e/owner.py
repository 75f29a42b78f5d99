"""What somebody does who looks after the shop: pages, fields and buttons by their words."""

from typing import Self

from playwright.sync_api import Locator, Page

from tests.e2e.sandbox import Sandbox


class OwnerPage:
    """One tab on the owner's side."""

    def __init__(self, page: Page, sandbox: Sandbox, *, js: bool, lang: str = "ja") -> None:
        self.page, self.sandbox, self.js, self.lang = page, sandbox, js, lang
        self.prefix = "/en" if lang == "en" else ""

    def open(self, path: str) -> Self:
        """A page of the owner's side, as /orders."""
        self.page.goto(f"{self.prefix}/admin{path}")
        return self

    def shop(self, path: str) -> Self:
        """A page of the shop, as a shopper sees it."""
        self.page.goto(self.prefix + path)
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    @property
    def flash(self) -> Locator:
        return self.page.get_by_test_id("flash")

    @property
    def summary(self) -> Locator:
        return self.page.get_by_test_id("error-summary")

    def see(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    def fill(self, label: str, text: str) -> Self:
        self.main.get_by_label(label, exact=False).first.fill(text)
        return self

    def choose(self, label: str, option: str) -> Self:
        self.main.get_by_label(label, exact=False).first.select_option(label=option)
        return self

    def tick(self, label: str) -> Self:
        self.main.get_by_label(label, exact=False).first.check()
        return self

    def press(self, name: str) -> Self:
        self.main.get_by_role("button", name=name).first.click()
        return self

    def follow(self, name: str) -> Self:
        self.main.get_by_role("link", name=name).first.click()
        return self
