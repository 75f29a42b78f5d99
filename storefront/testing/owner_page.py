"""What somebody does who looks after the shop: pages, fields and buttons by their words."""

from typing import TYPE_CHECKING, Self

from storefront.testing import numbers
from storefront.testing.sandbox import Sandbox

if TYPE_CHECKING:  # its methods are called, its names are not needed
    from playwright.sync_api import Locator, Page


class OwnerPage:
    """One tab on the owner's side."""

    def __init__(
        self, page: "Page", sandbox: Sandbox, *, js: bool = True, lang: str = "ja"
    ) -> None:
        self.page, self.sandbox, self.js, self.lang = page, sandbox, js, lang
        self.prefix = "/en" if lang == "en" else ""

    def open(self, path: str) -> Self:
        """A page of the owner's side, as /orders."""
        self.page.goto(f"{self.prefix}/admin{path}")
        return self

    def sign_in(self) -> Self:
        """As the demo owner; does nothing where somebody is signed in already."""
        if not self.open("/").page.locator("input[name=password]").count():
            return self
        way = self.sandbox.owner()
        self._send("input[name=password]", email=way["email"], password=way["password"])
        self._send("input[name=code]", code=self.sandbox.owner()["code"])
        self.page.locator("input[name=code]").wait_for(state="detached")
        return self

    def _send(self, until: str, **fields: str) -> None:
        """Fill fields by their names, and send the form with Enter."""
        self.page.locator(until).wait_for()
        for name, value in fields.items():
            self.page.locator(f"input[name={name}]").fill(value)
        self.page.locator(until).press("Enter")

    def ship(self, number: str, tracking_number: str = "") -> Self:
        """Send an order off; a parcel without a number given gets one that Yamato could give."""
        deed = self.open(f"/orders/{number}").see("deed-ship")
        deed.get_by_role("textbox").fill(tracking_number or numbers.tracking_number())
        deed.get_by_role("button").click()
        self.flash.wait_for()
        return self

    def deliver(self, number: str) -> Self:
        """Say that an order has arrived."""
        self.open(f"/orders/{number}").see("deed-deliver").get_by_role("button").click()
        self.flash.wait_for()
        return self

    def shop(self, path: str) -> Self:
        """A page of the shop, as a shopper sees it."""
        self.page.goto(self.prefix + path)
        return self

    @property
    def main(self) -> "Locator":
        return self.page.locator("main")

    @property
    def heading(self) -> "Locator":
        return self.page.get_by_role("heading", level=1)

    @property
    def flash(self) -> "Locator":
        return self.page.get_by_test_id("flash")

    @property
    def summary(self) -> "Locator":
        return self.page.get_by_test_id("error-summary")

    def see(self, test_id: str) -> "Locator":
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
