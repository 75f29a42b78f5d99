"""Where a payment can stand, and where news may move it: the one table of both."""

from enum import StrEnum


class PaymentState(StrEnum):
    """As it stands in the contract; the last two are final."""

    AWAITING = "awaiting"
    DEFERRED = "deferred"
    REQUESTED = "requested"
    OVERDUE = "overdue"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class PaymentEvent(StrEnum):
    """What can be heard of a payment, named for the state it tells of."""

    REQUESTED = "requested"
    OVERDUE = "overdue"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


TRANSITIONS: dict[PaymentState, frozenset[PaymentEvent]] = {
    PaymentState.AWAITING: frozenset({PaymentEvent.PAID, PaymentEvent.CANCELLED}),
    PaymentState.DEFERRED: frozenset({PaymentEvent.REQUESTED, PaymentEvent.CANCELLED}),
    PaymentState.REQUESTED: frozenset(
        {PaymentEvent.OVERDUE, PaymentEvent.PAID, PaymentEvent.CANCELLED}
    ),
    PaymentState.OVERDUE: frozenset({PaymentEvent.PAID, PaymentEvent.CANCELLED}),
    PaymentState.PAID: frozenset({PaymentEvent.REFUNDED}),
    PaymentState.CANCELLED: frozenset(),
    PaymentState.REFUNDED: frozenset(),
}


class Impossible(Exception):
    """The news cannot be true of a payment that stands there; record it and change nothing."""


def next_state(state: PaymentState, news: PaymentEvent) -> PaymentState | None:
    """None for news of the state the payment is in; raises Impossible outside the table."""
    told = PaymentState(news)
    if told is state:
        return None
    if news not in TRANSITIONS[state]:
        raise Impossible(f"{state} to {news}")
    return told


def states_before(news: PaymentEvent) -> list[PaymentState]:
    """Every state that this news moves."""
    return [state for state in PaymentState if news in TRANSITIONS[state]]
