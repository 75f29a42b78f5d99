"""KAASL0010: registering, changing and withdrawing an order's parcels."""

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer, Refused
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.models import CreditRecord, Slip
from storefront.providers.yamato.simulator.shipment_fields import CHANGE, OTHER_CARRIER, WITHDRAW
from storefront.providers.yamato.simulator.states import Call, Move

SLIPS_OF_AN_ORDER = 10
ORDERS_OF_A_SLIP = 3


def ship(fields: Fields) -> Answer:
    """Do what processDiv says. Another carrier's parcel is registered and changed by one value,
    told apart by whether there was one before."""
    division = fields["processDiv"]
    is_change = division == CHANGE or (division == OTHER_CARRIER and fields.get("beforePaymentNo"))
    with transaction():
        if is_change:
            _change(records.open_for(fields, Call.RESHIP), fields)
        elif division == WITHDRAW:
            _withdraw(records.open_for(fields, Call.RESHIP))
        else:
            _add(records.open_for(fields, Call.SHIP), fields["paymentNo"])
    return Answer()


def _add(record: CreditRecord, number: str) -> None:
    if len(record.slips) >= SLIPS_OF_AN_ORDER:
        raise Refused("017")
    _refuse_if_taken(record, number)
    record.slips.append(Slip(number=number))
    record.warning = 0
    records.advance(record, Move.SHIP)


def _change(record: CreditRecord, fields: Fields) -> None:
    before = [slip for slip in record.slips if slip.number == fields["beforePaymentNo"]]
    if not before:
        raise Refused("032")
    _refuse_if_taken(record, fields["paymentNo"])
    before[0].number = fields["paymentNo"]


def _withdraw(record: CreditRecord) -> None:
    record.slips.clear()
    records.advance(record, Move.UNSHIP)


def _refuse_if_taken(record: CreditRecord, number: str) -> None:
    orders = set(db.session.scalars(sa.select(Slip.record_id).where(Slip.number == number)))
    if record.id in orders:
        raise Refused("018")
    if len(orders) >= ORDERS_OF_A_SLIP:
        raise Refused("045")
