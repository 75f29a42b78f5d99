"""KAARS0010 and KAAST0010: the result of a credit request, and where an order stands."""

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.alarms import Alarm, alarm
from storefront.providers.yamato.simulator.answers import Answer, result
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import GO, Call, State, answered

MAILED = {Alarm.NO_SLIP, Alarm.NOT_DELIVERED}  # Yamato has written to the merchant
INVESTIGATED, WARNED = "5", "6"


def credit_result(fields: Fields) -> Answer:
    """The result of the credit request; raises Refused."""
    with transaction():
        record = records.asked(fields)
        answer = answered(records.standing(record), Call.CREDIT)
        return result(record.refusal or "1" if answer == GO else answer)


def status(fields: Fields) -> Answer:
    """Where the order stands, and a warning; raises Refused."""
    with transaction():
        record = records.asked(fields)
        seen = alarm(record)
        return Answer(parts={"result": _status(record, seen), "warning": str(seen.value)})


def _status(record: CreditRecord, seen: Alarm) -> str:
    state = records.standing(record)
    if state not in {State.APPROVED, State.SLIP}:
        return answered(state, Call.STATUS)
    if seen is Alarm.INVESTIGATED:
        return INVESTIGATED
    return WARNED if seen in MAILED else answered(state, Call.STATUS)
