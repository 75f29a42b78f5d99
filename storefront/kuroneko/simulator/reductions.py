"""A lower amount (KAAKK): never back to the first, nor above it."""

from storefront.extensions import transaction
from storefront.kuroneko.simulator import records
from storefront.kuroneko.simulator.answers import Answer, Refused
from storefront.kuroneko.simulator.checks import Fields
from storefront.kuroneko.simulator.states import Call


def reduce(fields: Fields) -> Answer:
    """The new amount differs from the running one and is below the first, in yen."""
    yen = int(fields["totalAmount"])
    with transaction():
        record = records.open_for(fields, Call.REDUCE)
        if yen == record.amount:
            raise Refused("049")
        if yen >= record.amount_first:
            raise Refused("050")
        record.amount = yen
        record.sent = records.changed(record.sent, fields)
    return Answer()
