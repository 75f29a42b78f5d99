from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.shipping import dates

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
prepare_days = st.integers(min_value=0, max_value=10)


def test_a_weekday_is_a_working_day() -> None:
    assert dates.is_working_day(date(2026, 11, 24))


def test_a_saturday_is_a_working_day() -> None:
    assert dates.is_working_day(date(2026, 11, 28))


def test_a_sunday_is_not_a_working_day() -> None:
    assert not dates.is_working_day(date(2026, 11, 29))


@pytest.mark.parametrize(
    "holiday", [date(2026, 11, 23), date(2026, 5, 6), date(2026, 9, 22), date(2027, 3, 22)]
)
def test_a_national_holiday_is_not_a_working_day(holiday: date) -> None:
    assert not dates.is_working_day(holiday)


@pytest.mark.parametrize("day", [date(2026, 12, 30), date(2026, 12, 31), date(2030, 1, 3)])
def test_the_shop_rests_over_the_new_year(day: date) -> None:
    assert not dates.is_working_day(day)


@pytest.mark.parametrize("day", [date(2026, 12, 29), date(2027, 1, 4)])
def test_the_shop_works_up_to_the_new_year_and_right_after_it(day: date) -> None:
    assert dates.is_working_day(day)


def test_working_days_skip_a_sunday_and_a_holiday_after_it() -> None:
    assert dates.working_days_after(date(2026, 11, 20), 2) == date(2026, 11, 24)


def test_a_day_of_rest_does_not_count() -> None:
    assert dates.working_days_after(date(2026, 11, 29), 1) == date(2026, 11, 30)


def test_no_working_days_after_a_day_of_rest_is_the_next_working_day() -> None:
    assert dates.working_days_after(date(2026, 11, 29), 0) == date(2026, 11, 30)


@given(days, prepare_days)
def test_as_many_working_days_pass_as_were_asked_for(day: date, count: int) -> None:
    ready = dates.working_days_after(day, count)

    later = [day + timedelta(days=n) for n in range(1, (ready - day).days + 1)]
    rests_first = count == 0 and not dates.is_working_day(day)
    assert dates.is_working_day(ready)
    assert sum(map(dates.is_working_day, later)) == count + rests_first


def test_a_parcel_arrives_the_day_after_it_was_shipped() -> None:
    assert dates.earliest(date(2026, 11, 24)) == date(2026, 11, 27)


def test_a_parcel_may_arrive_on_a_sunday() -> None:
    assert dates.earliest(date(2026, 11, 26)) == date(2026, 11, 29)


def test_an_order_before_the_new_year_is_prepared_after_it() -> None:
    assert dates.earliest(date(2026, 12, 29)) == date(2027, 1, 6)


@given(days, prepare_days)
def test_a_parcel_never_arrives_on_the_day_of_the_order(day: date, count: int) -> None:
    assert dates.earliest(day, count) > day


@given(days, days, prepare_days)
def test_who_orders_later_gets_it_no_earlier(one: date, other: date, count: int) -> None:
    sooner, later = sorted([one, other])

    assert dates.earliest(sooner, count) <= dates.earliest(later, count)


@given(days, prepare_days)
def test_the_choices_are_14_days_in_a_row_from_the_earliest_on(day: date, count: int) -> None:
    choices = dates.choices(day, count)

    assert choices[0] == dates.earliest(day, count)
    assert choices == sorted(set(choices))
    assert len(choices) == 14
    assert choices[-1] - choices[0] == timedelta(days=13)


@given(days, prepare_days)
def test_with_no_preference_a_parcel_arrives_within_three_days_of_the_earliest(
    day: date, count: int
) -> None:
    first, last = dates.arrival_range(day, count)

    assert first == dates.earliest(day, count)
    assert last - first == timedelta(days=3)


def test_the_slots_stand_in_the_order_of_the_day_and_no_preference_comes_first() -> None:
    assert list(dates.SLOTS) == ["0000", "0812", "1416", "1618", "1820", "1921"]


def test_every_slot_is_named_in_both_languages() -> None:
    assert all(ja and en for ja, en in dates.SLOTS.values())
