"""How many carts of one address may hold pieces at a time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue.models import Variant
from storefront.checkout import placing
from storefront.checkout.journey import Journey
from storefront.checkout.placing import HeldByOthers, SoldOut
from storefront.extensions import db, transaction
from storefront.sandbox import time
from storefront.verification.limits import Asker
from tests.conftest import MakeApp, entered
from tests.factories import an_asker
from tests.shopper import Shopper
from tests.unit.checkout.journeys import a_snapshot, again, begun


def available() -> int:
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == "yunomi")).one()


@pytest.fixture
def real(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(limits="real")) as app:
        yield app


def hold_for(carts: int, **same: str) -> list[Journey]:
    journeys = [begun() for _ in range(carts)]
    for journey in journeys:
        placing.hold_stock(journey, holder(journey, **same))
    return journeys


def holder(journey: Journey, **same: str) -> Asker:
    return an_asker(session=journey.checkout.cart_id, **same)


def test_three_carts_of_one_address_may_hold_pieces(real: Flask) -> None:
    hold_for(3)

    with pytest.raises(HeldByOthers):
        hold_for(1)

    assert available() == 97


def test_a_cart_that_holds_pieces_may_hold_them_anew(real: Flask) -> None:
    [first, *_] = hold_for(3)

    placing.hold_stock(again(first), holder(first))

    assert available() == 97


def test_another_address_may_hold_pieces_too(real: Flask) -> None:
    hold_for(3)

    hold_for(1, ip="203.0.113.8")

    assert available() == 96


def test_a_place_is_free_again_when_its_hold_is_over(real: Flask) -> None:
    hold_for(3)
    time.advance(timedelta(minutes=15).total_seconds())

    hold_for(1)

    assert available() == 99


def test_a_place_is_free_again_when_its_order_is_placed(real: Flask) -> None:
    [first, *_] = hold_for(3)
    journey = again(first)
    placing.place(journey, journey.key, a_snapshot(journey))

    hold_for(1)

    assert available() == 96


def test_what_is_sold_out_takes_no_place(real: Flask) -> None:
    late = [begun(matcha_bowl=1) for _ in range(3)]
    with transaction():
        bowl = sa.update(Variant).where(Variant.sku == "matcha-bowl")
        db.session.execute(bowl.values(available=0))
    for journey in late:
        with pytest.raises(SoldOut):
            placing.hold_stock(again(journey), holder(journey))

    hold_for(1)

    assert available() == 99


def test_relaxed_limits_let_any_number_hold_pieces(app: Flask) -> None:
    hold_for(4)

    assert available() == 96


def test_a_shopper_without_a_place_reads_what_to_do(real: Flask) -> None:
    hold_for(3, ip="127.0.0.1")
    shopper = Shopper(real.test_client()).put_in().answer()

    answer = shopper.press_confirm()

    assert answer.status_code == 422
    assert "しばらくしてからもう一度お試しいただくか、SMS認証のない" in answer.text


def test_a_shopper_without_a_place_may_order_by_a_method_without_code(real: Flask) -> None:
    hold_for(3, ip="127.0.0.1")
    shopper = Shopper(real.test_client()).put_in().answer("cod")

    answer = shopper.press_confirm()

    assert answer.location.endswith("/complete")
