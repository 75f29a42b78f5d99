"""The request to pay after delivery, and its due date."""

from dataclasses import dataclass
from datetime import date, timedelta

PAID_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Bill:
    """What the shopper has to pay in yen by when, and what a sandbox number makes of the
    request."""

    phone: str
    email: str
    yen: int
    due: date
    text_arrives: bool
    is_paid_today: bool


def due_date(issued: date) -> date:
    """The last day to pay: 14 days after the day of issue."""
    return issued + PAID_WITHIN
