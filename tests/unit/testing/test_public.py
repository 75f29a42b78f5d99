"""The package loads what is asked for: no browser for those who need none, no shop for a client."""

import subprocess
import sys

import pytest

from storefront import testing
from storefront.testing import numbers
from storefront.testing.numbers import Phone


def loaded_by(program: str) -> set[str]:
    """Top-level packages that a program of its own has loaded at its end."""
    shown = "import sys; print(*{one.partition('.')[0] for one in sys.modules})"
    command = [sys.executable, "-c", f"{program}\n{shown}"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    return set(done.stdout.split())


def test_a_run_of_others_loads_no_part_of_the_shop() -> None:
    loaded = loaded_by("import storefront.testing.plugin")

    assert loaded & {"flask", "sqlalchemy", "werkzeug", "requests", "playwright"} == set()


def test_a_shop_is_started_without_playwright_and_pytest() -> None:
    loaded = loaded_by("from storefront.testing import FormShopper, Sandbox, Shop, Shopper")

    assert loaded & {"flask", "sqlalchemy", "playwright", "pytest"} == set()


@pytest.mark.parametrize("name", testing.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(testing, name)


def test_what_is_no_name_of_the_package_is_told() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Shoper'"):
        _ = testing.Shoper


def test_no_two_workers_of_a_run_have_the_same_number() -> None:
    ours = [numbers.fresh(worker) for worker in range(4)]

    drawn = [next(one) for one in ours for _ in range(250)]

    assert len(set(drawn)) == 1_000
    assert all(len(one) == 11 and one.isdecimal() for one in drawn)


def test_a_phone_knows_the_number_of_a_scenario() -> None:
    assert Phone("08012345678").ending("0004").endswith("0004")


def test_a_tracking_number_has_yamatos_check_digit() -> None:
    for _ in range(20):
        number = numbers.tracking_number()

        assert len(number) == 12
        assert int(number[:11]) % 7 == int(number[11])
