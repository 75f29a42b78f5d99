"""What a visitor of the gallery sees: one page as it was answered, with its forms."""

import re
from dataclasses import dataclass
from functools import cached_property

from storefront.gallery import forms
from storefront.gallery.forms import Form

MAIN = re.compile(r"<main\b[^>]*>")
BANNER = re.compile(r'<section\b[^>]*data-testid="ng-banner"[^>]*>')


@dataclass(frozen=True)
class Marks:
    """What a page says of itself to programs: data-step and data-state of <main>, and the
    data-reason of the banner after a failed check; empty where there is none."""

    step: str = ""
    state: str = ""
    reason: str = ""


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

    @property
    def shown(self) -> Marks:
        main, banner = MAIN.search(self.html), BANNER.search(self.html)
        tag, section = main[0] if main else "", banner[0] if banner else ""
        return Marks(_data(tag, "step"), _data(tag, "state"), _data(section, "reason"))


def _data(tag: str, name: str) -> str:
    found = re.search(rf'data-{name}="([^"]*)"', tag)
    return found[1] if found else ""
