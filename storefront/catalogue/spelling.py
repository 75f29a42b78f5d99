"""The spelling of words in search: one form for kana, width and case; synonyms; one wrong
letter."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from storefront.core import japanese

SPELLINGS = Path(__file__).with_name("spellings.toml")
KANA = str.maketrans("ぢづをゔ", "じずおぶ")  # one sound, two ways to write it
IN_A_ROW = re.compile(r"[^\W_]+")
KANJI = r"[\u3400-\u9fff々〆]"
OKURIGANA = re.compile(
    rf"(?<={KANJI})(?:[ぁ-ゖ]{{1,2}}$|(?![のをにはがとでもへや])[ぁ-ゖ](?={KANJI}))"
)
HONORIFIC = re.compile(rf"^[おご御](?={KANJI}|..)")
PAIR, LONGEST = 2, 8  # letters of a gram; more than two are numbers
NUMBER = re.compile(r"[0-9]+[^0-9 ]?")
LATIN = re.compile(r"[a-z]{5,20}")
SYLLABLE = re.compile(r"[ぁ-ゖー]{1,2}")
ONLY_KANA = re.compile(r"[ぁ-ゖー]{4,20}")


def folded(text: str) -> str:
    """A word or a name in the spelling of search: without width, case and what stands between
    letters."""
    return japanese.fold(text).translate(KANA)


def running(text: str) -> str:
    """A longer text in the spelling of search, its words separated by single spaces."""
    return " ".join(filter(None, map(folded, IN_A_ROW.findall(text))))


def all_grams(line: str) -> set[str]:
    """Every piece of one or two letters, and every number: a name is found by any part of it."""
    return japanese.grams(line) | _numbers(line)


def word_grams(line: str) -> set[str]:
    """The same without pieces from inside a Latin word or number, which are found by their
    beginning only."""
    starts = [at for at in range(len(line)) if not _is_inside(line, at)]
    grams = {line[at : at + 2] for at in starts} | {line[at] for at in starts}
    return {gram for gram in grams if " " not in gram} | _numbers(line)


def entries(word: str) -> list[str]:
    """The pieces to look a word up by, those that fewest products have first."""
    numbers = [found[0][:LONGEST] for found in NUMBER.finditer(word)]
    grams = word_grams(word) - _numbers(word)
    pairs = {gram for gram in grams if len(gram) == PAIR}
    return sorted({one for one in numbers if len(one) > PAIR} | (pairs or grams), key=rarity)


def rarity(gram: str) -> tuple[int, int, str]:
    """A sort key, lower for pieces that fewer products have: numbers first, then kanji."""
    return (-len(gram), 0 if gram.isdigit() else 1 if gram[0] > "\u30ff" else 2, gram)


def _numbers(line: str) -> set[str]:
    """Numbers of three signs and more, with the letter behind them: of 119号 also 119 and 19号."""
    found = set()
    for number in NUMBER.finditer(line):
        text = number[0]
        for start in range(len(text)):
            found |= {text[start:end] for end in range(start + PAIR + 1, start + LONGEST + 1)}
    return {one for one in found if len(one) > PAIR}


def other_words(line: str) -> Iterator[str]:
    """The line with synonyms (spellings.toml) of the words in it, and with what kind of thing they
    are."""
    for group in _same():
        held = next((one for one in group if one in line), None)
        if held:
            yield from (line.replace(held, other) for other in group if other not in held)
    for word, broader in _kinds().items():
        if word in line:
            yield from broader


def loosened(word: str) -> str:
    """The word without okurigana and without お in front, so that 箸置き, お箸置 and 箸置 are the
    same."""
    return HONORIFIC.sub("", without_okurigana(word)) if len(word) > 2 else word


def without_okurigana(word: str) -> str:
    """The word's kanji; the word itself where that would leave one kanji alone."""
    bare = OKURIGANA.sub("", word)
    return bare if len(re.findall(KANJI, bare)) > 1 else word


def is_long(word: str) -> bool:
    """Whether one letter of the word may be wrong: from five Latin letters or four kana on."""
    return bool(LATIN.fullmatch(word) or ONLY_KANA.fullmatch(word))


def is_syllable(word: str) -> bool:
    """Whether it is one or two kana, which stand in every sentence and find nothing."""
    return bool(SYLLABLE.fullmatch(word))


def halves(word: str) -> tuple[str, str]:
    """The word's two halves, one of which is right where a single letter is wrong."""
    middle = len(word) // 2
    return word[:middle], word[middle:]


def nearest(word: str, texts: Iterable[str]) -> str | None:
    """The word in these texts that differs by one letter, the most frequent of them; None without
    one."""
    near = _near(word)
    pieces = Counter(piece for text in texts for piece in {*_around(word, text)})
    found = [piece for piece in pieces if near.fullmatch(piece)]
    return max(found, key=lambda one: (pieces[one], -abs(len(one) - len(word)), one), default=None)


def _around(word: str, text: str) -> Iterator[str]:
    """What stands at the word's place: one half of it, with as much beside it as the other has."""
    first, second = halves(word)
    sizes = (len(word) - 1, len(word), len(word) + 1)
    for line in text.split("\n"):
        if (at := line.find(first)) >= 0:
            yield from (line[at : at + size] for size in sizes)
        if (at := line.find(second)) >= 0:
            end = at + len(second)
            yield from (line[max(0, end - size) : end] for size in sizes)


def _near(word: str) -> re.Pattern[str]:
    """One letter replaced, missing, too many, or two that changed places."""
    letter = "[a-z]" if word.isascii() else "[ぁ-ゖー]"
    places = range(len(word))
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1])
    forms = [
        *swapped,
        *(f"{word[:at]}{letter}{word[at + 1 :]}" for at in places),
        *(f"{word[:at]}{letter}{word[at:]}" for at in places),
        *(word[:at] + word[at + 1 :] for at in places),
    ]
    return re.compile("|".join(dict.fromkeys(forms)))


def _is_inside(line: str, at: int) -> bool:
    """Whether a letter has one of its kind, Latin or a digit, before it."""
    return at > 0 and line[at].isascii() and line[at - 1].isascii() and line[at - 1] != " "


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(SPELLINGS.read_text(encoding="utf-8"))


@cache
def _same() -> list[list[str]]:
    """Each group's longest spelling first, so that no part of it is taken for the whole."""
    groups: list[list[str]] = _read()["same"]
    return [sorted(map(folded, group), key=len, reverse=True) for group in groups]


@cache
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = _read()["kinds"]
    return {folded(word): list(map(folded, broader)) for word, broader in kinds.items()}
