"""Where a sentence on a screen is written: every use of it in templates, code and scripts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import request
from flask.typing import ResponseReturnValue

from storefront.design import bp, english
from storefront.web.rendering import page

SHOP = Path(__file__).parents[1]
HOME = "/"  # where the language link leads: these pages have no language
MOST = 60  # sentences and places that a page shows
LEAST = 6  # characters of a sentence that is found in a longer text
READ = (
    "templates/**/*.html",
    "templates/**/*.txt",
    "**/*.py",
    "static/js/*.js",
    "sandbox/**/*.toml",
)
GAP = re.compile(r"%\(\w+\)s|%%")
HANDED_ON = re.compile(r"""data-([\w-]+)="\{\{ _\("([^"]+)"\)""")  # to a script, by its template

Stamp = tuple[tuple[str, float], ...]  # files with the time of their last change


@dataclass(frozen=True)
class Occurrence:
    """A line of a file of the shop's folder."""

    file: str
    line: int
    words: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages; english_line is its line in the catalogue."""

    japanese: str
    english: str
    is_fuzzy: bool
    english_line: int
    places: tuple[Occurrence, ...]


@bp.get("/words", endpoint="words")
def find_words() -> ResponseReturnValue:
    """Sentences of the shop by a part of their Japanese or English, as it stands on a screen."""
    wanted = " ".join(request.args.get("q", "").split())
    found = [one for one in sentences() if _is_meant(one, wanted)] if wanted else []
    return page(
        "design/words.html",
        q=wanted,
        found=found[:MOST],
        others=_elsewhere(wanted, found) if wanted else [],
        count=len(found),
        catalogue=english.PLACE,
        here=HOME,
    )


def sentences() -> Sequence[Sentence]:
    """Every sentence of the shop as its files are at this moment."""
    files = [one for pattern in READ for one in SHOP.glob(pattern)] + [SHOP / english.PLACE]
    return _sentences(tuple((str(one), one.stat().st_mtime) for one in sorted(files)))


@lru_cache(1)
def _sentences(_stamp: Stamp) -> Sequence[Sentence]:
    places = _places()
    catalogue = english.read(SHOP / english.PLACE)
    return [
        Sentence(
            english.texts(one.id)[0],
            " / ".join(english.texts(one.string)),
            one.fuzzy,
            one.lineno or 0,
            tuple(places[english.texts(one.id)[0]]),
        )
        for one in catalogue
        if one.id
    ]


def _places() -> dict[str, list[Occurrence]]:
    found = defaultdict(list)
    for one in english.uses(SHOP):
        found[one.texts[0]].append(Occurrence(one.file, one.line))
    for text, place in _in_scripts():
        found[text].append(place)
    return found


def _in_scripts() -> Iterator[tuple[str, Occurrence]]:
    """What a template hands on to a script as data, and the lines that read it there."""
    scripts = {one: one.read_text(encoding="utf-8") for one in SHOP.glob("static/js/*.js")}
    for template in SHOP.glob("templates/**/*.html"):
        for name, text in HANDED_ON.findall(template.read_text(encoding="utf-8")):
            head, *rest = name.split("-")
            reads = re.compile(rf"\b{head}{''.join(part.title() for part in rest)}\b")
            for path, source in scripts.items():
                for line in _lines_with(source, reads):
                    yield text, Occurrence(_name(path), line)


def _lines_with(source: str, wanted: re.Pattern[str]) -> Iterator[int]:
    return (nth for nth, line in enumerate(source.splitlines(), 1) if wanted.search(line))


def _is_meant(one: Sentence, wanted: str) -> bool:
    """Whether what is looked for is a part of the sentence, or holds it with its gaps filled."""
    return any(_holds(text, wanted) for text in (one.japanese, one.english) if text)


def _holds(text: str, wanted: str) -> bool:
    if wanted.casefold() in text.casefold():
        return True
    parts = [part for part in GAP.split(text) if part.strip()]
    if sum(map(len, parts)) < max(LEAST, len(wanted) // 3):
        return False
    return re.search(".+?".join(map(re.escape, parts)), wanted, re.IGNORECASE) is not None


def _elsewhere(wanted: str, found: Iterable[Sentence]) -> list[Occurrence]:
    """Lines that say it without being translated, such as goods of the demo shop and comments."""
    known = {(place.file, place.line) for one in found for place in one.places}
    lines = (
        Occurrence(_name(path), nth, line.strip())
        for pattern in READ
        for path in sorted(SHOP.glob(pattern))
        for nth, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted in line
    )
    return [one for one in lines if (one.file, one.line) not in known][:MOST]


def _name(path: Path) -> str:
    return path.relative_to(SHOP).as_posix()
