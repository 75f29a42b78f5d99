"""The table of an order's moves, cell by cell."""

from itertools import product

import pytest

from storefront.orders.status import MOVES, Move, Status, may

ALLOWED = {
    (Status.PLACED, Move.PREPARE): Status.PREPARING,
    (Status.PLACED, Move.SHIP): Status.SHIPPED,
    (Status.PREPARING, Move.SHIP): Status.SHIPPED,
    (Status.SHIPPED, Move.UNSHIP): Status.PREPARING,
    (Status.SHIPPED, Move.DELIVER): Status.DELIVERED,
    (Status.PLACED, Move.CANCEL): Status.CANCELLED,
    (Status.PREPARING, Move.CANCEL): Status.CANCELLED,
    (Status.SHIPPED, Move.RETURN): Status.RETURNED,
    (Status.DELIVERED, Move.RETURN): Status.RETURNED,
}


@pytest.mark.parametrize(("status", "move"), list(product(Status, Move)))
def test_every_cell(status: Status, move: Move) -> None:
    assert may(status, move) == ((status, move) in ALLOWED)
    if (status, move) in ALLOWED:
        assert MOVES[move][1] is ALLOWED[status, move]


def test_nothing_moves_an_order_that_is_over() -> None:
    over = (Status.CANCELLED, Status.RETURNED)

    assert not any(may(status, move) for status in over for move in Move)
