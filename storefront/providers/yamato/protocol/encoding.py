"""The characters of names and addresses on the wire: full width, and in Windows' Shift_JIS."""

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
    """The text tidied and in full width, of as many characters as the order form counts."""
    return japanese.full_width(japanese.tidy(text)).translate(SIGNS)


def first_unsendable(text: str) -> str | None:
    """The first character that is not full width or not in Windows' Shift_JIS; None where all can
    be sent."""
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
    """A name's reading in half-width katakana, or empty where it cannot be written so: the field is
    optional."""
    kana = japanese.katakana(reading).translate(WITHOUT_HALF_WIDTH)
    half: str = jaconv.z2h(kana, kana=True)
    return half if len(half) <= LONGEST_KANA and set(half) <= HALF_WIDTH_KANA else ""


def item_name(name: str) -> str:
    """A product's name cut to the 30 characters of itemName."""
    cut = wide(name)[:LONGEST_NAME]
    return "".join(char if _is_sendable(char) else PLACEHOLDER for char in cut)


@dataclass(frozen=True, repr=False)
class Address:
    """An address of the order form, as Yamato takes it: two lines."""

    prefecture: str
    city: str
    street: str
    building: str = ""

    @property
    def whole(self) -> str:
        """The whole address in full width."""
        return wide(self.prefecture + self.city + self.street + self.building)

    def problems(self, field: Field = Field.ADDRESS) -> list[Problem]:
        """What Yamato would refuse. The number is looked for in the street alone, since the digits
        of 八千代市 are none."""
        if found := text_problems(field, self.whole, LONGEST_ADDRESS):
            return found
        if not self.whole.startswith(NAMES):
            return [Problem(field, Reason.NO_PREFECTURE)]
        if not japanese.has_block_number(self.street):
            return [Problem(field, Reason.NO_BLOCK_NUMBER)]
        return []

    def lines(self, field: Field = Field.ADDRESS) -> tuple[str, str]:
        """Two lines of at most 25 characters that joined are the whole address; raises Invalid."""
        if found := self.problems(field):
            raise Invalid(found)
        return self.whole[:LONGEST_ADDRESS_LINE], self.whole[LONGEST_ADDRESS_LINE:]
