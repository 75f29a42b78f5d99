"""What each of Yamato's error codes asks the shop to do."""

from dataclasses import dataclass
from enum import StrEnum

from storefront.providers.yamato.protocol.field_errors import Field


class Action(StrEnum):
    """CORRECT the field, by its writer; REFUSE this request for good; ask again under a
    NEW_ATTEMPT's number; ALERT the owner, as we sent what we never may; TRY_LATER after an
    enquiry, as Yamato broke down before or after the action; UNKNOWN codes are no success."""

    CORRECT = "correct"
    REFUSE = "refuse"
    NEW_ATTEMPT = "new-attempt"
    ALERT = "alert"
    TRY_LATER = "try-later"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fault:
    """What an error code asks for; field names what to correct, where something is to be."""

    action: Action
    field: Field | None = None


REFUSE, NEW_ATTEMPT = Fault(Action.REFUSE), Fault(Action.NEW_ATTEMPT)
ALERT, TRY_LATER, UNKNOWN = Fault(Action.ALERT), Fault(Action.TRY_LATER), Fault(Action.UNKNOWN)


def _correct(field: Field) -> Fault:
    return Fault(Action.CORRECT, field)


ROWS: dict[str, dict[Fault, str]] = {
    "kaara": {
        ALERT: "001-008 010-018 046-065 086-092 095-096 100-102",
        NEW_ATTEMPT: "009",
        _correct(Field.NAME): "019-022",
        _correct(Field.KANA): "023-024",
        _correct(Field.POSTAL_CODE): "025-029 105",
        _correct(Field.ADDRESS): "030-037 103",
        _correct(Field.PHONE): "038-040 093",
        _correct(Field.EMAIL): "043-045",
        _correct(Field.SHIP_NAME): "066-068",
        _correct(Field.SHIP_POSTAL_CODE): "070-073 106",
        _correct(Field.SHIP_ADDRESS): "075-081 104",
        _correct(Field.SHIP_PHONE): "082-084 094",
    },
    "kaasa": {
        ALERT: "001-004 006-007 013-018 023-024",
        _correct(Field.CODE): "010-012",
        REFUSE: "020-022",
    },
    "kaars": {ALERT: "001-007 009-014", REFUSE: "008"},
    "kaast": {ALERT: "001-007 009-015", REFUSE: "008"},
    "kaacl": {ALERT: "001-007 010-014 016-017", REFUSE: "008-009 015"},
    "kaasl": {
        ALERT: "001-007 013 019 023-027 031 033-038 041-042",
        REFUSE: "008-009 017-018 020 022 045",
        _correct(Field.SLIP_NUMBER): "010-012 014-016 028-030 032 044",
    },
    "kaakk": {
        ALERT: "001-007 013-017 032-048 051 053-065",
        REFUSE: "008-011 049-050",
        _correct(Field.POSTAL_CODE): "018-022",
        _correct(Field.ADDRESS): "023-031",
    },
    "kaarr": {
        ALERT: "001-007 010-017 025-029 031-033 048-067",
        REFUSE: "008-009",
        _correct(Field.REASON): "018-023",
        _correct(Field.ADDRESS): "034-047",
    },
    "kaasd": {ALERT: "002-007 011-016 019", REFUSE: "008-010 018"},
}


def _numbers(ranges: str) -> list[int]:
    bounds = [part.partition("-") for part in ranges.split()]
    return [one for low, _, high in bounds for one in range(int(low), int(high or low) + 1)]


FAULTS = {
    f"{prefix}{number:03d}e": fault
    for prefix, rows in ROWS.items()
    for fault, ranges in rows.items()
    for number in _numbers(ranges)
} | {f"err000{number}": TRY_LATER for number in (1, 2, 3)}


def fault_of(error_code: str) -> Fault:
    """The fault of an error code in capitals or small letters, as clients have seen both."""
    return FAULTS.get(error_code.lower(), UNKNOWN)
