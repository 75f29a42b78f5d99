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
    """The record, held until the caller's transaction ends."""
    mine = (CreditRecord.merchant == merchant) & (CreditRecord.order_number == order_number)
    return db.session.scalar(sa.select(CreditRecord).where(mine).with_for_update())


def asked(fields: Fields) -> CreditRecord:
    """The record that a request names, held as find() does; raises Refused with 008."""
    record = find(fields["ycfStrCode"], fields["orderNo"])
    if record is None:
        raise Refused("008")
    return record


def open_for(fields: Fields, call: Call) -> CreditRecord:
    """The record that a request names, where its state lets the call go on; raises Refused."""
    record = asked(fields)
    answered(standing(record), call)
    return record


def standing(record: CreditRecord) -> State:
    """The state by now: codes expire and texts are lost without anybody writing it down."""
    state, now = State(record.state), clock.now()
    if state in UNPROVEN and record.expires_at is not None and record.expires_at <= now:
        return EXPIRED
    is_lost = record.undelivered_at is not None and record.undelivered_at <= now
    return State.SMS_NG if state is State.WAIT_SMS and is_lost else state


def advance(record: CreditRecord, move: Move) -> None:
    """Let it happen, inside the caller's transaction; raises Impossible."""
    record.state = moved(standing(record), move)
    record.dates = dated(record.state, record.dates)
    record.code = None  # no move leads to where a code is asked for


def dated(state: str, before: Mapping[str, str] | None = None) -> dict[str, str]:
    """The dates with the state's own added: the first moment counts."""
    return {state: clock.now().isoformat(), **(before or {})}


def changed(sent: Mapping[str, str], fields: Fields) -> dict[str, str]:
    """The order's fields, with the address and all lines as a later request gives them."""
    kept = {name: value for name, value in sent.items() if name not in CHANGEABLE}
    return kept | only(fields, CHANGEABLE | {"shipYmd"})


def only(fields: Fields, names: Iterable[str]) -> dict[str, str]:
    return {name: fields[name] for name in names if fields.get(name)}


def phone_of(fields: Fields) -> str:
    """The order's phone in digits only."""
    return fields["telNum"].replace("-", "")


def person(name: str, phone: str) -> str:
    """One mark for one person, however the name is spaced."""
    return data_vault().digest("kuroneko-person", "".join(name.split()), phone)
