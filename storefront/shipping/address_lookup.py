"""What a postal code fills into an address, beside what was typed by hand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from storefront.shipping.postal_codes import Address

# what a street is without its town: 2-7-2, ２丁目７番２号, 番地なし
NUMBERS = re.compile(r"[\d\s\-‐-―−ーのノ丁目番地号なし無]+")
FROM_NUMBER = re.compile(r"\d.*")
COUNTY = re.compile(r"^[^市区町村]{1,5}郡(?=[^市])")
JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")
KANJI_DIGITS = str.maketrans("〇一二三四五六七八九ヶが", "0123456789ケケ")


@dataclass(frozen=True)
class AddressLines:
    """The three fields that a look-up may write."""

    prefecture: str
    city: str
    street: str


def fill_in(
    typed: AddressLines,
    places: Sequence[Address],
    former: Sequence[Address] = (),
    picked: Address | None = None,
    is_pressed: bool = False,
) -> AddressLines:
    """The address after a look-up that found these places; as it was typed where it found none.

    former are the places of the code that was looked up before: what equals theirs was written by
    that look-up, and gives way. Other text was typed by hand; it stays unless a button was pressed.
    Several places fill in nothing until one of them is picked.
    """
    if not places:
        return typed
    kept = _typed_by_hand(typed, former)
    place = picked or (places[0] if len(places) == 1 else None)
    if place is None:
        return AddressLines("", "", kept.street) if is_pressed else kept
    if is_pressed or picked:
        return AddressLines(place.prefecture, place.city, _moved(kept.street, place.town))
    filled = AddressLines(kept.prefecture or place.prefecture, kept.city or place.city, kept.street)
    lacks_town = NUMBERS.fullmatch(kept.street) and filled.city == place.city
    if not kept.street or lacks_town or kept.street != typed.street:
        return AddressLines(filled.prefecture, filled.city, place.town + kept.street)
    return filled


def is_undecided(typed: AddressLines, places: Sequence[Address]) -> bool:
    """Whether a code stands for several places and the address does not say which."""
    if len(places) < 2 or (typed.prefecture and typed.city and typed.street):
        return False
    return not any(
        (place.prefecture, place.city) == (typed.prefecture, typed.city)
        and typed.street.startswith(place.town)
        for place in places
    )


def may_be_in(places: Sequence[Address], city: str, street: str) -> bool:
    """Whether an address may be in the city of one of these places, as far as its words tell.

    Widths, spaces, ヶ and が make no difference; the county, the city of a ward or the ward may
    be left out, and the ward or the county may stand with the street. What is not written in
    Japanese says nothing.
    """
    if not JAPANESE.search(city):
        return True
    return any(
        _may_be_in(place, _bare(city, place), _bare(city + street, place)) for place in places
    )


def _may_be_in(place: Address, city: str, line: str) -> bool:
    whole = _bare(place.city, place)
    short = COUNTY.sub("", whole)
    return (
        line.startswith((whole, short))
        or COUNTY.sub("", line).startswith(short)
        or whole.endswith(city)
        or short.startswith(city)
    )


def _bare(text: str, place: Address) -> str:
    return _plain("".join(text.split()).removeprefix(place.prefecture))


def _typed_by_hand(typed: AddressLines, former: Sequence[Address]) -> AddressLines:
    """Without what the look-up before wrote; the numbers behind its town were typed."""
    towns = sorted({place.town for place in former if place.town}, key=len, reverse=True)
    town = next((town for town in towns if typed.street.startswith(town)), "")
    return AddressLines(
        "" if typed.prefecture in {place.prefecture for place in former} else typed.prefecture,
        "" if typed.city in {place.city for place in former} else typed.city,
        typed.street.removeprefix(town).lstrip() if town else typed.street,
    )


def _moved(street: str, town: str) -> str:
    """The street with this town in place of another; its numbers stay."""
    if _plain(town) in _plain(street):
        return street
    numbers = NUMBERS.fullmatch(street) or FROM_NUMBER.search(street)
    return town + (numbers[0] if numbers else "")


def _plain(text: str) -> str:
    """南一条 and 南１条, 霞ヶ関 and 霞が関 are the same."""
    return normalize("NFKC", text).translate(KANJI_DIGITS)
