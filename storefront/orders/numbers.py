"""Order numbers: short enough to read out, and telling neither volume nor date."""

import secrets

from storefront.core.japanese import digits

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is mistaken for another
GROUP = 4


def new_number() -> str:
    """Nine characters such as 7KQ2-M9XD; a provider's attempt number still fits behind."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))
    return "-".join(groups)


def tidy_number(text: str) -> str:
    """A number as a person may type it: width, spaces and case do not matter, nor the hyphen."""
    plain = "".join(char for char in digits(text).upper() if char.isalnum())
    return f"{plain[:GROUP]}-{plain[GROUP:]}"
