"""A visitor of a running shop: opens pages, fills in their own forms, reads the sandbox phone."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Self
from urllib.parse import urljoin

from storefront.gallery.customer import Customer
from storefront.gallery.forms import Form
from storefront.gallery.owner import Owner
from storefront.gallery.page import Page
from storefront.gallery.reach import PATIENCE, Network, Reach

NO_LANGUAGE = "/sandbox"
CODE = re.compile(r"#(\d{4})\s*$")
ORDER_NUMBER = re.compile(r'data-testid="order-number">([A-Z0-9-]+)')
USUAL = Customer()


class OwnShopOnly(Exception):
    """Play this on a demo shop of the gallery's own: it needs the owner's hand."""


def _is_about(subject: str, subjects: Sequence[str]) -> bool:
    return not subjects or any(words in subject for words in subjects)


class Visitor:
    """One person with cookies of their own, in one language."""

    def __init__(
        self,
        reach: Reach | str,
        language: str = "ja",
        owner: Owner | None = None,
        customer: Customer = USUAL,
    ) -> None:
        """reach: the way to the shop, or the address of one that is served."""
        self._reach: Reach = Network(reach) if isinstance(reach, str) else reach
        self.url, self.language, self.customer = self._reach.url, language, customer
        self.prefix = "/en" if language == "en" else ""
        self._owner = owner
        self.page: Page
        self.tel = self.email = ""  # as they were typed last
        self.order = ""  # the number of the order that was seen last

    @property
    def owner(self) -> Owner:
        if self._owner is None:
            raise OwnShopOnly
        return self._owner

    def another(self) -> Self:
        """Somebody else in the same shop."""
        return type(self)(self._reach.another(), self.language, self._owner, self.customer)

    def get(self, path: str, **headers: str) -> Page:
        prefix = "" if path.startswith(NO_LANGUAGE) else self.prefix
        return self._see(self._reach.get(self.url + prefix + path, headers))

    def follow(self, mark: str) -> Page:
        """The link that has this test id."""
        found = re.search(rf'href="([^"]+)"[^>]*data-testid="{mark}"', self.page.html)
        if found is None:
            raise LookupError(f"no link {mark!r} on {self.page.address}")
        return self._see(self._reach.get(urljoin(self.page.address, found[1]), {}))

    def press(self, mark: str, **changes: str) -> Page:
        """Send the form that holds this id or test id, by that button where it is one."""
        form = self.page.form(mark)
        return self.send(replace(form, fields=form.pressed(mark)), **changes)

    def send(self, form: Form, **changes: str) -> Page:
        fields = {**form.fields, **changes}
        self.tel = fields.get("sms_tel") or fields.get("tel") or self.tel
        self.email = fields.get("email") or self.email
        return self._see(self._reach.send(urljoin(self.page.address, form.action), fields))

    def _see(self, page: Page) -> Page:
        self.page = page
        found = ORDER_NUMBER.search(page.html)
        self.order = found[1] if found else self.order
        return page

    def meet_fault(self, status: int) -> Page:
        """The home page, had something gone wrong there."""
        home = self.get("/")
        html = self.owner.error_page(status, self.url + self.prefix)
        self.page = replace(home, status=status, html=html)
        return self.page

    # the test shop's outside world

    def code(self, number: str) -> str:
        """The code of the newest text to this number."""
        found = CODE.search(self._reach.ask("/sandbox/phone.json", to=number)[0]["text"])
        if found is None:
            raise LookupError(f"the newest text to {number} holds no code")
        return found[1]

    def mail(self, to: str, *subjects: str) -> Page:
        """The newest mail, or the newest with such a subject, as a mail program shows it."""
        end = time.monotonic() + PATIENCE
        while True:  # another worker may be sending it at this moment
            self.wait(0)
            mails = self._reach.ask("/sandbox/mailbox.json", to=to)
            wanted = [one for one in mails if _is_about(one["subject"], subjects)]
            if wanted:
                break
            if time.monotonic() > end:
                raise LookupError(f"no mail {subjects} to {to}")
        address = f"{self.url}/sandbox/mailbox?to={to}"
        self.page = Page(address, 200, wanted[0]["html"], {}, {}, is_mail=True)
        return self.page

    def happen(self, **event: str) -> None:
        """Play an event of the outside world."""
        self._reach.tell("/sandbox/events", event)

    def wait(self, seconds: int) -> None:
        """Let the shop's clock run on, and do what fell due."""
        self._reach.tell("/sandbox/clock", {"advance": seconds})
