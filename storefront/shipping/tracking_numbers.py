"""Tracking numbers: which text may be one of a carrier's."""

import re

LONGEST = 12  # characters, whoever the carrier is
OF_YAMATO = re.compile(r"[0-9]{12}")
OF_ANY = re.compile(r"[0-9A-Za-z-]{1,12}")


def is_of_yamato(number: str) -> bool:
    """Whether it is twelve digits, as Yamato's are, the last one unproven."""
    return OF_YAMATO.fullmatch(number) is not None


def has_check_digit(number: str) -> bool:
    """Whether twelve digits end as Yamato's do: the first eleven, divided by 7, leave the last."""
    return is_of_yamato(number) and int(number[:-1]) % 7 == int(number[-1])


def is_of_any_carrier(number: str) -> bool:
    """Whether another carrier may have given it: their check digits nobody knows here."""
    return OF_ANY.fullmatch(number) is not None
