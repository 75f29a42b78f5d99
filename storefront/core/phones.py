"""How Japanese phone numbers are read and shown; kept as 0 and digits only ("09012345678")."""

import re

import phonenumbers

from storefront.core.japanese import digits

TYPED = re.compile(r"\+?[\d.]+")
INTERNATIONAL = re.compile(r"^0081")
# by shape only: whether a range is assigned changes, and the sandbox lives in one that is not
ELEVEN = r"0[5-9]0\d{8}"
TEN = r"0(?!0|10|[5-9]0)\d{9}"
NATIONAL = re.compile(f"{ELEVEN}|{TEN}", re.ASCII)
MOBILE = re.compile(r"0[6-9]0\d{8}", re.ASCII)
JAPAN = 81


def national(text: str) -> str | None:
    """The number in national digits, from any usual form, +81 and full width included.

    None where the text is no Japanese number.
    """
    typed = INTERNATIONAL.sub("+81", digits(text))
    if not TYPED.fullmatch(typed):
        return None
    try:
        number = phonenumbers.parse(typed, "JP")
    except phonenumbers.NumberParseException:
        return None
    found = "0" + phonenumbers.national_significant_number(number)
    return found if number.country_code == JAPAN and NATIONAL.fullmatch(found) else None


def is_mobile(national: str) -> bool:
    return MOBILE.fullmatch(national) is not None


def e164(national: str) -> str:
    return f"+{JAPAN}{national[1:]}"


def from_e164(number: str) -> str:
    return "0" + number.removeprefix(f"+{JAPAN}")


def formatted(national: str) -> str:
    """With hyphens where the area code and the exchange end; always in three groups."""
    number = phonenumbers.parse(e164(national))
    text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    if digits(text) == national:
        return text
    # an area code nobody has yet: the library would drop the 0
    return f"{national[:-8]}-{national[-8:-4]}-{national[-4:]}"


def masked(national: str) -> str:
    """The number with stars for its middle group, enough for its owner to recognise."""
    area, exchange, line = formatted(national).split("-")
    return f"{area}-{'*' * len(exchange)}-{line}"


def last_four(national: str) -> str:
    return national[-4:]


def prefix(national: str) -> str:
    """The number without its last four digits: the block of numbers that SMS pumping comes from."""
    return national[:-4]
