"""How Japanese text is normalised: for storing, for the label printer, for searching."""

import re
from unicodedata import category, normalize

import jaconv

HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
# combining grapheme joiner and variation selectors; other zero-width characters have a category
INVISIBLE = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# dashes that keyboards type and JIS X 0208 does not have
DASHES = str.maketrans("〜−‑‒–—", "～－－－－―")
# dashes, brackets and spaces by category, and what is used as a dash but is no dash to Unicode
BETWEEN_DIGITS = ("Pd", "Ps", "Pe", "Zs", "Zl", "Zp", "Cc", "Cf")
USED_AS_DASH = "ー−─━⁃˗"

KATAKANA = re.compile("[ァ-ヶヽヾー・ 　]+")
KANJI_DIGIT = "[〇一二三四五六七八九十百千壱弐参]"
# 一番町 and 一番丁 are names of towns
BLOCK_NUMBER = re.compile(
    rf"\d|無番地|番地(?:なし|無)|{KANJI_DIGIT}(?:丁目|番(?![町丁])|号|[-ー−‐–—のノ]?{KANJI_DIGIT})"
)


def tidy(text: str) -> str:
    """For names and address lines: one ordinary space at most, full-width kana, nothing unseen."""
    seen = "".join(character for character in text if not _is_unseen(character))
    return " ".join(_composed(seen).split())


def paragraphs(text: str) -> str:
    """For longer texts: lines and spaces stay as typed, nothing unseen and no half-width kana."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = ("".join(char for char in one if not _is_unseen(char)).rstrip() for one in lines)
    return _composed("\n".join(seen)).strip()


def full_width(text: str) -> str:
    """As Yamato counts and prints it: no ASCII, no half-width kana, no ordinary spaces."""
    wide = jaconv.h2z(_composed(text), kana=False, ascii=True, digit=True)
    return wide.translate(DASHES)


def katakana(text: str) -> str:
    """Tidied, with hiragana and half-width kana as full-width katakana; the rest stays."""
    return tidy(jaconv.hira2kata(text))


def is_katakana(text: str) -> bool:
    """Whether there is nothing but katakana, ー, ・ and spaces."""
    return KATAKANA.fullmatch(text) is not None


def first_unprintable(text: str) -> str | None:
    """The first character that a label printer lacks; it has Windows' kanji too (髙, 﨑)."""
    return next((char for char in full_width(text) if not _is_printable(char)), None)


def digits(text: str) -> str:
    """What was typed without dashes, spaces, brackets and 〒; the caller judges what remains."""
    return "".join(
        char
        for char in normalize("NFKC", text)
        if category(char) not in BETWEEN_DIGITS and char not in USED_AS_DASH + "〒"
    )


def fold(text: str) -> str:
    """For searching: ｾﾝﾁｬ, せんちゃ and センチャ are the same; only letters, digits and ー stay."""
    hiragana = jaconv.kata2hira(normalize("NFKC", text).lower())
    # letters that stood apart may compose once what was between them is gone
    return normalize("NFKC", "".join(char for char in hiragana if char.isalnum()))


def grams(folded: str) -> set[str]:
    """Every piece of one or two characters, as the search index keeps them."""
    return set(folded) | {folded[start : start + 2] for start in range(len(folded) - 1)}


def has_block_number(street: str) -> bool:
    """Whether a parcel would find the door: a number in any script, or 番地なし."""
    return BLOCK_NUMBER.search(normalize("NFKC", street)) is not None


def _composed(text: str) -> str:
    wide = HALF_WIDTH_KANA.sub(lambda kana: normalize("NFKC", kana.group()), text)
    return normalize("NFC", wide)


def _is_unseen(character: str) -> bool:
    if character.isspace():
        return False
    return category(character) in ("Cc", "Cf", "Cs") or INVISIBLE.match(character) is not None


def _is_printable(character: str) -> bool:
    if category(character).startswith("C"):
        return False
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
