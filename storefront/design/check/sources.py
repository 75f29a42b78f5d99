"""The files that are checked: the shop's own, or a theme's."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

KINDS = {".html", ".txt", ".xml", ".css"}  # of mails, the last
STOREFRONT = Path(__file__).parents[2]
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ROOM = re.compile(r"[^\n]")


@dataclass(frozen=True)
class Template:
    """name: as include and extends name it."""

    path: Path
    name: str
    text: str

    @cached_property
    def html(self) -> str:
        """The text without Jinja, each letter where it was; x stands for what Jinja would write."""
        return JINJA.sub(_blank, self.text)

    def place(self, position: int) -> tuple[int, int]:
        """Line and column, both from 1, of a position in the text."""
        before = self.text[:position]
        return before.count("\n") + 1, position - before.rfind("\n")

    def find(self, words: str, line: int = 1) -> tuple[int, int]:
        """Where words stand first, at or after the beginning of a line; else that line's first."""
        start = sum(len(one) + 1 for one in self.text.split("\n")[: line - 1])
        at = self.text.find(words, start)
        return self.place(at) if at >= 0 else (line, 1)


def _blank(found: re.Match[str]) -> str:
    return ROOM.sub("x" if found[0].startswith("{{") else " ", found[0])


@dataclass(frozen=True)
class Source:
    """A folder with templates/ and styles; either may be missing. of_shop: the shop's own, but for
    the pages of the designers' kit itself."""

    folder: Path
    of_shop: bool = False

    @cached_property
    def templates(self) -> list[Template]:
        root = self.folder / "templates"
        paths = [
            path
            for path in sorted(root.rglob("*.*"))
            if path.suffix in KINDS and path.parent.name != "design"
        ]
        return [
            Template(path, path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
            for path in paths
        ]

    @cached_property
    def styles(self) -> dict[Path, str]:
        root = self.folder / "static/css" if self.of_shop else self.folder
        paths = sorted(root.rglob("*.css"))
        return {path: path.read_text(encoding="utf-8") for path in paths}


SHOP = Source(STOREFRONT, of_shop=True)
