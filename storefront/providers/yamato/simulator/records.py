"""Finding credit records, where they stand now, and whose they are."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import data_vault, db
from storefront.providers.yamato.simulator.answers import Refused
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.order_fields import CHANGEABLE
from storefront.providers.yamato.simulator.states import MOVES, Call, Move, State, answered, moved

UNPROVEN, EXPIRED = MOVES[Move.EXPIRE]


def find(merchant: str, order_number: str) -> CreditRecord | None:
    """The record, locked until the caller's transaction ends; None for an unknown number."""
    mine = (CreditRecord.merchant == merchant) & (CreditRecord.order_number == order_number)
    return db.session.scalar(sa.select(CreditRecord).where(mine).with_for_update())


def asked(fields: Fields) -> CreditRecord:
    """The record that a form names, locked; raises Refused with error 008."""
    record = find(fields["ycfStrCode"], fields["orderNo"])
    if record is None:
        raise Refused("008")
    return record


def open_for(fields: Fields, call: Call) -> CreditRecord:
    """The record that a form names, where its state allows the call; raises Refused."""
    record = asked(fields)
    answered(standing(record), call)
    return record


def standing(record: CreditRecord) -> State:
    """The record's state at this moment: a code may be over, or a text lost, without anything
    written."""
    state, now = State(record.state), clock.now()
    if state in UNPROVEN and record.expires_at is not None and record.expires_at <= now:
        return EXPIRED
    is_lost = record.undelivered_at is not None and record.undelivered_at <= now
    return State.SMS_NG if state is State.WAIT_SMS and is_lost else state


def advance(record: CreditRecord, move: Move) -> None:
    """Move the record to its next state, inside the caller's transaction; raises Impossible."""
    record.state = moved(standing(record), move)
    record.dates = dated(record.state, record.dates)
    record.code = None  # no move leads to where a code is asked for


def dated(state: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
    """The dates of a record with that of this state added; the first time counts."""
    return {state: clock.now().isoformat(), **(before or {})}


def changed(sent: Mapping[str, str], fields: Fields) -> dict[str, str]:
    """The order's fields, with address and lines replaced by those of a later request."""
    kept = {name: value for name, value in sent.items() if name not in CHANGEABLE}
    return kept | only(fields, CHANGEABLE | {"shipYmd"})


def only(fields: Fields, names: Iterable[str]) -> dict[str, str]:
    """The fields of these names that are not empty."""
    return {name: fields[name] for name in names if fields.get(name)}


def phone_of(fields: Fields) -> str:
    """The order's phone number, digits only."""
    return fields["telNum"].replace("-", "")


def person(name: str, phone: str) -> str:
    """A digest that is the same for one person, however the name is spaced."""
    return data_vault().digest("kuroneko-person", "".join(name.split()), phone)
