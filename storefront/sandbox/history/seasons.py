"""How many orders a day has and at what hour: more before お中元 and お歳暮, and for new tea in
May."""

from datetime import date, datetime, timedelta
from random import Random

from storefront.core.calendar import begin

USUAL = 10.5  # orders a day
MONTHS = (0.85, 0.8, 0.95, 1.0, 1.25, 1.0, 1.3, 0.85, 0.85, 0.95, 1.1, 1.55)  # January first
WEEKDAYS = (1.05, 0.92, 0.9, 0.92, 0.9, 1.08, 1.3)  # Monday first
PAYDAYS = (25, 26)
PAYDAY, NEW_YEAR = 1.25, 0.45
SPREAD = 0.22
HOURS = (3, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 8, 11, 9, 7, 7, 7, 7, 8, 9, 12, 15, 14, 8)


def moments(day: date, chance: Random) -> list[datetime]:
    """The moments of a day's orders, in order."""
    most = round(_expected(day) * max(0.2, chance.gauss(1, SPREAD)))
    hours = chance.choices(range(24), HOURS, k=most)
    return sorted(
        begin(day) + timedelta(hours=hour, seconds=chance.randrange(3600)) for hour in hours
    )


def _expected(day: date) -> float:
    expected = USUAL * MONTHS[day.month - 1] * WEEKDAYS[day.weekday()]
    if day.day in PAYDAYS:
        expected *= PAYDAY
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        expected *= NEW_YEAR
    return expected
