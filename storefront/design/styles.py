"""What is wrong in the styles: braces, tokens and breakpoints that are not there."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from storefront.design.guesses import close
from storefront.design.mistakes import Mistake, at

UNREAD = re.compile(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
NAMED = re.compile(r"(--[\w-]+)\s*:")
USED = re.compile(r"var\(\s*(--[\w-]+)\s*\)")  # with something to fall back on it may be missing
MEDIA = re.compile(r"@media[^{;]*?\((--[\w-]+)\)")
BREAKPOINT = re.compile(r"@custom-media\s+(--[\w-]+)")


def mistakes(*folders: Path) -> list[Mistake]:
    """Of every sheet in the folders, file by file; names of one are known in all."""
    sheets = {
        path: _readable(path.read_text(encoding="utf-8", errors="replace"))
        for path in _sheets(folders)
    }
    whole = "\n".join(sheets.values())
    tokens, breakpoints = set(NAMED.findall(whole)), set(BREAKPOINT.findall(whole))
    return [
        found
        for path, text in sheets.items()
        for found in (
            *_braces(path, text),
            *_missing(path, text, USED, tokens, "no token"),
            *_missing(path, text, MEDIA, breakpoints, "no breakpoint"),
        )
    ]


def _sheets(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.css"))


def _readable(text: str) -> str:
    """Without comments and quoted texts, each line where it was."""
    return UNREAD.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _missing(
    path: Path, text: str, use: re.Pattern[str], known: set[str], what: str
) -> Iterator[Mistake]:
    for found in use.finditer(text):
        if found[1] not in known:
            line = text.count("\n", 0, found.start(1)) + 1
            yield at(str(path), line, f"{what} {found[1]}", *close(found[1], known))


def _braces(path: Path, text: str) -> Iterator[Mistake]:
    """At most one: where braces do not match, all that follows is guessed."""
    if text.count("{") != text.count("}"):
        line, what = _odd_brace(text)
        yield at(str(path), line, what)


def _odd_brace(text: str) -> tuple[int, str]:
    """The first that does not stand as far from the edge as its other, else the last open one."""
    opened: list[tuple[int, int]] = []  # line and indent
    for found in re.finditer(r"[{}]", text):
        line, indent = _where(text, found.start())
        if found[0] == "{":
            opened.append((line, indent))
            continue
        other = opened.pop() if opened else (line, -1)
        if other[1] < indent:
            return line, "} closes nothing"
        if other[1] > indent:
            return other[0], "{ is never closed"
    return opened[-1][0], "{ is never closed"


def _where(text: str, place: int) -> tuple[int, int]:
    line = text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]
    return text.count("\n", 0, place) + 1, len(line) - len(line.lstrip())
