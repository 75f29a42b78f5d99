"""A page as a frame shows it: in one colour scheme or on paper, whatever the browser prefers, and
unable to ask the shop for anything."""

import re
from dataclasses import dataclass

from flask import current_app

from storefront.web.assets import Assets
from storefront.web.i18n import plain_url_for

SCHEMES = ("light", "dark")
PAPER = "paper"  # a page as it is printed
MARGIN = "\nhtml{padding:1.5cm}"  # which a printer leaves
ALWAYS, NEVER = "(min-width: 0)", "(max-width: 0)"

SHEET = re.compile(r'(<link rel="stylesheet" href=")/static/(css/[\w/-]+)(\.[0-9a-f]{12}\.css)"')
# htmx would ask the shop as the browser's own visitor; the kit's own scripts stand around a frame
SCRIPT = re.compile(r'<script src="/(?:static/vendor/htmx|design/static/)[^>]*></script>')
AUTOFOCUS = re.compile(r"(<[^>]*) autofocus\b")  # it would take the keys away from the page around
PREFERENCE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
EITHER = re.compile(r"(?<![\w-])color-scheme:\s*light dark")
MEDIUM = re.compile(r"@media\s+(print|screen)\b")

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'{}; connect-src 'none'; "
    "form-action 'none'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'"
)


@dataclass(frozen=True)
class Look:
    """scheme: one of SCHEMES, or PAPER."""

    language: str
    scheme: str

    @property
    def colours(self) -> str:
        return "light" if self.scheme == PAPER else self.scheme

    @property
    def medium(self) -> str:
        return "print" if self.scheme == PAPER else "screen"


def policy(is_mail: bool) -> str:
    """No script asks the shop, no form is sent; the styles of a mail stand in the mail."""
    return POLICY.format(" 'unsafe-inline'" if is_mail else "")


def page(html: str, scheme: str) -> str:
    """The same page with the conditions of its styles answered."""
    html = AUTOFOCUS.sub(r"\1", SCRIPT.sub("", html))
    html = SHEET.sub(lambda found: f'{found[1]}{_sheet_address(found[2], found[3], scheme)}"', html)
    return sheet(html, scheme)


def sheet(css: str, scheme: str) -> str:
    """The same rules, which ask no more which scheme or medium there is."""
    look = Look("", scheme)
    css = PREFERENCE.sub(lambda found: ALWAYS if found[1] == look.colours else NEVER, css)
    css = EITHER.sub(f"color-scheme: {look.colours}", css)
    asked = {look.medium: ALWAYS}
    return MEDIUM.sub(lambda found: f"@media {asked.get(found[1], NEVER)}", css)


def _sheet_address(name: str, rest: str, scheme: str) -> str:
    """Of the sheet as it is today, though the page may have been kept since it was another."""
    assets: Assets = current_app.extensions["assets"]
    is_still_there = name + rest in assets.addresses.values()
    today = name + rest if is_still_there else assets.addresses[f"{name}.css"]
    return plain_url_for("design.frame_sheet", scheme=scheme, name=today)
