"""What the doctor says of a list of postal codes that was issued long ago."""

from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from storefront.cli import group
from storefront.shipping import postal_codes
from tests.unit.verification.stand_ins import StillClock


@pytest.mark.parametrize(("days", "is_told"), [(30, False), (200, True)])
def test_the_doctor_says_when_the_list_is_old(
    app: Flask, still: StillClock, days: int, is_told: bool
) -> None:
    still.now = datetime.combine(postal_codes.issued_on() + timedelta(days=days), time(), UTC)

    said = app.test_cli_runner().invoke(group, ["doctor"]).output

    told = f"The list of postal codes is of {postal_codes.issued_on():%Y-%m}"
    assert (told in said) is is_told
