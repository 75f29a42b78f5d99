"""KAAKK0010: a lower amount."""

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer, Refused
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.states import Call


def reduce(fields: Fields) -> Answer:
    """Change the amount; it has to differ from the present one and be below the first one, in
    yen."""
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
