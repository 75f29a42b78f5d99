"""What is kept beside photographs, so that the next time only what changed is taken anew."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page as Tab

from storefront.gallery import touched

SHOP = Path(__file__).parents[1]
KEPT = "kept"  # a folder beside the photographs
LEFT_OUT = {".css", ".pyc"}
# what is drawn by lot for each visitor, and addresses that change with the sheet
DRAWN = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<=name="confirmation_key" value=")[^"]*')
TOKENS = re.compile(r"(?<=[/=\"])[\w-]{43}(?![\w-])|(?<=\.)[0-9a-f]{12}(?=\.)")


class Taken(NamedTuple):
    """Digests of what a photograph shows: its page, its style sheet, the code of the shop."""

    html: str
    sheet: str
    code: str


class LastTime:
    """Of the photographs in a folder; css is the style sheet of today, compact."""

    def __init__(self, folder: Path, css: str) -> None:
        self._folder = folder / KEPT
        self._folder.mkdir(parents=True, exist_ok=True)
        self._css, self._sheet = css, self._keep(css, "css")
        index = self._folder / "index.json"
        told = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
        self._taken = {name: Taken(*one) for name, one in told.items()}
        self._touched: set[Taken] = set()

    @cached_property
    def _code(self) -> str:
        """Of all that a page comes from but its styles."""
        digest = hashlib.sha256()
        for path in sorted(SHOP.rglob("*")):
            if path.is_file() and path.suffix not in LEFT_OUT:
                digest.update(str(path.relative_to(SHOP)).encode() + path.read_bytes())
        return digest.hexdigest()[:12]

    def look_for_touched(self, tab: Tab) -> None:
        """Find the photographs on which a change of the style sheet can be seen."""
        by_sheet: dict[str, set[Taken]] = defaultdict(set)
        for one in self._taken.values():
            by_sheet[one.sheet].add(one)
        for sheet, its in by_sheet.items():
            wanted = touched.selectors(self._read(sheet, "css"), self._css)
            pages = {one.html: self._read(one.html, "html") for one in its}
            found = touched.pages(tab, wanted, pages)
            self._touched |= {one for one in its if one.html in found}

    def is_same(self, name: str, html: str | None = None) -> bool:
        """Whether a photograph shows what is there today; without the page's HTML it is only known
        where nothing but style sheets has changed."""
        taken = self._taken.get(name)
        if taken is None or taken in self._touched or not (self._folder.parent / name).exists():
            return False
        return taken.code == self._code if html is None else taken.html == _digest(_plain(html))

    def note(self, names: Iterable[str], html: str) -> None:
        """These photographs were taken today."""
        taken = Taken(self._keep(_plain(html), "html"), self._sheet, self._code)
        self._taken |= dict.fromkeys(names, taken)
        text = json.dumps(self._taken, indent=1)
        (self._folder / "index.json").write_text(text, encoding="utf-8")

    def _keep(self, text: str, ending: str) -> str:
        """Its digest, by which it is read again."""
        name = _digest(text)
        (self._folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
        return name

    def _read(self, name: str, ending: str) -> str:
        return (self._folder / f"{name}.{ending}").read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(html: str) -> str:
    """The page without what differs from one visitor to the next."""
    return TOKENS.sub("-", DRAWN.sub("-", html))
