"""Where a payment can stand, and where news may move it: the one table of both."""

from enum import StrEnum


class State(StrEnum):
    """As it stands in the contract; the last two are final."""

    AWAITING = "awaiting"
    DEFERRED = "deferred"
    REQUESTED = "requested"
    OVERDUE = "overdue"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class News(StrEnum):
    """What can be heard of a payment, named for the state it tells of."""

    REQUESTED = "requested"
    OVERDUE = "overdue"
    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


MOVES: dict[State, frozenset[News]] = {
    State.AWAITING: frozenset({News.PAID, News.CANCELLED}),
    State.DEFERRED: frozenset({News.REQUESTED, News.CANCELLED}),
    State.REQUESTED: frozenset({News.OVERDUE, News.PAID, News.CANCELLED}),
    State.OVERDUE: frozenset({News.PAID, News.CANCELLED}),
    State.PAID: frozenset({News.REFUNDED}),
    State.CANCELLED: frozenset(),
    State.REFUNDED: frozenset(),
}


class Impossible(Exception):
    """The news cannot be true of a payment that stands there; record it and change nothing."""


def next_state(state: State, news: News) -> State | None:
    """None for news of the state the payment is in; raises Impossible outside the table."""
    told = State(news)
    if told is state:
        return None
    if news not in MOVES[state]:
        raise Impossible(f"{state} to {news}")
    return told


def states_before(news: News) -> list[State]:
    """Every state that this news moves."""
    return [state for state in State if news in MOVES[state]]
