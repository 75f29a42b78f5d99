"""Cancelling an order (KAACL): until it is paid, whatever has happened to it."""

from storefront.extensions import transaction
from storefront.kuroneko.simulator import records
from storefront.kuroneko.simulator.answers import Answer
from storefront.kuroneko.simulator.checks import Fields
from storefront.kuroneko.simulator.states import Call, Move


def cancel(fields: Fields) -> Answer:
    with transaction():
        records.advance(records.open_for(fields, Call.CANCEL), Move.CANCEL)
    return Answer()
