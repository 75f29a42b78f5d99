"""When a parcel can arrive: the days and the time slots a shopper may choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import jpholiday

DAY = timedelta(days=1)
DAYS_TO_CHOOSE_FROM = 14
SPREAD = timedelta(days=3)
SUNDAY = 6
ANY_TIME = "0000"  # an answer, not an empty one

# Yamato's codes.
SLOTS = {
    ANY_TIME: ("指定なし", "Any time"),
    "0812": ("午前中", "Morning"),
    "1416": ("14-16時", "2-4 pm"),
    "1618": ("16-18時", "4-6 pm"),
    "1820": ("18-20時", "6-8 pm"),
    "1921": ("19-21時", "7-9 pm"),
}


@dataclass(frozen=True)
class Calendar:
    """When the shop rests: nothing is shipped on those days."""

    weekdays: frozenset[int] = frozenset({SUNDAY})  # Monday is 0
    national: bool = True
    new_year: bool = True  # 30 December to 3 January
    days: frozenset[date] = frozenset()

    @classmethod
    def load(cls, kept: Mapping[str, Any] | None) -> Self:
        """From what the owner's page kept; what it does not say is as usual."""
        known = kept or {}
        return cls(
            frozenset(known.get("weekdays", [SUNDAY])),
            known.get("national", True),
            known.get("new_year", True),
            frozenset(map(date.fromisoformat, known.get("days", []))),
        )

    def dump(self) -> dict[str, Any]:
        return {
            "weekdays": sorted(self.weekdays),
            "national": self.national,
            "new_year": self.new_year,
            "days": [day.isoformat() for day in sorted(self.days)],
        }

    def rests_on(self, day: date) -> bool:
        return (
            day.weekday() in self.weekdays
            or day in self.days
            or (self.new_year and _is_new_year(day))
            or (self.national and bool(jpholiday.is_holiday(day)))
        )


USUAL = Calendar()


def is_working_day(day: date, calendar: Calendar = USUAL) -> bool:
    return not calendar.rests_on(day)


def working_days_after(day: date, count: int, calendar: Calendar = USUAL) -> date:
    """The count-th working day after a day; for 0 the day itself, or the next the shop works."""
    while count > 0 or not is_working_day(day, calendar):
        day += DAY
        count -= is_working_day(day, calendar)
    return day


def earliest(ordered_on: date, prepare_days: int = 2, calendar: Calendar = USUAL) -> date:
    """A parcel arrives the day after it was shipped, Sundays and holidays too."""
    return working_days_after(ordered_on, prepare_days, calendar) + DAY


def last_start(
    ordered_on: date, wanted: date, prepare_days: int = 2, calendar: Calendar = USUAL
) -> date:
    """The last day on which preparing may begin for the parcel to come on the wanted day; the day
    of the order where that is too late already."""
    days = (ordered_on + n * DAY for n in range((wanted - ordered_on).days, 0, -1))
    in_time = (one for one in days if earliest(one, prepare_days, calendar) <= wanted)
    return next(in_time, ordered_on)


def choices(
    ordered_on: date,
    prepare_days: int = 2,
    calendar: Calendar = USUAL,
    count: int = DAYS_TO_CHOOSE_FROM,
) -> list[date]:
    first = earliest(ordered_on, prepare_days, calendar)
    return [first + n * DAY for n in range(count)]


def arrival_range(
    ordered_on: date, prepare_days: int = 2, calendar: Calendar = USUAL
) -> tuple[date, date]:
    """The first and the last day to expect a parcel that no day was chosen for."""
    first = earliest(ordered_on, prepare_days, calendar)
    return first, first + SPREAD


def _is_new_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 30) or (day.month, day.day) <= (1, 3)
