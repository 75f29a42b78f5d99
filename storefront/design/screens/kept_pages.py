"""The page of each state, walked to when it is first asked for, kept while no template changes."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask, template_rendered
from jinja2 import Template

from storefront.core import clock
from storefront.gallery import arriving
from storefront.gallery.page import Page
from storefront.gallery.states import State
from storefront.web.themes import Theme

KEPT = timedelta(minutes=10)
SHOP = Path(__file__).parents[2]
WATCHED = (SHOP / "templates", SHOP / "translations")

Key = tuple[str, str]  # slug and language


@dataclass(frozen=True)
class Seen:
    """A state's page, and the template that it was rendered from, "" where that is unknown."""

    page: Page
    template: str
    at: datetime
    version: float


@dataclass
class KeptPages:
    """Several frames of one state ask at the same time: one of them walks, the others wait."""

    app: Flask
    _seen: dict[Key, Seen] = field(default_factory=dict)
    _locks: defaultdict[Key, threading.Lock] = field(
        default_factory=lambda: defaultdict(threading.Lock)
    )

    def of(self, state: State, language: str, url: str, client_address: str) -> Seen:
        """Raises LeadsElsewhere."""
        key = state.slug, language
        with self._locks[key]:
            seen, version = self._seen.get(key), self._version()
            if seen is None or seen.version != version or clock.now() - seen.at > KEPT:
                page, template = self._walk(state, language, url, client_address)
                seen = self.keep(state, language, page, template)
            return seen

    def keep(self, state: State, language: str, page: Page, template: str = "") -> Seen:
        """Show this page from here on, until a template changes."""
        seen = Seen(page, template, clock.now(), self._version())
        self._seen[state.slug, language] = seen
        return seen

    def forget(self, slug: str) -> None:
        for key in [one for one in self._seen if one[0] == slug]:
            self._seen.pop(key, None)

    def _walk(self, state: State, language: str, url: str, client_address: str) -> tuple[Page, str]:
        """The page, and the name of its template."""
        with _rendered(self.app) as names:
            page = arriving.walk(state, language, self.app, url, client_address).page
        of_kind = [one for one in names if one.startswith("mail/") == page.is_mail]
        return page, (of_kind[-1] if of_kind else "")

    def _version(self) -> float:
        """When a template or a word changed last; the same for ever where nobody writes them."""
        if not self.app.config["TEMPLATES_AUTO_RELOAD"]:
            return 0.0
        theme: Theme = self.app.extensions["theme"]
        folders = (*WATCHED, *([theme.folder] if theme.folder else []))
        files = (path for folder in folders for path in folder.rglob("*"))
        return max(path.stat().st_mtime for path in files)


@contextmanager
def _rendered(app: Flask) -> Iterator[list[str]]:
    """The names of the templates that this thread renders meanwhile."""
    names: list[str] = []
    mine = threading.get_ident()

    def note(_app: Flask, template: Template, **_context: object) -> None:
        if threading.get_ident() == mine and template.name:
            names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names
