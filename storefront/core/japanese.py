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
    rf"\d|無番地|番外地|番地(?:なし|ナシ|無)|{KANJI_DIGIT}(?:丁目|番(?![町丁])|号|[-ー−‐–—のノ]?{KANJI_DIGIT})"
)
# behind a name that the shop writes its own honorific to; 花屋さん and the like are names
HONORIFICS = re.compile(r"(?:\s*(?:様|さま|御中|(?<!屋)さん))+\s*$")
# kanji of names, each before the one that is in use for it: one spelling for the search, and what
# a label prints where it lacks the first
VARIANTS = str.maketrans(
    dict(
        zip(
            "髙﨑嵜𠮷邉邊齋齊斎濵濱桒德栁瀨賴冨嶋嶌澤櫻廣國圓榮眞惠豐龍淵渊條曾藏靜壽實學彌禮萬與將寬"
            "槇槗𣘺鷗驒逹淸昻凉舘鎭戶吳靑黑增橫緖鐵鹽莊籠栢絲龜瀧隆𦚰薰曉應顯渕",
            "高崎崎吉辺辺斉斉斉浜浜桑徳柳瀬頼富島島沢桜広国円栄真恵豊竜渕渕条曽蔵静寿実学弥礼万与将寛"
            "槙橋橋鴎騨達清昂涼館鎮戸呉青黒増横緒鉄塩荘篭柏糸亀滝隆脇薫暁応顕渕",
            strict=True,
        )
    )
)
# Latin letters that no accent can be taken off
UNDIVIDED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ı": "i"}
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


def first_unwritable(text: str) -> str | None:
    """The first character that no name has in any script: a pictograph or a control character.

    Signs that a label printer has (㈱, ♪) are written, too.
    """
    return next((char for char in text if not (_is_of_writing(char) or _is_printable(char))), None)


def printable(text: str) -> str:
    """As a label prints it: 𠮷 as 吉, ü as u; what has nothing near it stays as it is."""
    return "".join(char if first_unprintable(char) is None else common(char) for char in text)


def common(text: str) -> str:
    """Kanji of names in the form in use, and Latin letters without accents."""
    return "".join(map(_without_accent, text.translate(VARIANTS).translate(UNDIVIDED)))


def without_honorific(name: str) -> str:
    """A name without the 様, さま, 御中 or さん that was typed behind it."""
    return HONORIFICS.sub("", name)


def half_width(text: str) -> str:
    """For what machines read (codes, days, mail addresses): ASCII where there is any, no space
    around it, nothing unseen."""
    return normalize("NFKC", "".join(char for char in text if not _is_unseen(char))).strip()


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


def _is_of_writing(character: str) -> bool:
    """Letters, marks, digits and punctuation of any script; no enclosing marks, as of keycaps."""
    kind = category(character)
    return kind[0] in "LMNPZ" and kind != "Me"


def _without_accent(character: str) -> str:
    parts = normalize("NFD", character)
    return parts[0] if parts[0].isascii() else character


def _is_printable(character: str) -> bool:
    if category(character).startswith("C"):
        return False
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
