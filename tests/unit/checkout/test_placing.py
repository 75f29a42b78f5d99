import dataclasses
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.catalogue import stock
from storefront.catalogue.models import Product, StockHold, Variant
from storefront.checkout import holds, placing
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.checkout.placing import Changed, SoldOut
from storefront.core.extensions import db, transaction
from storefront.orders.models import LedgerEntry, Order, OrderEvent, OrderLine
from storefront.outbox.models import OutboxRow
from storefront.payments.models import PaymentMethod
from storefront.sandbox import time
from storefront.shipping.models import DeliveryMethod
from storefront.verification import code_check, sending
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge
from tests.factories import a_requester, some_answers
from tests.unit.checkout.journeys import BANK, COD, KURONEKO, a_snapshot, again, begun
from tests.unit.verification.stand_ins import asked

WRITTEN = (Order, OrderLine, OrderEvent, LedgerEntry, OutboxRow)


def place(journey: Journey, key: str | None = None) -> Order:
    return placing.place(journey, key or journey.key, a_snapshot(journey))


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def available(sku: str = "yunomi") -> int:
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == sku)).one()


def change(model: type, where: Any, **values: object) -> None:
    with transaction():
        db.session.execute(sa.update(model).where(where).values(**values))


def proven() -> Journey:
    """A checkout by kuroneko whose phone was proven for just this offer."""
    journey = begun(some_answers(payment=KURONEKO))
    checkout_id = journey.checkout.id
    press = asked(method=KURONEKO, offer_fingerprint=journey.offer_fingerprint)
    requester = a_requester(checkout=checkout_id, phone=journey.phone)
    code_check.judge(sending.issue(press, requester), "1234", requester)
    return again(journey)


def test_one_key_makes_one_order(app: Flask) -> None:
    journey = begun()
    key = journey.key
    first = place(journey, key).id

    second = place(again(journey), key).id

    assert (second, count(Order)) == (first, 1)


def test_a_key_posted_again_writes_nothing(app: Flask) -> None:
    journey = begun()
    key = journey.key
    place(journey, key)
    before = [count(model) for model in WRITTEN]

    place(again(journey), key)

    assert [count(model) for model in WRITTEN] == before


def test_an_order_remembers_what_was_bought(app: Flask) -> None:
    order = place(begun(yunomi=2, uji_sencha=1))

    lines = [(line.sku, line.price, line.quantity, line.tax, line.name) for line in order.lines]
    assert lines == [("yunomi", 3300, 2, 1000, "名前"), ("uji-sencha", 1080, 1, 800, "名前")]


def test_an_order_remembers_what_it_costs(app: Flask) -> None:
    order = place(begun(yunomi=2, uji_sencha=1))

    assert (order.goods, order.shipping, order.fee, order.total) == (7_680, 660, 330, 8_670)


def test_an_order_remembers_who_bought(app: Flask) -> None:
    answers = some_answers(note="玄関前に置いてください")

    order = place(begun(answers))

    assert order.customer == answers.dump()


def test_an_order_remembers_what_the_shopper_read(app: Flask) -> None:
    journey = begun()
    read = dataclasses.replace(
        a_snapshot(journey), locale="en", texts={"law": {"price": "¥4,290"}}, screens={"a": 1}
    )

    order = placing.place(journey, journey.key, read)

    assert (order.locale, order.texts, order.screens) == (
        "en",
        {"law": {"price": "¥4,290"}},
        {"a": 1},
    )


def test_a_later_change_of_the_catalogue_does_not_touch_an_order(app: Flask) -> None:
    order = place(begun())

    change(Variant, Variant.sku == "yunomi", price=9_999)

    db.session.refresh(order)
    assert (order.total, order.lines[0].price) == (4_290, 3_300)


@pytest.mark.parametrize(("payment", "state"), [(COD, "awaiting"), (BANK, "awaiting")])
def test_a_payment_begins_where_its_kind_says(app: Flask, payment: str, state: str) -> None:
    order = place(begun(some_answers(payment=payment)))

    assert (order.payment_code, order.payment_status) == (payment, state)


def test_a_payment_after_delivery_is_deferred(app: Flask) -> None:
    assert place(proven()).payment_status == "deferred"


def test_an_order_begins_placed(app: Flask) -> None:
    order = place(begun())

    assert (order.status, [event.event for event in order.events]) == ("placed", ["placed"])


@pytest.mark.parametrize(
    "pieces", [{"yunomi": 1}, {"uji_sencha": 3}, {"yunomi": 3, "uji_sencha": 7}]
)
def test_the_ledger_of_an_order_sums_to_zero(app: Flask, pieces: dict[str, int]) -> None:
    order = place(begun(None, **pieces))

    entries = db.session.scalars(
        sa.select(LedgerEntry.yen).where(LedgerEntry.order_id == order.id)
    ).all()
    assert sum(entries) == 0
    assert max(entries) == order.total


def test_the_ledger_keeps_each_rate_apart(app: Flask) -> None:
    place(begun(yunomi=1, uji_sencha=1))

    entries = dict(db.session.execute(sa.select(LedgerEntry.account, LedgerEntry.yen)).all())
    assert entries == {
        "receivable": 5_370,
        "sales_8": -1_000,
        "tax_8": -80,
        "sales_10": -3_900,
        "tax_10": -390,
    }


def test_an_order_leaves_a_mail_to_be_sent(app: Flask) -> None:
    order = place(begun())

    rows = db.session.execute(sa.select(OutboxRow.kind, OutboxRow.about)).all()
    assert [tuple(row) for row in rows] == [("order-mail", order.id)]


def test_an_order_empties_the_cart(app: Flask) -> None:
    place(begun())

    assert count(CartLine) == 0


def test_an_order_leaves_the_carts_of_others(app: Flask) -> None:
    other = begun(uji_sencha=2)

    place(begun())

    assert carts.count(other.checkout.cart_id) == 2


def test_an_order_spends_stock(app: Flask) -> None:
    place(begun(yunomi=3))

    assert available() == 97


def test_an_order_spends_held_stock_once(app: Flask) -> None:
    journey = begun(yunomi=3)
    holds.hold_stock(journey, a_requester())

    place(again(journey))

    assert available() == 97


def test_an_order_forgets_the_answers_of_its_checkout(app: Flask) -> None:
    order = place(begun())

    checkout = db.session.scalars(sa.select(Checkout)).one()
    assert (checkout.answered, checkout.typed, checkout.order_token) == (None, None, order.token)


def test_numbers_and_tokens_are_random(app: Flask) -> None:
    orders = [place(begun()) for _ in range(3)]

    assert len({order.number for order in orders}) == 3
    assert all(len(order.token) == 43 for order in orders)


def test_the_last_piece_is_sold_once(app: Flask) -> None:
    first, second = begun(matcha_bowl=1), begun(matcha_bowl=1)
    place(first)

    with pytest.raises(SoldOut):
        place(again(second))

    assert (count(Order), available("matcha-bowl")) == (1, 0)


def test_one_thing_sold_out_places_nothing(app: Flask) -> None:
    journey = begun(yunomi=1, matcha_bowl=1)
    change(Variant, Variant.sku == "matcha-bowl", available=0)

    with pytest.raises(SoldOut):
        place(again(journey))

    assert [count(model) for model in WRITTEN] == [0] * len(WRITTEN)
    assert available() == 100


def test_a_piece_that_another_shopper_holds_is_not_sold(app: Flask) -> None:
    journey = begun(matcha_bowl=1)
    holds.hold_stock(begun(matcha_bowl=1), a_requester())

    with pytest.raises(SoldOut):
        place(again(journey))


def test_a_piece_whose_hold_is_over_is_sold_to_the_next(app: Flask) -> None:
    journey = begun(matcha_bowl=1)
    holds.hold_stock(begun(matcha_bowl=1), a_requester())
    time.advance(timedelta(minutes=15).total_seconds())

    place(again(journey))

    assert (count(Order), available("matcha-bowl")) == (1, 0)


CHANGES = {
    "price": lambda: change(Variant, Variant.sku == "yunomi", price=3_301),
    "tax": lambda: change(Product, Product.slug == "yunomi", tax=800),
    "fee": lambda: change(PaymentMethod, PaymentMethod.code == COD, fee=331),
    "shipping": lambda: change(DeliveryMethod, sa.true(), fee=661),
    "shipping to there": lambda: change(DeliveryMethod, sa.true(), fees={"東京都": 661}),
    "free shipping": lambda: change(DeliveryMethod, sa.true(), free_from=3_300),
    "days to prepare": lambda: change(DeliveryMethod, sa.true(), prepare_days=3),
    "a limit": lambda: change(PaymentMethod, PaymentMethod.code == COD, maximum=4_289),
    "a method that is gone": lambda: change(
        PaymentMethod, PaymentMethod.code == COD, published=False
    ),
    "quantity": lambda: change(CartLine, CartLine.quantity == 1, quantity=2),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_since_the_confirmation_places_nothing(app: Flask, what: str) -> None:
    journey = begun()
    key = journey.key
    CHANGES[what]()

    with pytest.raises(Changed):
        place(again(journey), key)

    assert [count(model) for model in WRITTEN] == [0] * len(WRITTEN)
    assert (available(), count(CartLine)) == (100, 1)


def test_other_answers_since_the_confirmation_place_nothing(app: Flask) -> None:
    journey = begun()
    key = journey.key
    change(Checkout, sa.true(), answered=some_answers(name="山田 花子").dump())

    with pytest.raises(Changed):
        place(again(journey), key)


def test_a_cart_that_was_emptied_places_nothing(app: Flask) -> None:
    journey = begun()
    key = journey.key
    with transaction():
        db.session.execute(sa.delete(CartLine))

    with pytest.raises(Changed):
        placing.place(again(journey), key, a_snapshot(begun()))


def test_a_checkout_that_is_gone_places_nothing(app: Flask) -> None:
    journey = begun()
    key, read = journey.key, a_snapshot(journey)
    stale = dataclasses.replace(
        journey, checkout=Checkout(id="gone", cart_id=journey.checkout.cart_id)
    )

    with pytest.raises(Changed):
        placing.place(stale, key, read)


def test_a_key_nobody_gave_out_places_nothing(app: Flask) -> None:
    with pytest.raises(Changed):
        place(begun(), "0" * 32)


def test_a_phone_that_was_not_proven_places_nothing(app: Flask) -> None:
    with pytest.raises(Changed):
        place(begun(some_answers(payment=KURONEKO)))

    assert count(Order) == 0


def test_a_proven_phone_places_the_order(app: Flask) -> None:
    order = place(proven())

    assert order.challenge_id == db.session.scalars(sa.select(Challenge.id)).one()


def test_an_order_uses_its_code_up(app: Flask) -> None:
    place(proven())

    assert db.session.scalars(sa.select(Challenge)).one().consumed_at


def test_a_phone_proven_for_another_amount_places_nothing(app: Flask) -> None:
    journey = proven()
    change(Variant, Variant.sku == "yunomi", price=3_301)
    changed = again(journey)

    with pytest.raises(Changed):
        place(changed, changed.key)


def test_a_phone_proven_for_another_number_places_nothing(app: Flask) -> None:
    journey = proven()
    other = some_answers(payment=KURONEKO, tel="09000000040")
    change(Checkout, sa.true(), answered=other.dump())
    changed = again(journey)

    with pytest.raises(Changed):
        place(changed, changed.key)


def test_a_code_that_was_used_elsewhere_places_nothing(app: Flask) -> None:
    journey = proven()
    change(Challenge, sa.true(), consumed_at=journey.checkout.touched_at)

    with pytest.raises(Changed):
        place(again(journey))


def test_a_method_that_failed_meanwhile_places_nothing(app: Flask) -> None:
    journey = proven()
    key = journey.key
    change(Challenge, sa.true(), ended=Ended.LOCKED)

    with pytest.raises(Changed):
        place(again(journey), key)


def fail_at(table: str) -> None:
    """Let the database refuse the next rows of a table."""
    with transaction():
        db.session.execute(
            sa.text(
                f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'refused by the test'); END"
            )
        )


@pytest.mark.parametrize("table", ["orders", "order_lines", "ledger_entries", "outbox"])
def test_a_placing_that_fails_halfway_changes_nothing(app: Flask, table: str) -> None:
    journey = begun()
    key = journey.key
    fail_at(table)

    with pytest.raises(Changed):
        place(again(journey), key)

    assert [count(model) for model in WRITTEN] == [0] * len(WRITTEN)
    assert (available(), count(CartLine)) == (100, 1)


def test_a_proven_phone_survives_a_placing_that_failed(app: Flask) -> None:
    journey = proven()
    fail_at("ledger_entries")
    with pytest.raises(Changed):
        place(journey)
    with transaction():
        db.session.execute(sa.text("DROP TRIGGER no_ledger_entries"))

    place(again(journey))

    assert count(Order) == 1


def test_a_wrong_guess_stays_counted_though_the_placing_failed(app: Flask) -> None:
    journey = begun(some_answers(payment=KURONEKO))
    requester = a_requester(checkout=journey.checkout.id, phone=journey.phone)
    challenge = sending.issue(
        asked(method=KURONEKO, offer_fingerprint=journey.offer_fingerprint), requester
    )
    code_check.judge(challenge, "9999", requester)
    fail_at("ledger_entries")

    with pytest.raises(Changed):
        place(again(journey))

    db.session.refresh(challenge)
    assert challenge.attempts == 1


def test_holding_keeps_pieces_for_the_checkout(app: Flask) -> None:
    journey = begun(matcha_bowl=1)

    holds.hold_stock(journey, a_requester())

    assert stock.held_for(journey.checkout.cart_id) == journey.offer.stock


def test_holding_gives_back_what_others_held_too_long(app: Flask) -> None:
    holds.hold_stock(begun(yunomi=5), a_requester())
    time.advance(timedelta(minutes=15).total_seconds())

    holds.hold_stock(begun(uji_sencha=1), a_requester())

    assert available() == 100


def test_holding_what_is_sold_out_holds_nothing(app: Flask) -> None:
    journey = begun(yunomi=1, matcha_bowl=1)
    change(Variant, Variant.sku == "matcha-bowl", available=0)

    with pytest.raises(SoldOut):
        holds.hold_stock(again(journey), a_requester())

    assert (count(StockHold), available()) == (0, 100)
