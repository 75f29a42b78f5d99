"""Photographs of every state, in every size, language and theme, with a sheet to look over."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from itertools import product
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from storefront.gallery.browser import chromium, show
from storefront.gallery.last_time import LastTime
from storefront.gallery.own_shop import open_shop
from storefront.gallery.owner import Owner
from storefront.gallery.page import Page
from storefront.gallery.states import STATES, State
from storefront.gallery.stillness import held_time, still
from storefront.gallery.visitor import OwnShopOnly, Visitor
from storefront.web.assets import Assets

HEIGHTS = {390: 844, 320: 640, 1280: 900}
LANGUAGES = ("ja", "en")
THEMES = ("light", "dark")
PICTURES = """async () => {
  const all = [...document.images];
  all.forEach((one) => { one.loading = "eager"; });
  await Promise.all(all.map((one) => one.decode().catch(() => {})));
}"""

# on a whole page a bar that stays in sight would lie over what stands there
STAYING = """() => {
  for (const one of document.querySelectorAll("body *")) {
    if (getComputedStyle(one).position !== "sticky") continue;
    one.style.position = "relative";
    one.style.inset = "auto";
  }
}"""


@dataclass(frozen=True)
class Wanted:
    """Which states, and how they are looked at."""

    states: Sequence[State] = STATES
    sizes: Sequence[int] = tuple(HEIGHTS)
    languages: Sequence[str] = LANGUAGES
    themes: Sequence[str] = THEMES
    slugs: Sequence[str] = ()  # what those of the states begin with; none means any

    def unknown(self, only: Sequence[str], states: Sequence[str]) -> list[str]:
        """Of what was asked for, what no state is."""
        slugs = [one.slug for one in self.states]
        begun = [one for one in only if not any(slug.startswith(one) for slug in slugs)]
        return [*begun, *(one for one in states if one not in slugs)]

    def asks_for(self, name: str) -> bool:
        """Whether a photograph's file may be of these, though its state may be gone."""
        slug, language, size, theme = name.removesuffix(".png").rsplit("-", 3)
        is_look = language in self.languages and theme in self.themes and size.isdecimal()
        return is_look and int(size) in self.sizes and slug.startswith(tuple(self.slugs) or "")


def choose(
    only: Sequence[str],
    sizes: Sequence[str],
    languages: Sequence[str],
    themes: Sequence[str],
    states: Sequence[str] = (),
) -> Wanted:
    """What a command line asks for: states whose slug begins as in only, or is one of states;
    nothing asked means all of it."""
    is_any = not only and not states
    return Wanted(
        [
            one
            for one in STATES
            if is_any or one.slug in states or (only and one.slug.startswith(tuple(only)))
        ],
        [int(size) for size in sizes] or tuple(HEIGHTS),
        languages or LANGUAGES,
        themes or THEMES,
        (*only, *states),
    )


@dataclass(frozen=True)
class Photograph:
    state: State
    language: str
    size: int
    theme: str

    @property
    def name(self) -> str:
        return f"{self.state.slug}-{self.language}-{self.size}-{self.theme}.png"


def take(
    wanted: Wanted,
    folder: Path,
    url: str | None = None,
    chromium_path: str | None = None,
    tell: Callable[[str], object] = print,
    is_changed_only: bool = False,
) -> list[Photograph]:
    """Photograph the shop at url, or a demo shop of our own, and write index.html beside it all.

    is_changed_only leaves out what looks as it did in the folder; for a shop of our own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        owner = last = None
        if url is None:
            instance = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            shop = opened.enter_context(open_shop(instance))
            opened.enter_context(held_time())
            url, owner, last = shop.url, Owner(shop.app), LastTime(folder, _sheet_of(shop.app))
        browser = opened.enter_context(chromium(chromium_path))
        if last is not None and is_changed_only:
            tab = browser.new_page()
            last.look_for_touched(tab)
            tab.close()
        taking = Taking(browser, folder, url, owner, last, is_changed_only, tell)
        taken = [one for language in wanted.languages for one in taking.all_of(wanted, language)]
    _write_index(folder)
    return taken


def _sheet_of(app: Flask) -> str:
    assets: Assets = app.extensions["assets"]
    return (assets.target / assets.addresses["css/site.css"]).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Taking:
    """One run of the camera through a shop."""

    browser: Browser
    folder: Path
    url: str
    owner: Owner | None
    last: LastTime | None
    is_changed_only: bool
    tell: Callable[[str], object]

    def all_of(self, wanted: Wanted, language: str) -> Iterator[Photograph]:
        context = self.browser.new_context(locale=language)
        looks = list(product(wanted.sizes, wanted.themes))
        for state in wanted.states:
            pictures = [Photograph(state, language, size, theme) for size, theme in looks]
            pictures = self._left(pictures)
            page = self._walk(state, language) if pictures else None
            if page is not None:
                yield from self._take(context, page, self._left(pictures, page.html))
        context.close()

    def _left(self, pictures: list[Photograph], html: str | None = None) -> list[Photograph]:
        """Those that are to be taken, as far as it is known before and after the walk."""
        if self.last is None or not self.is_changed_only:
            return pictures
        return [one for one in pictures if not self.last.is_same(one.name, html)]

    def _walk(self, state: State, language: str) -> Page | None:
        if self.owner is not None:
            self.owner.begin_anew()
        try:
            return still(state.how(Visitor(self.url, language, self.owner)))
        except OwnShopOnly:
            self.tell(f"{state.slug}: left out, it is played on a shop of our own only")
            return None

    def _take(
        self, context: BrowserContext, page: Page, pictures: list[Photograph]
    ) -> Iterator[Photograph]:
        """The index is written with each state, for whoever looks meanwhile."""
        if not pictures:
            return
        tab = show(context, page)
        tab.evaluate(PICTURES)
        for one in pictures:
            yield _photograph(tab, one, self.folder)
        if self.last is not None:
            self.last.note([one.name for one in pictures], page.html)
        _write_index(self.folder)


def _photograph(tab: Tab, picture: Photograph, folder: Path) -> Photograph:
    tab.emulate_media(color_scheme="dark" if picture.theme == "dark" else "light")
    tab.set_viewport_size({"width": picture.size, "height": HEIGHTS[picture.size]})
    tab.evaluate(STAYING)
    tab.screenshot(path=folder / picture.name, full_page=True, animations="disabled")
    return picture


def _write_index(folder: Path) -> None:
    """One row a state, in the order of the shop, of all photographs that are in the folder."""
    there = {path.name for path in folder.glob("*.png")}
    rows = []
    for state in STATES:
        looks = product(LANGUAGES, HEIGHTS, THEMES)
        names = [Photograph(state, *look).name for look in looks]
        links = "".join(
            f'<a href="{one}"><img src="{one}" alt="{one}" width="200" loading="lazy"></a> '
            for one in names
            if one in there
        )
        if links:
            rows.append(f"<h2>{escape(state.title)} <code>{state.slug}</code></h2><p>{links}</p>")
    title = f"{len(rows)} states"
    head = f'<meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    whole = f'<!doctype html><html lang="ja">{head}{"".join(rows)}</html>'
    (folder / "index.html").write_text(whole, encoding="utf-8")
