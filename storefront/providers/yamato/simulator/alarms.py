"""The element warning of KAAST0010: what Yamato warns a merchant of."""

from enum import IntEnum

from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import State

BUNDLED = "2"  # the division whose slip the merchant prints


class Alarm(IntEnum):
    """The values of warning."""

    NONE = 0
    NO_SLIP = 1
    NOT_DELIVERED = 2
    INVESTIGATED = 3
    NOT_PRINTED = 4


def alarm(record: CreditRecord) -> Alarm:
    """The warning that was given; else NOT_PRINTED for a payslip in the parcel whose print data was
    never fetched."""
    if record.warning:
        return Alarm(record.warning)
    awaits_print = record.division == BUNDLED and record.printed_at is None
    return Alarm.NOT_PRINTED if awaits_print and record.state == State.APPROVED else Alarm.NONE
