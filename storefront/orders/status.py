"""Where an order can stand on its way to the shopper, and what moves it: the one table of both."""

from enum import StrEnum


class Status(StrEnum):
    PLACED = "placed"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class Move(StrEnum):
    """Named for what the owner does, or hears."""

    PREPARE = "prepare"
    SHIP = "ship"
    UNSHIP = "unship"  # the parcel did not leave after all
    DELIVER = "deliver"
    CANCEL = "cancel"
    RETURN = "return"


MOVES: dict[Move, tuple[frozenset[Status], Status]] = {
    Move.PREPARE: (frozenset({Status.PLACED}), Status.PREPARING),
    Move.SHIP: (frozenset({Status.PLACED, Status.PREPARING}), Status.SHIPPED),
    Move.UNSHIP: (frozenset({Status.SHIPPED}), Status.PREPARING),
    Move.DELIVER: (frozenset({Status.SHIPPED}), Status.DELIVERED),
    Move.CANCEL: (frozenset({Status.PLACED, Status.PREPARING}), Status.CANCELLED),
    Move.RETURN: (frozenset({Status.SHIPPED, Status.DELIVERED}), Status.RETURNED),
}


def may(status: str, move: Move) -> bool:
    return status in MOVES[move][0]
