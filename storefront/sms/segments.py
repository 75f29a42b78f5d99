"""In how many segments a text is sent and billed."""

from dataclasses import dataclass

BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = "^{}\\[~]|€\f"  # take the room of two
LATIN, LATIN_PART = 160, 153
WIDE, WIDE_PART = 70, 67


@dataclass(frozen=True)
class Size:
    """characters as the sender counts them; is_wide where some character is not in GSM-7."""

    characters: int
    parts: int
    is_wide: bool

    @property
    def most(self) -> int:
        """How many characters one part takes."""
        return WIDE if self.is_wide else LATIN


def size_of(text: str) -> Size:
    is_wide = any(letter not in BASIC and letter not in DOUBLE for letter in text)
    if is_wide:
        characters = len(text.encode("utf-16-le")) // 2
        return Size(characters, _parts(characters, WIDE, WIDE_PART), is_wide)
    characters = len(text) + sum(letter in DOUBLE for letter in text)
    return Size(characters, _parts(characters, LATIN, LATIN_PART), is_wide)


def _parts(characters: int, alone: int, joined: int) -> int:
    return 1 if characters <= alone else -(-characters // joined)
