"""Counting texts by day: how many, what became of them, and what they cost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from storefront.core.extensions import db, upsert
from storefront.sms.models import TextCount

LONGEST = 600  # seconds; a code that comes later than it lives is as good as none
NOT_TOLD = -1
NAMES = ("day", "purpose", "sender", "prefix", "fate", "seconds")
NUMBERS = ("codes", "entered", "texts")


class Fate(StrEnum):
    """What became of a text, as far as anybody told; the last two never left."""

    DELIVERED = "delivered"
    UNREPORTED = "unreported"
    UNDELIVERED = "undelivered"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


UNSENT = (Fate.REFUSED, Fate.UNAVAILABLE)


class Purpose(StrEnum):
    CODE = "code"
    PAYMENT = "payment"


@dataclass(frozen=True)
class Way:
    """What texts have to have in common to be counted as the same."""

    day: date
    purpose: str
    sender: str
    prefix: str
    fate: str
    seconds: int = NOT_TOLD


def add(counted: Iterable[tuple[Way, int, int, int]]) -> None:
    """Codes, entered codes and texts of each way, inside the caller's transaction."""
    sums: dict[Way, Counter[str]] = {}
    for way, *numbers in counted:
        sums.setdefault(way, Counter()).update(dict(zip(NUMBERS, numbers, strict=True)))
    rows = [
        {**dict(zip(NAMES, astuple(way), strict=True)), **{one: so_many[one] for one in NUMBERS}}
        for way, so_many in sums.items()
    ]
    if not rows:
        return
    insert = upsert(TextCount)
    more = {one: getattr(TextCount, one) + insert.excluded[one] for one in NUMBERS}
    keys = [getattr(TextCount, one) for one in NAMES]
    db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=more), rows)


def columns(source: type[TextCount] = TextCount) -> list[sa.ColumnElement[object]]:
    return [getattr(source, one) for one in (*NAMES, *NUMBERS)]
