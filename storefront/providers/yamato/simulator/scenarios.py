"""What each sandbox number 090-0000-NNNN makes Yamato do, after 070-0WWW-NNNN for parallel tests;
the numbers are this project's own."""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from storefront.providers.yamato.simulator.answers import Manner
from storefront.providers.yamato.simulator.checks import MOBILE
from storefront.providers.yamato.simulator.terms import Terms

SANDBOX_NUMBER = re.compile(r"(?:0900000|0700\d{3})(\d{4})", re.ASCII)
FREE_NUMBER = re.compile(r"0(?:900000|700\d{3}|800\d{3})\d{4}", re.ASCII)
SMS_CODE = "3"  # the division whose shopper types a code
SMS_DIVISIONS = {SMS_CODE, "4"}

APPROVED_AT_ONCE = "0020"
CREDIT_REFUSALS = {"0021": "1", "0022": "2"}
EXAMINED = {"0023", "0024", "0025"}
SLOW = "0026"  # the order request, which is taken whether its sender still waits or not
PAYS_AT_ONCE, BILL_TEXT_BOUNCES = "0030", "0032"

MANNERS = {"0024": Manner.SILENT, "0025": Manner.RUBBISH}
SMS_MANNERS = {"0007": Manner.DOWN, "0008": Manner.DOWN, "0010": Manner.SILENT}


@dataclass(frozen=True)
class Sms:
    """How the code of an order is made, sent and judged."""

    code: str
    lifetime: timedelta
    tries: int
    is_ever_right: bool = True
    is_sent: bool = True
    fails_after: timedelta | None = None


KNOWN_CODE = "1234"
NEVER_ARRIVES: dict[str, Any] = {"is_sent": False, "fails_after": timedelta(0)}
SMS: dict[str, dict[str, Any]] = {
    "0000": {},
    "0001": {"is_ever_right": False},
    "0002": {"lifetime": timedelta(0)},
    "0003": {"fails_after": timedelta(seconds=2)},
    "0004": NEVER_ARRIVES,
    "0005": NEVER_ARRIVES,
    "0006": {"tries": 1},
    "0009": {},  # the phone itself shows it 20 seconds late
    "0010": {"is_sent": False},
    "0026": {},
    "0040": {"code": "0042"},
    "0041": {"code": "0000"},
}


def ending(number: str) -> str:
    """The last four digits of a sandbox number; empty for any other number."""
    found = SANDBOX_NUMBER.fullmatch(number)
    return found[1] if found else ""


def is_free(number: str) -> bool:
    """Whether the number has no credit limit, where the simulator is lenient."""
    return FREE_NUMBER.fullmatch(number) is not None


def manner(number: str, division: str) -> Manner:
    """How KAARA0010 for this number is answered."""
    if division in SMS_DIVISIONS and ending(number) in SMS_MANNERS:
        return SMS_MANNERS[ending(number)]
    return later_manner(number)


def later_manner(number: str) -> Manner:
    """How all later calls about this number are answered."""
    return MANNERS.get(ending(number), Manner.PLAIN)


def sms(number: str, terms: Terms) -> Sms:
    """The code's fate: a random code of four digits, or what the number stands for. No text reaches
    a landline."""
    usual = Sms(f"{secrets.randbelow(10_000):04}", terms.lifetime, terms.tries)
    if not MOBILE.fullmatch(number):
        return replace(usual, **NEVER_ARRIVES)
    if ending(number) not in SMS:
        return usual
    return replace(usual, **{"code": KNOWN_CODE, **SMS[ending(number)]})
