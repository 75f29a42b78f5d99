"""How many carts of one address may hold pieces at a time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.catalogue.models import Variant
from storefront.checkout import holds, placing
from storefront.checkout.holds import HeldByOthers
from storefront.checkout.journey import Journey
from storefront.checkout.placing import SoldOut
from storefront.core.extensions import db, transaction
from storefront.sandbox import time
from storefront.sandbox.phone import phone
from storefront.testing.form_shopper import FormShopper
from storefront.verification.rate_limits import Requester
from storefront.worker import periodic_tasks
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.factories import a_requester, some_answers
from tests.proofs.persistence import wait_until
from tests.unit.checkout.journeys import KURONEKO, a_snapshot, again, begun


def available() -> int:
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == "yunomi")).one()


@pytest.fixture
def real(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(limits="real")) as app:
        yield app


def hold_for(carts: int, **same: str) -> list[Journey]:
    journeys = [begun() for _ in range(carts)]
    for journey in journeys:
        holds.hold_stock(journey, holder(journey, **same))
    return journeys


def holder(journey: Journey, **same: str) -> Requester:
    return a_requester(session=journey.checkout.cart_id, **same)


def test_three_carts_of_one_address_may_hold_pieces(real: Flask) -> None:
    hold_for(3)

    with pytest.raises(HeldByOthers):
        hold_for(1)

    assert available() == 97


def test_a_cart_that_holds_pieces_may_hold_them_anew(real: Flask) -> None:
    [first, *_] = hold_for(3)

    holds.hold_stock(again(first), holder(first))

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
            holds.hold_stock(again(journey), holder(journey))

    hold_for(1)

    assert available() == 99


def test_relaxed_limits_let_any_number_hold_pieces(app: Flask) -> None:
    hold_for(4)

    assert available() == 96


def test_a_shopper_without_a_place_reads_what_to_do(real: Flask) -> None:
    hold_for(3, ip="127.0.0.1")
    shopper = FormShopper(real.test_client()).put_in().answer()

    answer = shopper.press_confirm()

    assert answer.status_code == 422
    assert "しばらくしてからもう一度お試しいただくか、SMS認証のない" in answer.text


def test_a_shopper_without_a_place_may_order_by_a_method_without_code(real: Flask) -> None:
    hold_for(3, ip="127.0.0.1")
    shopper = FormShopper(real.test_client()).put_in().answer("cod")

    answer = shopper.press_confirm()

    assert answer.location.endswith("/complete")


def looker(nth: int = 0) -> Journey:
    return begun(some_answers(payment=KURONEKO, tel=f"080{nth:08}"))


def look(nth: int, ip: str = "203.0.113.7") -> Journey:
    """Somebody at one address holds a piece, and lets the quarter of an hour pass."""
    journey = looker(nth)
    holds.hold_stock(journey, holder(journey, ip=ip))
    time.advance(timedelta(minutes=16).total_seconds())
    return journey


def test_an_address_begins_twelve_holds_a_day(real: Flask) -> None:
    for nth in range(12):
        look(nth)

    with pytest.raises(HeldByOthers):
        look(12)

    time.advance(timedelta(hours=22).total_seconds())
    look(13)


def test_one_cart_that_holds_again_and_again_begins_as_many_holds(real: Flask) -> None:
    journey = looker()
    requester = holder(journey)
    for _ in range(12):
        holds.hold_stock(again(journey), requester)
        holds.hold_stock(again(journey), requester)  # a running hold goes on
        time.advance(timedelta(minutes=31).total_seconds())

    with pytest.raises(HeldByOthers):
        holds.hold_stock(again(journey), requester)


def test_holds_that_became_orders_count_against_nobody(real: Flask) -> None:
    for nth in range(13):
        journey = looker(nth)
        holds.hold_stock(journey, holder(journey))
        with transaction():
            holds.spend(journey)


def test_relaxed_limits_let_any_number_of_holds_begin(app: Flask) -> None:
    for nth in range(13):
        look(nth)


def test_who_may_hold_no_more_is_shown_the_methods_without_a_hold(real: Flask) -> None:
    for nth in range(12):
        look(nth, "127.0.0.1")
    shopper = FormShopper(real.test_client()).put_in().answer()

    answer = shopper.press_confirm()

    assert answer.status_code == 422
    assert 'data-testid="switch-to-bank_transfer"' in answer.text
    assert 'data-testid="switch-to-card"' not in answer.text
    shopper.post("/checkout/other-method", {"payment": "cod"})
    assert shopper.press_confirm().location.endswith("/complete")


@pytest.mark.parametrize("yamato", ["off", ""])
@pytest.mark.parametrize("number", ["0004", "0005", "0007"])
def test_a_text_that_was_refused_holds_nothing(make_app: MakeApp, number: str, yamato: str) -> None:
    with entered(make_app(kuroneko_base_url=yamato)) as app:
        app.test_client_class = OwnContextClient
        shopper = FormShopper(app.test_client())

        shopper.to_sms(f"090-0000-{number}")
        wait_until(lambda: shopper.get("/checkout/sms").location == "/checkout", 10)
        shopper.get("/checkout")

        assert available() == 100


def test_a_shopper_who_was_refused_later_and_is_gone_holds_nothing(app: Flask) -> None:
    app.test_client_class = OwnContextClient
    FormShopper(app.test_client()).to_sms("090-0000-0003")
    assert available() == 99
    time.advance(3)
    phone.report_due()

    periodic_tasks.tidy_up()

    assert available() == 100


def test_a_credit_that_was_refused_holds_nothing(make_app: MakeApp) -> None:
    with entered(make_app(kuroneko_base_url="")) as app:
        app.test_client_class = OwnContextClient
        FormShopper(app.test_client()).to_sms("090-0000-0021", payment="kuroneko_payslip")

        assert available() == 100


def test_a_text_that_is_on_its_way_holds(client: FlaskClient) -> None:
    FormShopper(client).to_sms("090-0000-0000")

    assert available() == 99
