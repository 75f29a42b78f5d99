"""The numbers that Yamato knows things by: orders, parcels, phones, post codes."""

import re
from collections.abc import Collection

from storefront.core import japanese, phones
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason
from storefront.shipping import tracking_numbers

LONGEST_ORDER_NUMBER = 20
ORDER_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,18}[A-Za-z0-9]")
POSTAL_CODE = re.compile(r"[0-9]{7}")
CODE = re.compile(r"[0-9]{4}")
EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # visible ASCII, one @
LONGEST_EMAIL = 64

MOBILE_DIGITS = 11
MOBILE_PREFIXES = ("060", "070", "080", "090")


def attempt_number(order_number: str, attempt: int) -> str:
    """The order number of one request for credit; Yamato takes each number once only."""
    number = f"{order_number}-{attempt}"
    if attempt < 1 or not ORDER_NUMBER.fullmatch(number):
        raise ValueError("An order number and its attempt must fit 20 letters, digits, _ and -")
    return number


def order_number_problems(number: str) -> list[Problem]:
    """Whether the number has another form than orderNo."""
    if ORDER_NUMBER.fullmatch(number):
        return []
    return [Problem(Field.ORDER_NUMBER, Reason.FORMAT, LONGEST_ORDER_NUMBER, len(number))]


def yamato_slip_problems(slip: str) -> list[Problem]:
    """Whether the number is no tracking number of Yamato's: twelve digits, of which the last checks
    the others."""
    if not tracking_numbers.is_of_yamato(slip):
        return [Problem(Field.SLIP_NUMBER, Reason.FORMAT, tracking_numbers.LONGEST, len(slip))]
    is_right = tracking_numbers.has_check_digit(slip)
    return [] if is_right else [Problem(Field.SLIP_NUMBER, Reason.CHECK_DIGIT)]


def any_slip_problems(slip: str) -> list[Problem]:
    """Whether the number cannot be another carrier's tracking number; its check digit is not known
    here."""
    if tracking_numbers.is_of_any_carrier(slip):
        return []
    return [Problem(Field.SLIP_NUMBER, Reason.FORMAT, tracking_numbers.LONGEST, len(slip))]


def phone(typed: str) -> str:
    """National digits from any usual way of writing; empty for what is no Japanese number."""
    return phones.national(typed) or ""


def phone_problems(field: Field, typed: str) -> list[Problem]:
    """Whether what was typed is no Japanese phone number."""
    return [] if phone(typed) else [Problem(field, Reason.FORMAT)]


def mobile_problems(typed: str, prefixes: Collection[str]) -> list[Problem]:
    """Whether the number gets no text: only those with these prefixes do."""
    number = phone(typed)
    if len(number) == MOBILE_DIGITS and number[:3] in prefixes:
        return []
    return [Problem(Field.SMS_PHONE, Reason.NOT_MOBILE)]


def postal_code_problems(field: Field, typed: str) -> list[Problem]:
    """Whether what was typed is not seven digits."""
    if POSTAL_CODE.fullmatch(japanese.digits(typed)):
        return []
    return [Problem(field, Reason.FORMAT)]


def email_problems(email: str) -> list[Problem]:
    """Whether the address is too long or has another form than the email field takes."""
    if len(email) > LONGEST_EMAIL:
        return [Problem(Field.EMAIL, Reason.LONG, LONGEST_EMAIL, len(email))]
    return [] if EMAIL.fullmatch(email) else [Problem(Field.EMAIL, Reason.FORMAT)]


def code(typed: str) -> str:
    """The code in half-width digits, with its leading zeros."""
    return japanese.digits(typed)


def code_problems(typed: str) -> list[Problem]:
    """Whether the text is no four-digit code; told here, because Yamato would count it as a try."""
    if CODE.fullmatch(code(typed)):
        return []
    return [Problem(Field.CODE, Reason.FORMAT, 4)]
