"""Where an order can stand on its way to the shopper, and what moves it: the one table of both."""

from enum import StrEnum


class OrderStatus(StrEnum):
    PLACED = "placed"
    PREPARING = "preparing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class Transition(StrEnum):
    """Named for what the owner does, or hears; one is the shopper's own."""

    PREPARE = "prepare"
    SHIP = "ship"
    UNSHIP = "unship"  # the parcel did not leave after all
    DELIVER = "deliver"
    CANCEL = "cancel"
    CANCEL_BY_SHOPPER = "cancel-by-shopper"
    RETURN = "return"


TRANSITIONS: dict[Transition, tuple[frozenset[OrderStatus], OrderStatus]] = {
    Transition.PREPARE: (frozenset({OrderStatus.PLACED}), OrderStatus.PREPARING),
    Transition.SHIP: (frozenset({OrderStatus.PLACED, OrderStatus.PREPARING}), OrderStatus.SHIPPED),
    Transition.UNSHIP: (frozenset({OrderStatus.SHIPPED}), OrderStatus.PREPARING),
    Transition.DELIVER: (frozenset({OrderStatus.SHIPPED}), OrderStatus.DELIVERED),
    Transition.CANCEL: (
        frozenset({OrderStatus.PLACED, OrderStatus.PREPARING}),
        OrderStatus.CANCELLED,
    ),
    # what is being packed may be on its way before anybody hears of it
    Transition.CANCEL_BY_SHOPPER: (frozenset({OrderStatus.PLACED}), OrderStatus.CANCELLED),
    Transition.RETURN: (
        frozenset({OrderStatus.SHIPPED, OrderStatus.DELIVERED}),
        OrderStatus.RETURNED,
    ),
}


def can(status: str, move: Transition) -> bool:
    return status in TRANSITIONS[move][0]
