"""Photographs of every state, in every size, language and theme, with a sheet to look over."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from itertools import groupby, product
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from storefront.gallery.browser import chromium, show
from storefront.gallery.own_shop import open_shop
from storefront.gallery.owner import Owner
from storefront.gallery.states import STATES, State
from storefront.gallery.stillness import held_time, still
from storefront.gallery.visitor import OwnShopOnly, Visitor

HEIGHTS = {390: 844, 320: 640, 1280: 900}
LANGUAGES = ("ja", "en")
THEMES = ("light", "dark")
PICTURES = """async () => {
  const all = [...document.images];
  all.forEach((one) => { one.loading = "eager"; });
  await Promise.all(all.map((one) => one.decode().catch(() => {})));
}"""


@dataclass(frozen=True)
class Wanted:
    """Which states, and how they are looked at."""

    states: Sequence[State] = STATES
    sizes: Sequence[int] = tuple(HEIGHTS)
    languages: Sequence[str] = LANGUAGES
    themes: Sequence[str] = THEMES
    slugs: Sequence[str] = ()  # what those of the states begin with; none means any

    def asks_for(self, name: str) -> bool:
        """Whether a photograph's file may be of these, though its state may be gone."""
        slug, language, size, theme = name.removesuffix(".png").rsplit("-", 3)
        is_look = language in self.languages and theme in self.themes and size.isdecimal()
        return is_look and int(size) in self.sizes and slug.startswith(tuple(self.slugs) or "")


def choose(
    only: Sequence[str], sizes: Sequence[str], languages: Sequence[str], themes: Sequence[str]
) -> Wanted:
    """What a command line asks for; nothing asked means all of it."""
    return Wanted(
        [one for one in STATES if not only or one.slug.startswith(tuple(only))],
        [int(size) for size in sizes] or tuple(HEIGHTS),
        languages or LANGUAGES,
        themes or THEMES,
        only,
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
) -> list[Photograph]:
    """Photograph the shop at url, or a demo shop of our own, and write index.html beside it all."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        owner = None
        if url is None:
            instance = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            shop = opened.enter_context(open_shop(instance))
            opened.enter_context(held_time())
            url, owner = shop.url, Owner(shop.app)
        browser = opened.enter_context(chromium(chromium_path))
        taken = list(_take_all(browser, wanted, folder, url, owner, tell))
    (folder / "index.html").write_text(_sheet(taken), encoding="utf-8")
    return taken


def _take_all(
    browser: Browser,
    wanted: Wanted,
    folder: Path,
    url: str,
    owner: Owner | None,
    tell: Callable[[str], object],
) -> Iterator[Photograph]:
    for language in wanted.languages:
        context = browser.new_context(locale=language)
        for state in wanted.states:
            if owner is not None:
                owner.begin_anew()
            try:
                page = state.how(Visitor(url, language, owner))
            except OwnShopOnly:
                tell(f"{state.slug}: left out, it is played on a shop of our own only")
                continue
            tab = show(context, still(page))
            tab.evaluate(PICTURES)
            for size, theme in product(wanted.sizes, wanted.themes):
                yield _photograph(tab, Photograph(state, language, size, theme), folder)
        context.close()


def _photograph(tab: Tab, picture: Photograph, folder: Path) -> Photograph:
    tab.emulate_media(color_scheme="dark" if picture.theme == "dark" else "light")
    tab.set_viewport_size({"width": picture.size, "height": HEIGHTS[picture.size]})
    tab.screenshot(path=folder / picture.name, full_page=True, animations="disabled")
    return picture


def _sheet(taken: Sequence[Photograph]) -> str:
    """One row a state, in the order of the shop."""
    rows = []
    by_place = sorted(taken, key=lambda one: STATES.index(one.state))
    for state, pictures in groupby(by_place, key=lambda one: one.state):
        links = "".join(
            f'<a href="{one.name}"><img src="{one.name}" alt="{one.name}" width="200" '
            'loading="lazy"></a> '
            for one in pictures
        )
        rows.append(f"<h2>{escape(state.title)} <code>{state.slug}</code></h2><p>{links}</p>")
    title = f"{len(rows)} states"
    head = f'<meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    return f'<!doctype html><html lang="ja">{head}{"".join(rows)}</html>'
