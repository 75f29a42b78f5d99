"""What the shop can do, which templates and styles are held to."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from babel.messages.pofile import read_po
from flask import Flask
from jinja2 import Environment, nodes

from storefront.design.check.sources import SHOP, Source, Template

ENGLISH = SHOP.folder / "translations/en/LC_MESSAGES/messages.po"
ID = re.compile(r"""\bid=(?:"([^"]*)"|'([^']*)')""")
HANDED = re.compile(r"""\w\("([\w-]+)\"""")
NAMED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")
SCRIPT_ID = re.compile(r"""getElementById\("([\w-]+)"\)|querySelector\("#([\w-]+)[" ]""")


@dataclass(frozen=True)
class Knowledge:
    """The shop's, as it stands, with the theme that is checked looked in first."""

    env: Environment
    endpoints: frozenset[str]
    files: frozenset[str]  # below static/
    theme: Source | None = None
    shop: Source = SHOP
    pages: dict[str, Template] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        sources = [self.shop, self.theme] if self.theme else [self.shop]
        self.pages.update({page.name: page for one in sources for page in one.templates})

    @cached_property
    def _trees(self) -> dict[str, nodes.Template]:
        return {}

    @cached_property
    def _macros(self) -> dict[str, dict[str, nodes.Macro]]:
        return {}

    def tree(self, page: Template) -> nodes.Template:
        """A template read once, each letter where it was; raises TemplateSyntaxError."""
        if page.text not in self._trees:
            self._trees[page.text] = self._reader.parse(page.text)
        return self._trees[page.text]

    def macros(self, page: Template) -> dict[str, nodes.Macro]:
        """By their names; raises TemplateSyntaxError."""
        if page.text not in self._macros:
            found = self.tree(page).find_all(nodes.Macro)
            self._macros[page.text] = {one.name: one for one in found}
        return self._macros[page.text]

    @cached_property
    def _reader(self) -> Environment:
        """The shop's without its extension, which takes away the room before tags."""
        reader = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
        reader.filters, reader.tests = self.env.filters, self.env.tests
        return reader

    @cached_property
    def english(self) -> dict[str, str]:
        """By the Japanese; "" where there is none, or where it is still to be looked at."""
        with ENGLISH.open("rb") as file:
            catalogue = read_po(file)
        return {str(one.id): "" if one.fuzzy else str(one.string) for one in catalogue if one.id}

    @cached_property
    def users(self) -> dict[str, set[str]]:
        """By the name of a template, those that name it."""
        found: dict[str, set[str]] = {}
        for page in self.pages.values():
            for name in set(NAMED.findall(page.text)) - {page.name}:
                found.setdefault(name, set()).add(page.name)
        return found

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that a template writes, with Jinja's tags in it, or hands to a macro."""
        written = (one for page in self.pages.values() for one in ID.findall(page.text))
        handed = (one for page in self.pages.values() for one in HANDED.findall(page.text))
        return frozenset({*(double or single for double, single in written), *handed})

    @cached_property
    def script_ids(self) -> dict[str, Path]:
        """Ids that the shop's scripts look for."""
        found: dict[str, Path] = {}
        for script in sorted((self.shop.folder / "static/js").glob("*.js")):
            for by_id, by_selector in SCRIPT_ID.findall(script.read_text(encoding="utf-8")):
                found.setdefault(by_id or by_selector, script)
        return found

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Every custom property that a style sheet sets."""
        sources = [self.shop, self.theme] if self.theme else [self.shop]
        sheets = "\n".join(text for one in sources for text in one.styles.values())
        return frozenset(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", sheets))

    @cached_property
    def widths(self) -> frozenset[str]:
        sources = [self.shop, self.theme] if self.theme else [self.shop]
        sheets = "\n".join(text for one in sources for text in one.styles.values())
        return frozenset(re.findall(r"@custom-media\s+(--[\w-]+)", sheets))


def of(app: Flask, theme: Source | None = None) -> Knowledge:
    """What this app can do."""
    own = {path.relative_to(SHOP.folder / "static").as_posix() for path in _files(SHOP)}
    added = _files(theme) if theme else []
    theirs = (
        {path.relative_to(theme.folder / "static").as_posix() for path in added} if theme else set()
    )
    addresses = frozenset(rule.endpoint for rule in app.url_map.iter_rules())
    files = frozenset({*own, *theirs, *app.extensions["assets"].addresses})
    return Knowledge(app.jinja_env, addresses, files, theme)


def _files(source: Source) -> list[Path]:
    return [path for path in (source.folder / "static").rglob("*") if path.is_file()]
