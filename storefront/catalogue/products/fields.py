"""The values of a product and its variants, read from the text of a form or a CSV cell, and written
as such. Every reader raises Wrong."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _

from storefront.core import japanese
from storefront.core.money import TaxRate
from storefront.web.i18n import locale

MOST_YEN = 9_999_999
MOST_PIECES = 999_999
LONGEST_WORDS = 5_000  # characters of a description
MOST_SPECS = 30

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# what a spreadsheet takes for a date or a number, or has made of one
MANGLED = re.compile(
    rf"\d+([-/.]\d+){{1,2}}|\d{{1,4}}-({MONTHS})|({MONTHS})-\d{{1,4}}|\d+(\.\d+)?e[-+]?\d+"
    r"|(\d+年)?\d+月(\d+日)?",
    re.IGNORECASE,
)
WHOLE = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.0+)?")
RATES = {"8": 800, "0.08": 800, "10": 1000, "0.1": 1000, "0.10": 1000}
YES = {"公開", "published", "true", "yes", "1", "はい"}
NO = {"非公開", "hidden", "false", "no", "0", "いいえ"}
SOLD = {"取扱中", "on sale", "false", "0"}
WITHDRAWN = {"終了", "withdrawn", "true", "1"}


class Wrong(Exception):
    """The text stands for no such value: show what is wrong with it, and what to do."""

    def __init__(self, what: str, todo: str) -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo


@dataclass(frozen=True)
class Field:
    """How a value is read from a text, which raises Wrong, and written as one."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def line(most: int, required: bool = False) -> Field:
    """A field for one line of at most so many characters."""

    def read(text: str) -> str:
        tidy = japanese.tidy(text)
        if required and not tidy:
            raise Wrong(_("空です"), _("入力してください"))
        return _not_longer(tidy, most)

    return Field(read)


def option_value(text: str) -> str:
    """As the cart compares it: what a browser sends is folded to ordinary width there."""
    return _not_longer(normalize("NFKC", japanese.tidy(text)).strip(), 40)


def words(text: str) -> str:
    """A description: its paragraphs, tidied."""
    return _not_longer(japanese.paragraphs(text), LONGEST_WORDS)


def slug(text: str) -> str:
    """A code for addresses: small letters, digits and hyphens."""
    todo = _("半角の小文字、数字、ハイフンで60文字まで。例: uji-sencha")
    return _code(normalize("NFKC", text).strip(), SLUG, 60, todo)


def sku(text: str) -> str:
    """A stock keeping unit: letters, digits, hyphen, dot and underscore."""
    todo = _("半角の英数字、ハイフン、点、下線で80文字まで。例: tote-s")
    return _code(normalize("NFKC", text).strip(), SKU, 80, todo)


def yen(text: str) -> int:
    """Whole yen, with or without 円 and commas."""
    todo = _("円の金額を0から%(most)sの整数で入力してください", most=f"{MOST_YEN:,}")
    plain = normalize("NFKC", text).strip().strip("¥\\円").strip()
    return _whole(plain, MOST_YEN, todo)


def pieces(text: str) -> int:
    """A number of pieces in stock."""
    todo = _("点数を0から%(most)sの整数で入力してください", most=f"{MOST_PIECES:,}")
    return _whole(normalize("NFKC", text).strip().removesuffix("点").strip(), MOST_PIECES, todo)


def position(text: str) -> int:
    """A place in the shop's order, from 0."""
    todo = _("順番を0から%(most)sの整数で入力してください", most=f"{MOST_PIECES:,}")
    return _whole(normalize("NFKC", text).strip(), MOST_PIECES, todo)


def tax(text: str) -> int:
    """A TaxRate from 8 or 10 percent."""
    plain = normalize("NFKC", text).replace("%", "").strip()
    if plain not in RATES:
        raise Wrong(_("税率ではありません"), _("8か10を入力してください"))
    return RATES[plain]


def specs(text: str) -> list[list[str]]:
    """Rows of a product's table from lines: 項目|内容, with English behind:
    項目|内容|Item|Content."""
    rows = [[part.strip() for part in one.split("|")] for one in words(text).split("\n") if one]
    if any(len(row) not in (2, 4) or not all(row[:2]) for row in rows):
        raise Wrong(
            _("仕様の形ではありません"),
            _("1行に1つ、「項目|内容」か「項目|内容|英語の項目|英語の内容」で入力してください"),
        )
    if len(rows) > MOST_SPECS:
        raise Wrong(_("多すぎます"), _("仕様は%(n)s行までにしてください", n=MOST_SPECS))
    return [
        [row[0], *row[2:3], row[1], *row[3:]] if row[2:] else [row[0], "", row[1], ""]
        for row in rows
    ]


def written_specs(rows: list[list[str]]) -> str:
    """The rows as specs() reads them."""
    return "\n".join(
        "|".join([item, content, item_en, content_en] if item_en or content_en else [item, content])
        for item, item_en, content, content_en in rows
    )


def _either(yes: set[str], no: set[str], todo: Callable[[], str]) -> Callable[[str], bool]:
    def read(text: str) -> bool:
        plain = normalize("NFKC", text).strip().lower()
        if plain not in yes | no:
            raise Wrong(_("どちらか読み取れません"), todo())
        return plain in yes

    return read


def _said(yes: tuple[str, str], no: tuple[str, str]) -> Callable[[bool], str]:
    """In Japanese or English; both are read in either language."""
    return lambda value: (yes if value else no)[locale() == "en"]


def _code(text: str, form: re.Pattern[str], most: int, todo: str) -> str:
    if MANGLED.fullmatch(text):
        raise Wrong(
            _("Excelが日付や数字として扱う形です"),
            _("列を「文字列」にして、もとの文字を入力してください。英字を足すと変わりません"),
        )
    if not form.fullmatch(text) or len(text) > most:
        raise Wrong(_("空です") if not text else _("使えない文字があるか、長すぎます"), todo)
    return text


def _whole(plain: str, most: int, todo: str) -> int:
    if not plain:
        raise Wrong(_("空です"), todo)
    if not WHOLE.fullmatch(plain):
        raise Wrong(_("整数ではありません"), todo)
    number = int(plain.partition(".")[0].replace(",", ""))
    if not 0 <= number <= most:
        raise Wrong(_("範囲の外です"), todo)
    return number


def _not_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise Wrong(
            _("%(n)s文字あります", n=len(text)), _("%(most)s文字までにしてください", most=most)
        )
    return text


OPTION = Field(option_value)
PRODUCT: dict[str, Field] = {
    "slug": Field(slug),
    "name": line(120, required=True),
    "name_en": line(120),
    "reading": line(200),
    "other_spellings": line(200),
    "description": Field(words),
    "description_en": Field(words),
    "specs": Field(specs, written_specs),
    "tax": Field(tax, lambda rate: str(TaxRate(rate).percent)),
    "option_1": line(40),
    "option_1_en": line(40),
    "option_2": line(40),
    "option_2_en": line(40),
    "published": Field(
        _either(YES, NO, lambda: _("「公開」か「非公開」を入力してください")),
        _said(("公開", "published"), ("非公開", "hidden")),
    ),
    "position": Field(position),
}
VARIANT: dict[str, Field] = {
    "sku": Field(sku),
    "option_1": OPTION,
    "option_1_en": OPTION,
    "option_2": OPTION,
    "option_2_en": OPTION,
    "price": Field(yen),
    "position": Field(position),
    "withdrawn": Field(
        _either(WITHDRAWN, SOLD, lambda: _("「取扱中」か「終了」を入力してください")),
        _said(("終了", "withdrawn"), ("取扱中", "on sale")),
    ),
}
