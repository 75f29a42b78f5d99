"""A visitor of a running shop: opens pages, fills in their own forms, reads the sandbox phone."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self
from urllib.parse import urljoin

import requests

from storefront.gallery import forms
from storefront.gallery.forms import Form
from storefront.gallery.owner import Owner

PATIENCE = 30.0  # seconds; one number of the sandbox makes a sender hang for five
NO_LANGUAGE = "/sandbox"
CODE = re.compile(r"#(\d{4})\s*$")


class OwnShopOnly(Exception):
    """Play this on a demo shop of the gallery's own: it needs the owner's hand."""


@dataclass(frozen=True)
class Page:
    """What a visitor sees in the end, and what a browser needs to see the same."""

    address: str
    status: int
    html: str
    headers: dict[str, str]
    cookies: dict[str, str]
    is_mail: bool = False

    @cached_property
    def forms(self) -> list[Form]:
        return forms.read(self.html)

    def form(self, mark: str) -> Form:
        """The first form that has this id or test id, or holds it."""
        found = next((form for form in self.forms if mark in form.marks), None)
        if found is None:
            raise LookupError(f"no form with {mark!r} on {self.address} ({self.status})")
        return found


def _is_about(subject: str, subjects: Sequence[str]) -> bool:
    return not subjects or any(words in subject for words in subjects)


class Visitor:
    """One person with cookies of their own, in one language."""

    def __init__(self, url: str, language: str = "ja", owner: Owner | None = None) -> None:
        self.url, self.language = url.rstrip("/"), language
        self.prefix = "/en" if language == "en" else ""
        self._owner = owner
        self._http = requests.Session()
        self.page: Page

    @property
    def owner(self) -> Owner:
        if self._owner is None:
            raise OwnShopOnly
        return self._owner

    def another(self) -> Self:
        """Somebody else in the same shop."""
        return type(self)(self.url, self.language, self._owner)

    def get(self, path: str, **headers: str) -> Page:
        prefix = "" if path.startswith(NO_LANGUAGE) else self.prefix
        return self._see(
            self._http.get(self.url + prefix + path, headers=headers, timeout=PATIENCE)
        )

    def follow(self, mark: str) -> Page:
        """The link that has this test id."""
        found = re.search(rf'href="([^"]+)"[^>]*data-testid="{mark}"', self.page.html)
        if found is None:
            raise LookupError(f"no link {mark!r} on {self.page.address}")
        return self._see(self._http.get(urljoin(self.page.address, found[1]), timeout=PATIENCE))

    def press(self, mark: str, **changes: str) -> Page:
        """Send the form that holds this id or test id, by that button where it is one."""
        form = self.page.form(mark)
        return self.send(replace(form, fields=form.pressed(mark)), **changes)

    def send(self, form: Form, **changes: str) -> Page:
        address = urljoin(self.page.address, form.action)
        fields = {**form.fields, **changes}
        return self._see(self._http.post(address, data=fields, timeout=PATIENCE))

    def _see(self, answer: requests.Response) -> Page:
        cookies = self._http.cookies.get_dict()
        headers = dict(answer.headers)
        self.page = Page(answer.url, answer.status_code, answer.text, headers, cookies)
        return self.page

    def meet_fault(self, status: int) -> Page:
        """The home page, had something gone wrong there."""
        home = self.get("/")
        html = self.owner.error_page(status, self.url + self.prefix)
        self.page = replace(home, status=status, html=html)
        return self.page

    # the test shop's outside world

    def code(self, number: str) -> str:
        """The code of the newest text to this number."""
        found = CODE.search(self._sandbox("phone.json", number)[0]["text"])
        if found is None:
            raise LookupError(f"the newest text to {number} holds no code")
        return found[1]

    def mail(self, to: str, *subjects: str) -> Page:
        """The newest mail, or the newest with such a subject, as a mail program shows it."""
        end = time.monotonic() + PATIENCE
        while True:  # another worker may be sending it at this moment
            self.wait(0)
            mails = self._sandbox("mailbox.json", to)
            wanted = [one for one in mails if _is_about(one["subject"], subjects)]
            if wanted:
                break
            if time.monotonic() > end:
                raise LookupError(f"no mail {subjects} to {to}")
        html = wanted[0]["html"]
        return Page(f"{self.url}/sandbox/mailbox", 200, html, {}, {}, is_mail=True)

    def happen(self, **event: str) -> None:
        """Play an event of the outside world."""
        answer = requests.post(f"{self.url}/sandbox/events", json=event, timeout=PATIENCE)
        answer.raise_for_status()

    def wait(self, seconds: int) -> None:
        """Let the shop's clock run on, and do what fell due."""
        answer = requests.post(
            f"{self.url}/sandbox/clock", json={"advance": seconds}, timeout=PATIENCE
        )
        answer.raise_for_status()

    def _sandbox(self, what: str, to: str) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.url}/sandbox/{what}", params={"to": to}, timeout=PATIENCE)
        answer.raise_for_status()
        found: list[dict[str, Any]] = answer.json()
        return found
