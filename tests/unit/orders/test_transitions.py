"""The table of an order's moves, cell by cell."""

from itertools import product

import pytest

from storefront.orders.status import TRANSITIONS, OrderStatus, Transition, can

ALLOWED = {
    (OrderStatus.PLACED, Transition.PREPARE): OrderStatus.PREPARING,
    (OrderStatus.PLACED, Transition.SHIP): OrderStatus.SHIPPED,
    (OrderStatus.PREPARING, Transition.SHIP): OrderStatus.SHIPPED,
    (OrderStatus.SHIPPED, Transition.UNSHIP): OrderStatus.PREPARING,
    (OrderStatus.SHIPPED, Transition.DELIVER): OrderStatus.DELIVERED,
    (OrderStatus.PLACED, Transition.CANCEL): OrderStatus.CANCELLED,
    (OrderStatus.PREPARING, Transition.CANCEL): OrderStatus.CANCELLED,
    (OrderStatus.PLACED, Transition.CANCEL_BY_SHOPPER): OrderStatus.CANCELLED,
    (OrderStatus.SHIPPED, Transition.RETURN): OrderStatus.RETURNED,
    (OrderStatus.DELIVERED, Transition.RETURN): OrderStatus.RETURNED,
}


@pytest.mark.parametrize(("status", "move"), list(product(OrderStatus, Transition)))
def test_every_cell(status: OrderStatus, move: Transition) -> None:
    assert can(status, move) == ((status, move) in ALLOWED)
    if (status, move) in ALLOWED:
        assert TRANSITIONS[move][1] is ALLOWED[status, move]


def test_nothing_moves_an_order_that_is_over() -> None:
    over = (OrderStatus.CANCELLED, OrderStatus.RETURNED)

    assert not any(can(status, move) for status in over for move in Transition)
