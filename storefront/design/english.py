"""The English catalogue: brought up to the Japanese that the shop says today, without losing a
translation.

A sentence that was changed keeps the English of the sentence it was, marked `fuzzy`: English
shoppers read that until somebody has looked at it and has taken the mark off.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_l": None}
PLACE = "translations/en/LC_MESSAGES/messages.po"
FUZZY, WAS = "fuzzy", "was: "
PLACEHOLDER = re.compile(r"%\(\w+\)s")
# Counted over this shop's history, English beside it: of sentences that went and came in one change
# and are alike by 0.4 or more, 58 of 67 were the same sentence; by less, 1 of 3. What is wrongly
# paired is looked at before a commit; a lost translation is written anew.
ALIKE = 0.4

Texts = tuple[str, ...]


@dataclass(frozen=True)
class Use:
    """A sentence of the code, in a file of the shop's folder; texts are its only one, or its
    singular and plural."""

    texts: Texts
    file: str
    line: int


def uses(shop: Path) -> Iterator[Use]:
    """Every sentence that is to be translated, wherever it stands in the shop's folder."""
    with (shop / "translations/babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for name, line, text, _comments, _context in extract_from_dir(shop, methods, options, KEYWORDS):
        yield Use(texts(text), name, line)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def write(path: Path, catalog: Catalog) -> None:
    """The catalogue and, beside it, what the shop reads of it."""
    text = BytesIO()
    write_po(text, catalog, no_location=True, sort_output=True, ignore_obsolete=True, width=0)
    path.write_bytes(text.getvalue())
    path.with_suffix(".mo").write_bytes(compiled(catalog))


def compiled(catalog: Catalog) -> bytes:
    """What English shoppers read: what waits to be looked at too, unless it has gaps that its
    sentence does not fill any more, which would stop the page."""
    shown = Catalog(locale="en", charset="utf-8")
    shown.mime_headers = catalog.mime_headers
    for one in catalog:
        if one.id and _can_be_filled(one):
            shown.add(one.id, one.string, context=one.context)
    binary = BytesIO()
    write_mo(binary, shown)
    return binary.getvalue()


def _can_be_filled(message: Message) -> bool:
    filled = set(PLACEHOLDER.findall(" ".join(texts(message.id))))
    return not message.fuzzy or set(PLACEHOLDER.findall(" ".join(texts(message.string)))) <= filled


def bring_up(catalog: Catalog, said: set[Texts]) -> None:
    """Take in what is said today, and leave out what is not; changed sentences keep their
    English."""
    known = {texts(one.id): one for one in catalog if one.id}
    gone = {one: message for one, message in known.items() if one not in said}
    new = sorted(said - known.keys())
    for one in gone.values():
        catalog.delete(one.id)
    for said_now in new:
        catalog.add(said_now if len(said_now) > 1 else said_now[0])
    for before, after in _pairs([one for one in gone if any(texts(gone[one].string))], new):
        _carry_over(gone[before], catalog[after[0]])
    for message in catalog:
        if message.id and not message.fuzzy:
            kept = [words for words in message.user_comments if not words.startswith(WAS)]
            message.user_comments = kept


def _carry_over(before: Message, changed: Message) -> None:
    english = texts(before.string)
    earlier = [words for words in before.user_comments if words.startswith(WAS)]
    changed.string = english[0] if isinstance(changed.id, str) else (english[0], english[-1])
    changed.flags.add(FUZZY)
    changed.user_comments = earlier or [WAS + " ".join(texts(before.id)[0].split())]


def _pairs(gone: list[Texts], new: list[Texts]) -> list[tuple[Texts, Texts]]:
    """Which sentence has become which: the two most alike first, each once. A sentence that is
    still said elsewhere has not become another, so it is not asked."""
    alike = [
        (ratio, before, after)
        for before in gone
        for after in new
        if (ratio := SequenceMatcher(None, before[0], after[0], autojunk=False).ratio()) >= ALIKE
    ]
    found: dict[Texts, Texts] = {}
    for _ratio, before, after in sorted(alike, reverse=True):
        if before not in found and after not in found.values():
            found[before] = after
    return list(found.items())


def to_look_at(catalog: Catalog) -> list[Message]:
    """Changed sentences whose English nobody has looked at."""
    return [one for one in catalog if one.id and one.fuzzy]


def without_english(catalog: Catalog) -> list[str]:
    """Sentences that English shoppers read in Japanese."""
    return [texts(one.id)[0] for one in catalog if one.id and not all(texts(one.string))]


def texts(one: str | list[str] | Texts | None) -> Texts:
    """A message's only text, or its singular and plural."""
    return (one,) if isinstance(one, str) else tuple(one or ("",))
