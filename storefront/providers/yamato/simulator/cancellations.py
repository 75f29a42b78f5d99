"""KAACL0010: cancelling an order, in every state before it is paid."""

from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.answers import Answer
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.states import Call, Move


def cancel(fields: Fields) -> Answer:
    """Cancel the order; raises Refused."""
    with transaction():
        records.advance(records.open_for(fields, Call.CANCEL), Move.CANCEL)
    return Answer()
