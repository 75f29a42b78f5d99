"""How names and addresses are written for Yamato: full width, and in characters that it prints."""

from dataclasses import dataclass

import jaconv

from storefront.core import japanese
from storefront.providers.yamato.protocol.field_errors import Field, Invalid, Problem, Reason
from storefront.shipping.prefectures import PREFECTURES

LONGEST_NAME = 30  # characters in full width
LONGEST_KANA = 40  # half-width; one of Yamato's tables says 80, the other 40
LONGEST_ADDRESS_LINE = 25
LONGEST_ADDRESS = 2 * LONGEST_ADDRESS_LINE
PLACEHOLDER = "〓"  # what printers set for a character they lack

# A name that begins with a half-width ¥ or \ makes Yamato fail, and the full-width straight quotes
# are Windows' own, so the curved ones of JIS X 0208 stand for them.
SIGNS = str.maketrans("¥‾¢£¬＂＇", "￥￣￠￡￢”’")
WITHOUT_HALF_WIDTH = str.maketrans("ヵヶヮヰヱ", "カケワイエ")  # kana that have no half-width form
HALF_WIDTH_KANA = {chr(code) for code in range(0xFF65, 0xFFA0)} | {" "}
NAMES = tuple(name for name, _english in PREFECTURES)


def wide(text: str) -> str:
    """Tidied and in full width; as many characters as the order form counts."""
    return japanese.full_width(japanese.tidy(text)).translate(SIGNS)


def first_unsendable(text: str) -> str | None:
    """The first character that is not full width, or not in the Windows variety of Shift JIS."""
    return next((char for char in wide(text) if not _is_sendable(char)), None)


def _is_sendable(char: str) -> bool:
    return japanese.first_unprintable(char) is None and len(char.encode("cp932")) == 2


def text_problems(field: Field, text: str, longest: int) -> list[Problem]:
    """What a required text of at most so many characters lacks; at most one problem."""
    length = len(wide(text))
    if length == 0:
        return [Problem(field, Reason.EMPTY)]
    if length > longest:
        return [Problem(field, Reason.LONG, longest, length)]
    if bad := first_unsendable(text):
        return [Problem(field, Reason.CHARACTERS, character=bad)]
    return []


def half_width_kana(reading: str) -> str:
    """The reading of a name, or nothing where it does not fit: Yamato does not insist on it."""
    kana = japanese.katakana(reading).translate(WITHOUT_HALF_WIDTH)
    half: str = jaconv.z2h(kana, kana=True)
    return half if len(half) <= LONGEST_KANA and set(half) <= HALF_WIDTH_KANA else ""


def item_name(name: str) -> str:
    """A product's name cut to its 30 characters: a shopper could not correct it."""
    cut = wide(name)[:LONGEST_NAME]
    return "".join(char if _is_sendable(char) else PLACEHOLDER for char in cut)


@dataclass(frozen=True, repr=False)
class Address:
    prefecture: str
    city: str
    street: str
    building: str = ""

    @property
    def whole(self) -> str:
        return wide(self.prefecture + self.city + self.street + self.building)

    def problems(self, field: Field = Field.ADDRESS) -> list[Problem]:
        """The whole address has to fit into two lines; its number is sought in the street alone,
        since the kanji digits of 八千代市 are none."""
        if found := text_problems(field, self.whole, LONGEST_ADDRESS):
            return found
        if not self.whole.startswith(NAMES):
            return [Problem(field, Reason.NO_PREFECTURE)]
        if not japanese.has_block_number(self.street):
            return [Problem(field, Reason.NO_BLOCK_NUMBER)]
        return []

    def lines(self, field: Field = Field.ADDRESS) -> tuple[str, str]:
        """Two lines of at most 25 characters that joined are the whole; raises Invalid."""
        if found := self.problems(field):
            raise Invalid(found)
        return self.whole[:LONGEST_ADDRESS_LINE], self.whole[LONGEST_ADDRESS_LINE:]
