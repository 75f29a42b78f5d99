"""The theme that dresses the shop: its folders, its templates and its words, read once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_app_context
from flask_babel import Domain, get_locale
from jinja2 import ChoiceLoader, FileSystemLoader, TemplateSyntaxError

from storefront.config.settings import stop

BESIDE_PACKAGE = Path(__file__).parents[2] / "themes"
FOLDER = "themes"
FACTS = "theme.toml"
NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
WORDS = {"ja": "words.po", "en": "words.en.po"}


class ThemeFault(Exception):
    """Mend the file that the words name, or choose another theme."""


@dataclass(frozen=True)
class Theme:
    """What stands in a theme's folder; without a folder, the shop's own look.

    made_for is the version of the product that it was made for; words are the sentences that it
    says otherwise, by language; changed is when these were last written. Two are equal as long as
    whatever was rendered under one may be shown under the other.
    """

    name: str = ""
    version: str = ""
    made_for: str = ""
    folder: Path | None = None
    changed: float = 0.0
    words: Mapping[str, Translations] = field(default_factory=dict, compare=False)

    @property
    def tokens(self) -> Path | None:
        return self._file("tokens.css")

    @property
    def styles(self) -> Path | None:
        return self._file("theme.css")

    @property
    def static(self) -> Path | None:
        """Files that stand before the shop's own of the same name, or beside them."""
        return self._file("static")

    @property
    def templates(self) -> Path | None:
        return self._file("templates")

    def _file(self, name: str) -> Path | None:
        path = self.folder / name if self.folder else None
        return path if path and path.exists() else None


OWN = Theme()


def folders() -> list[Path]:
    """Where themes are looked for: beside the package, then where the shop is started."""
    return list(dict.fromkeys([BESIDE_PACKAGE, Path.cwd() / FOLDER]))


def known() -> list[str]:
    return sorted({path.parent.name for one in folders() for path in one.glob(f"*/{FACTS}")})


def find(name: str) -> Path:
    """The folder of a theme; raises ThemeFault where there is none."""
    found = [one / name for one in folders() if (one / name / FACTS).is_file()]
    if not NAME.fullmatch(name) or not found:
        there = f"there are {', '.join(known())}" if known() else "storefront theme new makes one"
        looked = " nor ".join(str(one) for one in folders())
        raise ThemeFault(f"no theme {name!r} in {looked}; {there}")
    return found[0]


def read(name: str) -> Theme:
    """The theme of that name, the shop's own look for an empty one; raises ThemeFault."""
    if not name:
        return OWN
    folder = find(name)
    facts = _facts(folder / FACTS)
    words = {language: _words(folder / file, language) for language, file in WORDS.items()}
    return Theme(folder=folder, changed=_changed(folder), words=words, **facts)


def _changed(folder: Path) -> float:
    paths = [folder / name for name in (FACTS, *WORDS.values())]
    return max(path.stat().st_mtime for path in paths if path.exists())


def _facts(path: Path) -> dict[str, str]:
    try:
        facts: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ThemeFault(f"{path}: {error}") from error
    wanted = {name: facts.get(name) for name in ("name", "version", "made_for")}
    missing = [name for name, value in wanted.items() if not isinstance(value, str) or not value]
    if missing:
        raise ThemeFault(f'{path}: give {missing[0]} = "…"')
    if wanted["name"] != path.parent.name:
        raise ThemeFault(f"{path}: its name is {wanted['name']!r}, its folder's another")
    return {name: str(value) for name, value in wanted.items()}


def _words(path: Path, language: str) -> Translations:
    """The sentences of a .po file by those of the shop; none where there is no file."""
    if not path.exists():
        return Translations()
    try:
        with path.open("rb") as written:
            catalog = read_po(written, locale=language, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise ThemeFault(f"{path}: {error}") from error
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def current() -> Theme:
    """The theme of what is answered now; the shop's own look outside of any app."""
    return current_app.extensions.get("theme", OWN) if has_app_context() else OWN


class Sentences(Domain):  # type: ignore[misc]  # Flask-Babel's is untyped
    """The shop's sentences, or the theme's instead."""

    def get_translations(self) -> NullTranslations:
        shops = super().get_translations()
        theme, language = current(), str(get_locale())
        if language not in theme.words:
            return shops
        cache = self.get_translations_cache(None)
        key = (language, theme)
        if key not in cache:
            cache[key] = _before(theme.words[language], shops)
        return cache[key]


def _before(words: Translations, shops: NullTranslations) -> Translations:
    both = Translations()
    both.merge(words)
    both.add_fallback(shops)
    return both


def init_app(app: Flask) -> None:
    """Read the theme of the settings; one that is unknown or broken ends the process."""
    try:
        theme = read(app.config["SETTINGS"].storefront_theme)
        app.extensions["theme"] = theme
        if theme.templates:
            own = FileSystemLoader(theme.templates)
            app.jinja_loader = ChoiceLoader([own, app.jinja_loader])  # type: ignore[assignment, list-item]
            _compile_all(app, own)
    except ThemeFault as fault:
        stop([f"STOREFRONT_THEME: {fault}"])
    if theme.folder and app.config["TEMPLATES_AUTO_RELOAD"]:
        app.before_request(refresh)


def refresh() -> None:
    """In development changed words show at the next request."""
    theme = current()
    if theme.folder and _changed(theme.folder) > theme.changed:
        current_app.extensions["theme"] = read(theme.name)


def _compile_all(app: Flask, loader: FileSystemLoader) -> None:
    """In production no shopper is the first to meet a template's mistake."""
    if app.config["TEMPLATES_AUTO_RELOAD"]:
        return
    try:
        for name in loader.list_templates():
            app.jinja_env.get_template(name)
    except TemplateSyntaxError as error:
        raise ThemeFault(f"{error.filename}:{error.lineno}: {error.message}") from error
