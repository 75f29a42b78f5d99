from datetime import date

import pytest

from storefront.shipping import dates
from storefront.shipping.dates import Calendar

NEVER = Calendar(frozenset(), national=False, new_year=False)


def test_a_shop_that_never_rests_ships_on_any_day() -> None:
    assert dates.earliest(date(2026, 12, 30), 2, NEVER) == date(2027, 1, 2)


@pytest.mark.parametrize(
    "rest",
    [
        {"weekdays": [2]},
        {"days": ["2026-11-25"]},
    ],
)
def test_a_day_of_rest_moves_what_follows(rest: dict[str, object]) -> None:
    calendar = Calendar.load({"weekdays": [], "national": False, "new_year": False, **rest})

    assert dates.working_days_after(date(2026, 11, 24), 1, calendar) == date(2026, 11, 26)


def test_a_shop_may_work_on_national_holidays() -> None:
    calendar = Calendar.load({"national": False})

    assert dates.is_working_day(date(2026, 11, 23), calendar)


def test_a_calendar_comes_back_as_it_was_kept() -> None:
    calendar = Calendar(frozenset({2, 6}), False, True, frozenset({date(2026, 12, 1)}))

    assert Calendar.load(calendar.dump()) == calendar


def test_as_many_days_are_offered_as_the_method_says() -> None:
    assert len(dates.choices(date(2026, 11, 24), 2, NEVER, 5)) == 5
