"""The cart: what is in it, what it costs, and what changed since."""

import pytest
from flask import Flask

from storefront.cart import carts
from storefront.cart.carts import Change, TooMany
from storefront.cart.models import Cart, CartLine
from storefront.catalogue import stock
from storefront.catalogue.models import Variant
from storefront.core.extensions import db, transaction
from tests.statements import statements
from tests.unit.catalogue.test_products import set_price, set_stock, unpublish


def variant(sku: str = "yunomi") -> Variant:
    return db.session.query(Variant).filter_by(sku=sku).one()


def a_cart(sku: str = "yunomi", quantity: int = 1) -> str:
    return carts.put_in(None, variant(sku), quantity)


def holds(cart_id: str | None) -> dict[str, int]:
    return {line.variant.sku: line.quantity for line in carts.lines(cart_id)}


def told(cart_id: str) -> list[tuple[str, int, int]]:
    return [(change.what, change.old, change.new) for change in carts.look_over(cart_id)]


def test_the_first_thing_makes_a_cart(app: Flask) -> None:
    cart_id = a_cart("yunomi", 2)

    assert holds(cart_id) == {"yunomi": 2}


def test_a_cart_has_an_id_that_cannot_be_guessed(app: Flask) -> None:
    ids = {a_cart() for _ in range(20)}

    assert len(ids) == 20
    assert {len(bytes.fromhex(one)) for one in ids} == {16}


def test_the_next_thing_goes_into_the_same_cart(app: Flask) -> None:
    cart_id = a_cart("yunomi")

    same = carts.put_in(cart_id, variant("uji-sencha"), 1)

    assert same == cart_id
    assert holds(cart_id) == {"yunomi": 1, "uji-sencha": 1}


def test_lines_come_in_the_order_they_were_put_in(app: Flask) -> None:
    cart_id = a_cart("yunomi")
    carts.put_in(cart_id, variant("uji-sencha"), 1)
    carts.put_in(cart_id, variant("yunomi"), 1)

    assert list(holds(cart_id)) == ["yunomi", "uji-sencha"]


def test_the_same_thing_again_adds_to_its_line(app: Flask) -> None:
    cart_id = a_cart("yunomi", 2)

    carts.put_in(cart_id, variant("yunomi"), 3)

    assert holds(cart_id) == {"yunomi": 5}


def test_an_id_that_is_gone_gets_a_new_cart(app: Flask) -> None:
    cart_id = carts.put_in("0" * 32, variant(), 1)

    assert cart_id != "0" * 32
    assert holds(cart_id) == {"yunomi": 1}


def test_sizes_are_lines_of_their_own(app: Flask) -> None:
    cart_id = a_cart("indigo-tote-s")

    carts.put_in(cart_id, variant("indigo-tote-m"), 1)

    assert holds(cart_id) == {"indigo-tote-s": 1, "indigo-tote-m": 1}


def test_a_cart_takes_all_that_is_left(app: Flask) -> None:
    assert holds(a_cart("indigo-tote-s", 10)) == {"indigo-tote-s": 10}


@pytest.mark.parametrize(
    ("sku", "quantity", "left"), [("indigo-tote-s", 11, 10), ("kyusu", 1, 0), ("matcha-bowl", 2, 1)]
)
def test_more_than_is_left_is_too_many(app: Flask, sku: str, quantity: int, left: int) -> None:
    with pytest.raises(TooMany) as refusal:
        a_cart(sku, quantity)

    assert refusal.value.available == left


def test_what_is_in_the_cart_counts_against_what_is_left(app: Flask) -> None:
    cart_id = a_cart("indigo-tote-s", 8)

    with pytest.raises(TooMany) as refusal:
        carts.put_in(cart_id, variant("indigo-tote-s"), 3)

    assert refusal.value.available == 10
    assert holds(cart_id) == {"indigo-tote-s": 8}


def test_a_refusal_leaves_no_cart_behind(app: Flask) -> None:
    with pytest.raises(TooMany):
        a_cart("kyusu")

    assert db.session.query(Cart).count() == 0


def test_a_line_holds_99_pieces_at_most(app: Flask) -> None:
    set_stock("yunomi", 1000)
    cart_id = a_cart("yunomi", 99)

    with pytest.raises(TooMany) as refusal:
        carts.put_in(cart_id, variant(), 1)

    assert refusal.value.available == 99


def test_an_unpublished_product_cannot_be_put_in(app: Flask) -> None:
    yunomi = variant()
    unpublish("yunomi")

    with pytest.raises(TooMany) as refusal:
        carts.put_in(None, yunomi, 1)

    assert refusal.value.available == 0


@pytest.mark.parametrize("quantity", [1, 2, 99])
def test_a_quantity_is_what_it_is_set_to(app: Flask, quantity: int) -> None:
    cart_id = a_cart("yunomi", 3)

    carts.set_quantity(cart_id, "yunomi", quantity)

    assert holds(cart_id) == {"yunomi": quantity}


def test_none_takes_the_line_out(app: Flask) -> None:
    cart_id = a_cart()

    carts.set_quantity(cart_id, "yunomi", 0)

    assert holds(cart_id) == {}


def test_what_was_taken_out_can_be_put_back(app: Flask) -> None:
    cart_id = a_cart("yunomi", 3)
    carts.set_quantity(cart_id, "yunomi", 0)

    carts.set_quantity(cart_id, "yunomi", 3)

    assert holds(cart_id) == {"yunomi": 3}


def test_a_quantity_beyond_stock_changes_nothing(app: Flask) -> None:
    cart_id = a_cart("indigo-tote-s", 2)

    with pytest.raises(TooMany):
        carts.set_quantity(cart_id, "indigo-tote-s", 11)

    assert holds(cart_id) == {"indigo-tote-s": 2}


@pytest.mark.parametrize("quantity", [0, 1])
def test_an_unknown_sku_changes_nothing(app: Flask, quantity: int) -> None:
    cart_id = a_cart()

    carts.set_quantity(cart_id, "nothing", quantity)

    assert holds(cart_id) == {"yunomi": 1}


def test_a_cart_that_is_gone_stays_gone(app: Flask) -> None:
    carts.set_quantity("0" * 32, "yunomi", 1)

    assert db.session.query(Cart).count() == 0


def test_one_shoppers_cart_is_not_anothers(app: Flask) -> None:
    mine, theirs = a_cart("yunomi"), a_cart("uji-sencha")

    carts.set_quantity(theirs, "yunomi", 5)

    assert holds(mine) == {"yunomi": 1}


def test_the_count_is_of_pieces(app: Flask) -> None:
    cart_id = a_cart("yunomi", 3)
    carts.put_in(cart_id, variant("uji-sencha"), 2)

    assert carts.count(cart_id) == 5


@pytest.mark.parametrize("cart_id", [None, "", "0" * 32])
def test_no_cart_holds_nothing(app: Flask, cart_id: str | None) -> None:
    assert carts.count(cart_id) == 0
    assert list(carts.lines(cart_id)) == []


def test_goods_cost_what_the_catalogue_says_now(app: Flask) -> None:
    cart_id = a_cart("yunomi", 2)
    carts.put_in(cart_id, variant("uji-sencha"), 1)
    set_price("yunomi", 3500)

    assert carts.goods(carts.lines(cart_id)) == 2 * 3500 + 1080


def test_pieces_held_for_this_cart_are_still_there_for_it(app: Flask) -> None:
    cart_id = a_cart("matcha-bowl")
    hold(cart_id, "matcha-bowl", 1)

    carts.set_quantity(cart_id, "matcha-bowl", 1)

    assert told(cart_id) == []


def test_pieces_held_for_another_cart_are_not_there(app: Flask) -> None:
    hold(a_cart("matcha-bowl"), "matcha-bowl", 1)

    with pytest.raises(TooMany) as refusal:
        a_cart("matcha-bowl")

    assert refusal.value.available == 0


def hold(cart_id: str, sku: str, quantity: int) -> None:
    pieces = {variant(sku).id: quantity}
    with transaction():
        stock.hold(cart_id, pieces)


def test_nothing_changed_is_nothing_to_tell(app: Flask) -> None:
    assert told(a_cart()) == []


def test_a_new_price_is_told_once(app: Flask) -> None:
    cart_id = a_cart()
    set_price("yunomi", 3500)

    assert told(cart_id) == [("price", 3300, 3500)]
    assert told(cart_id) == []


def test_a_new_price_is_told_though_the_quantity_was_changed_first(app: Flask) -> None:
    cart_id = a_cart()
    set_price("yunomi", 3500)

    carts.set_quantity(cart_id, "yunomi", 2)

    assert told(cart_id) == [("price", 3300, 3500)]


def test_less_stock_is_told_and_lowers_the_quantity(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    set_stock("yunomi", 2)

    assert told(cart_id) == [("stock", 5, 2)]
    assert holds(cart_id) == {"yunomi": 2}


def test_no_stock_takes_the_line_out(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    set_stock("yunomi", 0)

    assert told(cart_id) == [("stock", 5, 0)]
    assert holds(cart_id) == {}


def test_a_product_no_longer_sold_is_told_and_taken_out(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    unpublish("yunomi")

    assert told(cart_id) == [("gone", 5, 0)]
    assert holds(cart_id) == {}


def test_a_new_price_and_less_stock_are_both_told(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    set_stock("yunomi", 2)
    set_price("yunomi", 3500)

    assert told(cart_id) == [("stock", 5, 2), ("price", 3300, 3500)]
    assert told(cart_id) == []


def test_what_is_gone_has_no_new_price(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    set_stock("yunomi", 0)
    set_price("yunomi", 3500)

    assert told(cart_id) == [("stock", 5, 0)]


def test_every_line_that_changed_is_told(app: Flask) -> None:
    cart_id = a_cart("yunomi", 5)
    carts.put_in(cart_id, variant("uji-sencha"), 1)
    set_stock("yunomi", 2)
    set_price("uji-sencha", 1)

    assert told(cart_id) == [("stock", 5, 2), ("price", 1080, 1)]


def test_a_change_names_its_product(app: Flask) -> None:
    cart_id = a_cart()
    set_price("yunomi", 3500)

    [change] = carts.look_over(cart_id)

    assert isinstance(change, Change)
    assert change.product.slug == "yunomi"


def test_looking_over_no_cart_tells_nothing(app: Flask) -> None:
    assert carts.look_over(None) == []


def test_a_large_cart_asks_as_much_as_a_small_one(app: Flask) -> None:
    cart_id = a_cart("yunomi")
    with statements(app) as for_one:
        read(cart_id)
    for sku in ("uji-sencha", "chasen", "indigo-tote-s", "indigo-tote-m", "tsumugi", "senko"):
        carts.put_in(cart_id, variant(sku), 1)

    with statements(app) as for_many:
        read(cart_id)

    assert len(for_many) == len(for_one)


def read(cart_id: str) -> list[int]:
    db.session.expire_all()
    return [len(line.variant.product.pictures) for line in carts.lines(cart_id)]


def test_the_database_itself_refuses_an_impossible_quantity(app: Flask) -> None:
    a_cart()

    with pytest.raises(Exception, match="CHECK constraint failed: ck_cart_lines_quantity"):
        break_the_rule()


def break_the_rule() -> None:
    with transaction():
        db.session.query(CartLine).one().quantity = 100
