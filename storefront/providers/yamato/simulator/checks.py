"""Checks of one field's text, to be put into the tables of fields.py; lengths are in characters."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from unicodedata import east_asian_width

from storefront.core import clock
from storefront.shipping import postal_codes
from storefront.shipping.prefectures import PREFECTURES

Fields = Mapping[str, str]
Check = Callable[[str], bool]

NARROW = {"Na", "H"}
WIDE = {"F", "W", "A"}
SHIPS_WITHIN = timedelta(days=90)
MOBILE = re.compile(r"0[5-9]0\d{8}", re.ASCII)


def matches(pattern: str) -> Check:
    """A check for the whole text by a regular expression, in ASCII."""
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def at_most(length: int) -> Check:
    """A check for at most so many characters."""
    return lambda text: len(text) <= length


def exactly(length: int) -> Check:
    """A check for so many characters."""
    return lambda text: len(text) == length


def one_of(*values: str) -> Check:
    """A check for one of these texts."""
    return lambda text: text in values


def contains(character: str, *times: int) -> Check:
    """A check for how often the character occurs: one of these counts, or at least once without
    any."""
    return lambda text: text.count(character) in times if times else character in text


is_number = matches(r"\d+")
is_whole = matches(r"-?\d+")
is_order_number = matches(r"[0-9A-Za-z_-]+")
is_alphanumeric = matches(r"[0-9A-Za-z]+")
is_half_width = matches(r"[\x21-\x7e]+")
is_half_width_kana = matches("[\uff61-\uff9f\x20-\x7e]+")
has_digits_and_hyphens = matches(r"[\d-]+")
has_postal_form = matches(r"\d{3}-\d{4}|\d{7}")
begins_with_zero = matches(r"0[\d-]*")
is_positive = matches(r"0*[1-9]\d*")
is_within_a_million = matches(r"\d{1,6}|-0*[1-9]\d{0,5}")


def is_full_width(text: str) -> bool:
    """Whether every character is full width."""
    return all(east_asian_width(character) not in NARROW for character in text)


def is_printable(text: str) -> bool:
    """Whether all characters are in Windows' Shift_JIS, without those that only look like one of
    it. The real service's list of characters is not public."""
    try:
        is_same = text.encode("cp932").decode("cp932") == text
    except UnicodeEncodeError:
        return False
    return is_same and text.replace("\u3000", "").isprintable()


def fits_free_item(text: str) -> bool:
    """Whether the text has at most 20 full-width characters, or 40 of half the width."""
    return sum(2 if east_asian_width(character) in WIDE else 1 for character in text) <= 40


def is_moment(text: str) -> bool:
    """Whether the text is a date (yyyyMMdd), or a date and time (yyyyMMddHHmmss)."""
    try:
        datetime.fromisoformat(f"{text[:8]}T{text[8:] or '000000'}")
    except ValueError:
        return False
    return len(text) in {8, 14}


def is_near(day: str) -> bool:
    """Whether a day (yyyyMMdd) is at most 90 days from today in Japan."""
    return abs(datetime.fromisoformat(day).date() - clock.today()) <= SHIPS_WITHIN


def has_seven_digits(text: str) -> bool:
    """Whether a postal code has seven digits, its hyphen left out."""
    return len(text.replace("-", "")) == 7


def is_known_postal_code(text: str) -> bool:
    """Whether the postal code is in Japan Post's list."""
    return bool(postal_codes.find(text.replace("-", "")))


def begins_with_prefecture(text: str) -> bool:
    """Whether an address begins with the name of a prefecture."""
    return text.startswith(tuple(name for name, _english in PREFECTURES))


def has_phone_length(text: str) -> bool:
    """Whether a number has ten digits, or eleven where it is a mobile's."""
    digits = text.replace("-", "")
    return len(digits) == 10 or MOBILE.fullmatch(digits) is not None
