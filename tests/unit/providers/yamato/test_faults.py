import re
from collections.abc import Callable

import pytest

from storefront.providers.yamato.protocol.error_codes import FAULTS, ROWS, Action, Fault, fault_of
from storefront.providers.yamato.protocol.field_errors import Field

# What the protocol's description lists, API by API.
DOCUMENTED = {
    "kaara": "1-40 43-68 70-73 75-84 86-96 100-106",
    "kaasa": "1-4 6-7 10-18 20-24",
    "kaars": "1-14",
    "kaast": "1-13 14 15",
    "kaacl": "1-17",
    "kaasl": "1-20 22-38 41-42 44-45",
    "kaakk": "1-11 13-51 53-65",
    "kaarr": "1-23 25-29 31-67",
    "kaasd": "2-16 18 19",
}


def numbers(ranges: str) -> set[int]:
    bounds = [[int(end) for end in part.split("-")] for part in ranges.split()]
    return {number for ends in bounds for number in range(ends[0], ends[-1] + 1)}


@pytest.mark.parametrize(("prefix", "ranges"), DOCUMENTED.items())
def test_every_documented_code_has_a_row_and_no_other(prefix: str, ranges: str) -> None:
    known = {
        number
        for number in range(1000)
        if fault_of(f"{prefix}{number:03d}E").action != Action.UNKNOWN
    }

    assert known == numbers(ranges)


def test_no_code_is_in_two_rows() -> None:
    written = [
        part for rows in ROWS.values() for ranges in rows.values() for part in ranges.split()
    ]
    counted = sum(len(numbers(part)) for part in written)

    assert counted + 3 == len(FAULTS)


def test_only_a_correction_names_a_field() -> None:
    for fault in FAULTS.values():
        assert (fault.field is not None) == (fault.action == Action.CORRECT)


@pytest.mark.parametrize(
    ("code", "action", "field"),
    [
        ("kaara001E", Action.ALERT, None),
        ("kaara009E", Action.NEW_ATTEMPT, None),
        ("kaara019E", Action.CORRECT, Field.NAME),
        ("kaara024E", Action.CORRECT, Field.KANA),
        ("kaara029E", Action.CORRECT, Field.POSTAL_CODE),
        ("kaara037E", Action.CORRECT, Field.ADDRESS),
        ("kaara040E", Action.CORRECT, Field.PHONE),
        ("kaara045E", Action.CORRECT, Field.EMAIL),
        ("kaara092E", Action.ALERT, None),
        ("kaara093E", Action.CORRECT, Field.PHONE),
        ("kaara094E", Action.CORRECT, Field.SHIP_PHONE),
        ("kaara101E", Action.ALERT, None),
        ("kaara103E", Action.CORRECT, Field.ADDRESS),
        ("kaara104E", Action.CORRECT, Field.SHIP_ADDRESS),
        ("kaara105E", Action.CORRECT, Field.POSTAL_CODE),
        ("kaasa012E", Action.CORRECT, Field.CODE),
        ("kaasa021E", Action.REFUSE, None),
        ("kaasa024E", Action.ALERT, None),
        ("kaars008E", Action.REFUSE, None),
        ("kaast013E", Action.ALERT, None),
        ("kaacl015E", Action.REFUSE, None),
        ("kaasl013E", Action.ALERT, None),
        ("kaasl014E", Action.CORRECT, Field.SLIP_NUMBER),
        ("kaasl031E", Action.ALERT, None),
        ("kaasl045E", Action.REFUSE, None),
        ("kaakk050E", Action.REFUSE, None),
        ("kaarr009E", Action.REFUSE, None),
        ("kaasd010E", Action.REFUSE, None),
        ("err0001", Action.TRY_LATER, None),
        ("err0003", Action.TRY_LATER, None),
        ("err0004", Action.UNKNOWN, None),
        ("kaazz001E", Action.UNKNOWN, None),
        ("", Action.UNKNOWN, None),
    ],
)
def test_what_a_code_asks_for(code: str, action: Action, field: Field | None) -> None:
    assert fault_of(code) == Fault(action, field)


@pytest.mark.parametrize("write", [str.upper, str.lower, str.title])
def test_codes_are_the_same_in_any_case(write: Callable[[str], str]) -> None:
    assert [code for code in FAULTS if fault_of(write(code)) != FAULTS[code]] == []


def test_codes_are_written_as_yamato_writes_them() -> None:
    assert [code for code in FAULTS if not re.fullmatch(r"kaa[a-z]{2}\d{3}e|err000\d", code)] == []
