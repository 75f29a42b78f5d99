from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.catalogue import stock
from storefront.catalogue.models import StockHold, Variant
from storefront.catalogue.stock import SoldOut
from storefront.core.extensions import db, transaction
from tests.unit.verification.stand_ins import StillClock

TICK = timedelta(microseconds=1)
A_QUARTER, HALF_AN_HOUR = timedelta(minutes=15), timedelta(minutes=30)
FEW, MANY = "ichirinzashi", "take-kago"  # 3 and 2 in stock


def id_of(sku: str) -> int:
    return db.session.scalars(sa.select(Variant.id).where(Variant.sku == sku)).one()


def available(sku: str = FEW) -> int:
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == sku)).one()


def hold(cart: str, quantity: int = 1, sku: str = FEW) -> None:
    with transaction():
        stock.hold(cart, {id_of(sku): quantity})


def spend(cart: str, quantity: int = 1, sku: str = FEW) -> None:
    with transaction():
        stock.spend(cart, {id_of(sku): quantity})


def release_expired() -> None:
    with transaction():
        stock.release_expired()


def release(cart: str) -> None:
    with transaction():
        stock.release(cart)


def states(cart: str) -> list[str]:
    query = sa.select(StockHold.state).where(StockHold.cart_id == cart).order_by(StockHold.id)
    return list(db.session.scalars(query))


def test_a_held_piece_is_not_available_to_others(still: StillClock) -> None:
    hold("cart")

    assert available() == 2


def test_a_held_piece_is_known_to_be_held_for_its_cart(still: StillClock) -> None:
    hold("cart", 2)

    assert stock.held_for("cart") == {id_of(FEW): 2}


def test_nothing_is_held_for_another_cart(still: StillClock) -> None:
    hold("cart")

    assert stock.held_for("other") == {}


def test_nothing_is_held_for_no_cart(still: StillClock) -> None:
    assert stock.held_for(None) == {}


def test_more_than_there_is_cannot_be_held(still: StillClock) -> None:
    with pytest.raises(SoldOut):
        hold("cart", 4)

    assert available() == 3


def test_what_others_hold_cannot_be_held(still: StillClock) -> None:
    hold("other", 3)

    with pytest.raises(SoldOut):
        hold("cart")


def test_a_refused_hold_leaves_the_earlier_one(still: StillClock) -> None:
    hold("cart", 1)

    with pytest.raises(SoldOut):
        hold("cart", 4)

    assert (available(), stock.held_for("cart")) == (2, {id_of(FEW): 1})


def test_one_thing_sold_out_takes_nothing_of_the_others(still: StillClock) -> None:
    with pytest.raises(SoldOut), transaction():
        stock.hold("cart", {id_of(FEW): 1, id_of(MANY): 3})

    assert (available(FEW), available(MANY)) == (3, 2)


def test_a_released_piece_is_available_again(still: StillClock) -> None:
    hold("cart", 2)

    release("cart")

    assert available() == 3


def test_a_piece_is_released_once(still: StillClock) -> None:
    hold("cart", 2)

    for _ in range(3):
        release("cart")

    assert available() == 3


def test_releasing_one_cart_leaves_the_others(still: StillClock) -> None:
    hold("cart")
    hold("other")

    release("cart")

    assert stock.held_for("other")


def test_a_piece_is_held_until_just_before_a_quarter_of_an_hour(still: StillClock) -> None:
    hold("cart")
    still.forward(A_QUARTER - TICK)

    release_expired()

    assert available() == 2


def test_a_held_piece_returns_after_a_quarter_of_an_hour(still: StillClock) -> None:
    hold("cart")
    still.forward(A_QUARTER)

    release_expired()

    assert available() == 3


def test_an_expired_piece_returns_once(still: StillClock) -> None:
    hold("cart")
    still.forward(A_QUARTER)

    for _ in range(3):
        release_expired()
        release("cart")

    assert available() == 3


def test_holding_again_takes_nothing_twice(still: StillClock) -> None:
    hold("cart", 2)

    hold("cart", 2)

    assert available() == 1


def test_holding_again_renews_the_quarter(still: StillClock) -> None:
    hold("cart")
    still.forward(timedelta(minutes=14))
    hold("cart")
    still.forward(A_QUARTER - TICK)

    release_expired()

    assert available() == 2


def test_holding_again_with_another_quantity_holds_just_that(still: StillClock) -> None:
    hold("cart", 3)

    hold("cart", 1)

    assert (available(), stock.held_for("cart")) == (2, {id_of(FEW): 1})


def test_a_cart_may_hold_the_last_pieces_again(still: StillClock) -> None:
    hold("cart", 3)

    hold("cart", 3)

    assert available() == 0


def test_no_renewal_holds_beyond_half_an_hour(still: StillClock) -> None:
    hold("cart")
    for _ in range(2):
        still.forward(timedelta(minutes=14))
        hold("cart")
    still.forward(timedelta(minutes=2))

    release_expired()

    assert available() == 3


def test_renewals_hold_until_just_before_half_an_hour(still: StillClock) -> None:
    hold("cart")
    for _ in range(2):
        still.forward(timedelta(minutes=14))
        hold("cart")
    still.forward(timedelta(minutes=2) - TICK)

    release_expired()

    assert available() == 2


def test_a_hold_after_the_end_of_another_begins_anew(still: StillClock) -> None:
    hold("cart")
    still.forward(HALF_AN_HOUR)
    hold("cart")
    still.forward(A_QUARTER - TICK)

    release_expired()

    assert available() == 2


def test_what_others_held_too_long_can_be_held_at_once(still: StillClock) -> None:
    hold("other", 3)
    still.forward(A_QUARTER)

    hold("cart", 3)

    assert (states("other"), states("cart")) == (["returned"], ["held"])


def test_what_others_held_too_long_can_be_spent_at_once(still: StillClock) -> None:
    hold("other", 3)
    still.forward(A_QUARTER)

    spend("cart", 3)

    assert (states("other"), available()) == (["returned"], 0)


def test_spending_gives_back_what_others_held_too_long(still: StillClock) -> None:
    hold("other", 1)
    still.forward(A_QUARTER)
    hold("cart", 1, MANY)
    hold("other", 1)
    still.forward(A_QUARTER)

    spend("cart", 1, MANY)

    assert available() == 3


def test_a_spent_piece_never_returns(still: StillClock) -> None:
    hold("cart")
    spend("cart")
    still.forward(timedelta(days=1))

    release_expired()
    release("cart")

    assert available() == 2


def test_spending_what_is_held_takes_nothing_more(still: StillClock) -> None:
    hold("cart", 2)

    spend("cart", 2)

    assert (available(), states("cart")) == (1, ["spent"])


def test_spending_without_a_hold_takes_from_what_is_available(still: StillClock) -> None:
    spend("cart", 2)

    assert available() == 1


def test_spending_more_than_is_held_takes_just_that(still: StillClock) -> None:
    hold("cart", 1)

    spend("cart", 3)

    assert (available(), states("cart")) == (0, ["returned"])


def test_spending_less_than_is_held_gives_the_rest_back(still: StillClock) -> None:
    hold("cart", 3)

    spend("cart", 1)

    assert available() == 2


def test_spending_something_else_than_is_held_gives_the_held_back(still: StillClock) -> None:
    hold("cart", 1, FEW)

    spend("cart", 1, MANY)

    assert (available(FEW), available(MANY)) == (3, 1)


def test_what_others_hold_cannot_be_spent(still: StillClock) -> None:
    hold("other", 3)

    with pytest.raises(SoldOut):
        spend("cart")


def test_a_held_piece_can_be_spent_though_none_is_available(still: StillClock) -> None:
    hold("cart", 3)

    spend("cart", 3)

    assert available() == 0


def test_an_expired_hold_that_nobody_took_can_still_be_spent(still: StillClock) -> None:
    hold("cart")
    still.forward(A_QUARTER)
    release_expired()

    spend("cart")

    assert available() == 2


def test_a_hold_that_expired_and_went_to_another_cannot_be_spent(still: StillClock) -> None:
    hold("cart", 3)
    still.forward(A_QUARTER)
    release_expired()
    hold("other", 3)

    with pytest.raises(SoldOut):
        spend("cart", 3)


def test_a_cart_may_hold_again_after_it_has_spent(still: StillClock) -> None:
    hold("cart")
    spend("cart")

    hold("cart")

    assert available() == 1


ACTIONS = st.tuples(
    st.sampled_from(["hold", "spend", "release", "expire", "wait"]),
    st.sampled_from(["a", "b"]),
    st.integers(1, 3),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=st.lists(ACTIONS, max_size=12))
def test_no_piece_is_ever_made_or_lost(
    still: StillClock, actions: list[tuple[str, str, int]]
) -> None:
    with transaction():
        db.session.execute(sa.delete(StockHold))
        db.session.execute(sa.update(Variant).where(Variant.sku == FEW).values(available=3))
    sold = 0

    for action, cart, quantity in actions:
        sold += act(still, action, cart, quantity)

        held = sum(sum(stock.held_for(one).values()) for one in ("a", "b"))
        assert available() + held + sold == 3
        assert available() >= 0


def act(still: StillClock, action: str, cart: str, quantity: int) -> int:
    """Do it, and say how many pieces it sold."""
    actions = {
        "hold": lambda: hold(cart, quantity),
        "spend": lambda: spend(cart, quantity),
        "release": lambda: release(cart),
        "expire": release_expired,
        "wait": lambda: still.forward(timedelta(minutes=7 * quantity)),
    }
    try:
        actions[action]()
    except SoldOut:
        return 0
    return quantity if action == "spend" else 0


def test_holds_of_two_carts_that_end_together_return_all_their_pieces(still: StillClock) -> None:
    hold("one", 1)
    hold("two", 2)
    still.forward(A_QUARTER)

    release_expired()

    assert available() == 3


@pytest.mark.parametrize("end", [release, lambda _cart: release_expired()])
def test_a_hold_whose_pieces_returned_says_so(
    still: StillClock, end: Callable[[str], None]
) -> None:
    hold("cart")
    still.forward(A_QUARTER)

    end("cart")

    assert states("cart") == ["returned"]


def test_each_variant_gives_its_own_quantity(still: StillClock) -> None:
    with transaction():
        stock.hold("cart", {id_of(FEW): 2, id_of(MANY): 1})

    assert (available(FEW), available(MANY)) == (1, 1)


@pytest.mark.parametrize(("held", "was_held"), [(0, False), (1, True), (2, True)])
def test_spending_says_whether_the_cart_held_pieces(
    still: StillClock, held: int, was_held: bool
) -> None:
    if held:
        hold("cart", held)

    with transaction():
        assert stock.spend("cart", {id_of(FEW): 1}) is was_held
