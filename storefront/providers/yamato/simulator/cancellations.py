"""Cancelling an order (KAACL): until it is paid, whatever has happened to it."""

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.states import Call, Move


def cancel(fields: Fields) -> Answer:
    with transaction():
        records.advance(records.open_for(fields, Call.CANCEL), Move.CANCEL)
    return Answer()
