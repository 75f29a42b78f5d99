"""The payment request after delivery: to whom it goes, and until when it is to be paid."""

from dataclasses import dataclass
from datetime import date, timedelta

PAID_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Bill:
    """What the shopper is asked to pay in yen, and what a sandbox number makes of it."""

    phone: str
    email: str
    yen: int
    due: date
    text_arrives: bool
    is_paid_today: bool


def due_date(issued: date) -> date:
    return issued + PAID_WITHIN
