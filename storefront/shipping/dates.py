"""When a parcel can arrive: the days and the time slots a shopper may choose from."""

from datetime import date, timedelta

import jpholiday

DAY = timedelta(days=1)
DAYS_TO_CHOOSE_FROM = 14
SPREAD = timedelta(days=3)
SUNDAY = 6

# Yamato's codes; "0000" is an answer, not an empty one.
SLOTS = {
    "0000": ("指定なし", "Any time"),
    "0812": ("午前中", "Morning"),
    "1416": ("14-16時", "2-4 pm"),
    "1618": ("16-18時", "4-6 pm"),
    "1820": ("18-20時", "6-8 pm"),
    "1921": ("19-21時", "7-9 pm"),
}


def is_working_day(day: date) -> bool:
    """The shop rests on Sundays, national holidays and over the New Year."""
    return not (day.weekday() == SUNDAY or _is_new_year(day) or jpholiday.is_holiday(day))


def working_days_after(day: date, count: int) -> date:
    """The count-th working day after a day; for 0 the day itself, or the next the shop works."""
    while count > 0 or not is_working_day(day):
        day += DAY
        count -= is_working_day(day)
    return day


def earliest(ordered_on: date, prepare_days: int = 2) -> date:
    """Yamato brings a parcel the day after it was shipped, Sundays and holidays too."""
    return working_days_after(ordered_on, prepare_days) + DAY


def choices(ordered_on: date, prepare_days: int = 2) -> list[date]:
    first = earliest(ordered_on, prepare_days)
    return [first + n * DAY for n in range(DAYS_TO_CHOOSE_FROM)]


def arrival_range(ordered_on: date, prepare_days: int = 2) -> tuple[date, date]:
    """The first and the last day to expect a parcel that no day was chosen for."""
    first = earliest(ordered_on, prepare_days)
    return first, first + SPREAD


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 30) or (day.month, day.day) <= (1, 3)
