"""Whether a registration number of the invoice system can be one: T and thirteen digits."""

import re
import unicodedata

SHAPE = re.compile(r"T[0-9]{13}", re.ASCII)


def tidy(typed: str) -> str:
    """As it is printed: T9234567890123, whatever width, case and hyphens it was typed with."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[\s\-‐-―ー−]", "", plain)


def is_well_formed(number: str) -> bool:
    return SHAPE.fullmatch(number) is not None


def is_of_company(number: str) -> bool:
    """Whether the first digit checks the other twelve, as in every corporate number.

    The rule is that of 平成26年財務省令第70号 (法人番号の指定等に関する省令), article 2: with P(n)
    the n-th digit from the right of the twelve, and Q(n) 1 for odd n and 2 for even n, the check
    digit is 9 minus the remainder of the sum of P(n) × Q(n) divided by 9. A company's registration
    number is T and its corporate number; a sole trader's is no corporate number, and nothing
    published says that it is checked alike.
    """
    if not is_well_formed(number):
        return False
    first, *others = map(int, number[1:])
    weighed = sum(digit * (1 + n % 2) for n, digit in enumerate(reversed(others)))
    return first == 9 - weighed % 9
