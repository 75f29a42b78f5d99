"""What happens to an order without a call: examined, delivered, invoiced, paid, expired."""

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.simulator import records, scenarios
from storefront.providers.yamato.simulator.alarms import Alarm
from storefront.providers.yamato.simulator.invoices import Bill, due_date
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import Move, State

Which = sa.ColumnElement[bool]
Ended = list[tuple[str, str]]  # merchant and order number of each
EVERY = sa.true()


class UnknownOrder(Exception):
    """No record of this merchant has the number: register the order first."""


def approve(merchant: str, order_number: str) -> None:
    """Grant credit after the examination, or because the code was right; raises Impossible, as all
    functions here do."""
    _happen(Move.APPROVE, merchant, order_number)


def refuse(merchant: str, order_number: str) -> None:
    """Refuse credit after the examination."""
    _happen(Move.REFUSE, merchant, order_number)


def lose_text(merchant: str, order_number: str) -> None:
    """The text with the code could not be delivered."""
    _happen(Move.LOSE_TEXT, merchant, order_number)


def expire(merchant: str, order_number: str) -> None:
    """End the code before its time."""
    _happen(Move.EXPIRE, merchant, order_number)


def is_over() -> Which:
    """The condition for codes whose time is over but whose state does not say so yet."""
    return CreditRecord.state.in_(records.UNPROVEN) & (CreditRecord.expires_at <= clock.now())


def is_lost() -> Which:
    """The condition for texts that did not arrive and whose code is still good."""
    now, waits = clock.now(), CreditRecord.state == State.WAIT_SMS
    return waits & (CreditRecord.undelivered_at <= now) & (CreditRecord.expires_at > now)


def expire_due(which: Which = EVERY) -> Ended:
    """Write down which codes are over; each is reported to one caller only."""
    return _end(which & is_over(), Move.EXPIRE)


def lose_due(which: Which = EVERY) -> Ended:
    """Write down which texts are lost; each is reported to one caller only."""
    return _end(which & is_lost(), Move.LOSE_TEXT)


def _end(due: Which, move: Move) -> Ended:
    with transaction():
        ended = db.session.scalars(sa.select(CreditRecord).where(due).with_for_update()).all()
        for record in ended:
            records.advance(record, move)
        return [(record.merchant, record.order_number) for record in ended]


def deliver(merchant: str, order_number: str) -> None:
    """The parcel is delivered, which makes the sale final."""
    _happen(Move.DELIVER, merchant, order_number)


def bill(merchant: str, order_number: str) -> Bill:
    """Make the request to pay; gives what the caller has to tell the shopper."""
    record = _happen(Move.BILL, merchant, order_number)
    phone = records.phone_of(record.sent)
    ending = scenarios.ending(phone)
    return Bill(
        phone,
        record.sent.get("email", ""),
        record.amount,
        due_date(clock.today()),
        text_arrives=ending != scenarios.BILL_TEXT_BOUNCES,
        is_paid_today=ending == scenarios.PAYS_AT_ONCE,
    )


def pay(merchant: str, order_number: str) -> None:
    """The shopper has paid."""
    _happen(Move.PAY, merchant, order_number)


def warn(merchant: str, order_number: str, of: Alarm) -> None:
    """Warn the merchant of the parcel; registering a tracking number later withdraws the
    warning."""
    with transaction():
        _known(merchant, order_number).warning = of


def _happen(move: Move, merchant: str, order_number: str) -> CreditRecord:
    with transaction():
        record = _known(merchant, order_number)
        records.advance(record, move)
    return record


def _known(merchant: str, order_number: str) -> CreditRecord:
    record = records.find(merchant, order_number)
    if record is None:
        raise UnknownOrder
    return record
