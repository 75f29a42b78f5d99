"""Time for one checkout or order, while everybody else's stands."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.checkout.models import Checkout
from storefront.core.extensions import Base, UtcDateTime, db
from storefront.orders.models import Order, PaymentRequest
from storefront.outbox.models import OutboxRow
from storefront.ports.registry import providers
from storefront.providers.yamato.credit.late_refusals import NOT_PLACED
from storefront.sandbox import head_starts
from storefront.testing.form_shopper import QuickFormShopper, field_value
from storefront.verification.models import Challenge
from storefront.worker.handlers import HANDLERS, OF_ORDERS, OF_OTHERS
from tests.unit.checkout.reading import newest_order, reason_of
from tests.yamato import yamato_app

__all__ = ["yamato_app"]

MINE, OTHERS = "070-0001-0000", "070-0002-0000"
AS_MOMENTS = ("_at", "_on", "_by", "_until", "_since")
NO_MOMENTS = {  # a browser's own time, and by whom
    "Checkout.typed_at",
    *("BulkJob.made_by", "CheckoutCount.failed_by", "CheckoutCount.placed_by", "LimitSlot.used_by"),
}
Json = dict[str, Any]


def post(client: FlaskClient, path: str, **body: object) -> Json:
    answer = client.post(f"/sandbox/{path}", json=body)
    assert answer.status_code in {200, 201}, answer.text
    return dict(answer.get_json())


def text_of(client: FlaskClient, tel: str) -> Json:
    return dict(client.get(f"/sandbox/phone.json?to={tel}").get_json()[0])


@pytest.fixture
def mine(client: FlaskClient) -> QuickFormShopper:
    return QuickFormShopper(client).to_sms(MINE)


@pytest.fixture
def other(app: Flask, mine: QuickFormShopper) -> QuickFormShopper:
    """A second shopper, whose time stays."""
    return QuickFormShopper(app.test_client()).to_sms(OTHERS)


def state_of(shopper: QuickFormShopper) -> str:
    page = shopper.get("/checkout/sms").text
    return page.split('data-state="')[1].split('"')[0]


# Every moment has its place


def test_every_table_with_a_moment_is_moved_or_said_to_stay() -> None:
    with_moments = {one.class_ for one in Base.registry.mappers if head_starts.moments(one.class_)}

    assert with_moments == head_starts.MOVED.keys() | head_starts.KEPT.keys()
    assert not head_starts.MOVED.keys() & head_starts.KEPT.keys()


def test_what_is_named_like_a_moment_is_one() -> None:
    named = {
        f"{one.class_.__name__}.{column.key}"
        for one in Base.registry.mappers
        for column in one.column_attrs
        if column.key.endswith(AS_MOMENTS) and column.key not in head_starts.moments(one.class_)
    }

    assert named == NO_MOMENTS


def test_days_and_moments_are_found_by_their_type() -> None:
    assert {"issued_at", "due_on", "chosen_at", "link_sent_at"} == set(
        head_starts.moments(PaymentRequest)
    )
    assert isinstance(sa.inspect(Challenge).columns.expires_at.type, UtcDateTime)


def test_each_kind_of_row_says_whose_id_it_has(app: Flask) -> None:
    assert not OF_ORDERS.keys() & OF_OTHERS.keys()
    assert HANDLERS == OF_ORDERS | OF_OTHERS
    tasks = {kind for one in providers().plugins for kind in one.tasks}
    assert tasks == {NOT_PLACED, "yamato-alert"}  # the second is about nothing


# A checkout


@pytest.mark.parametrize("by", ["tel", "checkout"])
def test_a_code_expires_for_one_alone(
    client: FlaskClient, mine: QuickFormShopper, other: QuickFormShopper, by: str
) -> None:
    name = {"tel": MINE, "checkout": text_of(client, MINE)["checkout"]}[by]

    post(client, "clock", advance=601, **{by: name})

    assert (state_of(mine), state_of(other)) == ("expired", "idle")
    assert mine.guess("1234").status_code == 422
    assert other.guess("1234").status_code == 303


def test_a_text_may_be_asked_for_again_by_one_alone(
    client: FlaskClient, mine: QuickFormShopper, other: QuickFormShopper
) -> None:
    post(client, "clock", advance=30, tel=MINE)

    assert mine.post("/checkout/sms/resend").status_code == 303
    assert other.post("/checkout/sms/resend").status_code == 422


def test_caps_on_texts_pass_too(app: Flask, client: FlaskClient) -> None:
    """Three texts in ten minutes are an ordinary number's; the fourth is another checkout's."""
    shopper = QuickFormShopper(app.test_client()).to_sms("090-1234-5678")
    for seconds in (30, 60):
        post(client, "clock", advance=seconds, tel="090-1234-5678")
        assert shopper.post("/checkout/sms/resend").status_code == 303

    post(client, "clock", advance=600, tel="090-1234-5678")
    second = QuickFormShopper(app.test_client()).to_sms("090-1234-5678")

    assert second.last.location == "/checkout/sms"


def test_a_text_arrives_for_one_alone(app: Flask, client: FlaskClient) -> None:
    tels = ["070-0001-0009", "070-0002-0009"]
    for tel in tels:
        QuickFormShopper(app.test_client()).to_sms(tel)

    post(client, "clock", advance=20, tel=tels[0])

    there = [len(client.get(f"/sandbox/phone.json?to={tel}").get_json()) for tel in tels]
    assert there == [1, 0]


def test_held_pieces_go_back_for_one_alone(
    client: FlaskClient, mine: QuickFormShopper, other: QuickFormShopper
) -> None:
    post(client, "clock", advance=16 * 60, tel=MINE)

    held = sa.text("SELECT state FROM stock_holds ORDER BY id")
    assert db.session.scalars(held).all() == ["returned", "held"]


def test_a_checkout_without_a_text_is_found_by_its_number(client: FlaskClient) -> None:
    shopper = QuickFormShopper(client).put_in().answer(tel=MINE)

    told = post(client, "clock", advance=3601, tel=MINE)

    assert told["offset"] == 3601
    assert "60分以上操作がなかったため" in shopper.get("/checkout").text


def test_of_several_checkouts_of_a_number_the_newest_moves_and_goes_on_moving(
    app: Flask, client: FlaskClient
) -> None:
    first = QuickFormShopper(app.test_client()).to_sms(MINE)
    second = QuickFormShopper(app.test_client()).to_sms(MINE)

    offsets = [post(client, "clock", advance=400, tel=MINE)["offset"] for _ in range(2)]

    assert offsets == [400, 800]
    assert (state_of(first), state_of(second)) == ("idle", "expired")


def test_a_code_of_yamatos_expires_for_one_alone(yamato_app: Flask) -> None:
    mine, other = (QuickFormShopper(yamato_app.test_client()).to_sms(tel) for tel in (MINE, OTHERS))

    post(yamato_app.test_client(), "clock", advance=181, tel=MINE)

    assert (state_of(mine), state_of(other)) == ("expired", "idle")
    assert mine.guess("1234").status_code == 422
    assert other.guess("1234").status_code == 303


def test_a_lost_text_of_yamatos_is_told_to_one_alone(yamato_app: Flask) -> None:
    tels = ("070-0001-0003", "070-0002-0003")
    mine, other = (QuickFormShopper(yamato_app.test_client()).to_sms(tel) for tel in tels)

    post(yamato_app.test_client(), "clock", advance=2, tel=tels[0])

    assert mine.get("/checkout/sms/status").location == "/checkout"
    assert reason_of(mine.get("/checkout").text) == "undelivered"
    assert other.get("/checkout/sms/status").status_code == 204


# An order


def test_a_payment_falls_overdue_for_one_alone(client: FlaskClient) -> None:
    numbers = [post(client, "orders", state="delivered")["number"] for _ in range(2)]

    post(client, "clock", order=numbers[0], advance=16 * 86_400)

    query = sa.select(Order.number, Order.payment_status)
    assert dict(db.session.execute(query).all()) == dict(
        zip(numbers, ("overdue", "requested"), strict=True)
    )


def test_an_unpaid_order_ends_for_one_alone(client: FlaskClient) -> None:
    made = [post(client, "orders", state="placed", payment="bank_transfer") for _ in range(2)]

    post(client, "clock", order=made[0]["number"], advance=9 * 86_400)

    states = dict(db.session.execute(sa.select(Order.number, Order.status)).all())
    assert [states[one["number"]] for one in made] == ["cancelled", "placed"]


def test_jobs_of_one_order_alone_are_done(client: FlaskClient) -> None:
    numbers = [post(client, "orders", state="delivered")["number"] for _ in range(2)]

    post(client, "clock", order=numbers[0], advance=12 * 86_400)

    reminded = sa.select(Order.number).join(OutboxRow, OutboxRow.about == Order.id)
    done = (OutboxRow.kind == "reminder-mail") & OutboxRow.done_at.is_not(None)
    assert db.session.scalars(reminded.where(done)).all() == numbers[:1]


@pytest.mark.parametrize("by", ["order", "tel", "checkout"])
def test_an_order_is_named_in_three_ways(client: FlaskClient, by: str) -> None:
    made = post(client, "orders", state="placed", tel=MINE, payment="cod")
    order = newest_order()
    placed_at = order.placed_at
    names = {"order": made["number"].lower(), "tel": MINE, "checkout": order.checkout_id}

    post(client, "clock", advance=86_400, **{by: names[by]})

    db.session.expire_all()
    assert newest_order().placed_at == placed_at - timedelta(days=1)


def test_an_order_outlives_its_checkout(client: FlaskClient) -> None:
    post(client, "orders", state="placed", payment="cod")
    order = newest_order()
    for _ in range(2):
        post(client, "clock", advance=2 * 86_400, checkout=order.checkout_id)

    assert db.session.get(Checkout, order.checkout_id) is None
    assert client.get(f"/sandbox/clock?order={order.number}").get_json()["offset"] == 4 * 86_400


def test_days_move_with_the_midnights_that_were_passed(client: FlaskClient) -> None:
    """Twenty-four hours in steps are a day, at whatever time of the day they begin."""
    post(client, "orders", state="placed", payment="bank_transfer")
    before = newest_order().pay_by
    assert isinstance(before, date)

    for _ in range(24):
        head_starts.advance(newest_order().checkout_id, 3600)

    db.session.expire_all()
    assert newest_order().pay_by == before - timedelta(days=1)


# What is told, and what cannot be


def test_the_answer_tells_the_time_of_the_one(client: FlaskClient, mine: QuickFormShopper) -> None:
    post(client, "clock", advance=100)

    told = post(client, "clock", advance=60, tel=MINE)

    assert told["offset"] == 160
    assert client.get("/sandbox/clock").get_json()["offset"] == 100
    assert client.get(f"/sandbox/clock?tel={MINE}").get_json()["offset"] == 160


def test_one_is_moved_to_a_moment(client: FlaskClient, mine: QuickFormShopper) -> None:
    told = post(client, "clock", now="2040-06-01T12:00:00+09:00", tel=MINE)

    wanted = datetime.fromisoformat("2040-06-01T12:00:00+09:00")
    assert timedelta(0) <= datetime.fromisoformat(told["now"]) - wanted < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"advance": 60, "tel": "abc"}, 400),
        ({"advance": 60, "tel": 9}, 400),
        ({"advance": 60, "tel": MINE, "order": "7KQ2-M9XD"}, 400),
        ({"advance": -1, "tel": MINE}, 400),
        ({"advance": 31_536_001, "tel": MINE}, 400),
        ({"now": "2020-01-01T00:00:00Z", "tel": MINE}, 400),
        ({"tel": MINE}, 400),
        ({"advance": 60, "tel": OTHERS}, 404),
        ({"advance": 60, "order": "NOBODYS1"}, 404),
        ({"advance": 60, "checkout": ""}, 404),
        ({"advance": 60, "checkout": "f" * 32}, 404),
    ],
)
def test_who_is_not_known_is_refused_in_words(
    client: FlaskClient, mine: QuickFormShopper, body: Json, status: int
) -> None:
    answer = client.post("/sandbox/clock", json=body)

    assert answer.status_code == status
    assert answer.get_json()["error"]
    assert client.get(f"/sandbox/clock?tel={MINE}").get_json()["offset"] == 0


def test_a_reset_ends_every_head_start(client: FlaskClient) -> None:
    post(client, "orders", state="placed", payment="cod", tel=MINE)
    post(client, "clock", advance=60, tel=MINE)
    post(client, "reset", seed=1)
    post(client, "orders", state="placed", payment="cod", tel=MINE)

    assert client.get(f"/sandbox/clock?tel={MINE}").get_json()["offset"] == 0


# The panel


def press_one(client: FlaskClient, who: str, seconds: str) -> TestResponse:
    token = field_value(client.get("/sandbox/").text, "csrf_token")
    fields = {"csrf_token": token, "press": "one", "who": who, "seconds": seconds}
    return client.post("/sandbox/", data=fields)


def test_the_panel_moves_one_alone(
    client: FlaskClient, mine: QuickFormShopper, other: QuickFormShopper
) -> None:
    assert press_one(client, MINE, "601").location == "/sandbox/?done=one"

    assert (state_of(mine), state_of(other)) == ("expired", "idle")
    assert "1件だけ進めました" in client.get("/sandbox/?done=one").text


def test_the_panel_knows_an_order_by_its_number(client: FlaskClient) -> None:
    number = post(client, "orders", state="placed", payment="cod")["number"]

    assert press_one(client, number, "60").status_code == 303
    assert client.get(f"/sandbox/clock?order={number}").get_json()["offset"] == 60


@pytest.mark.parametrize(
    ("who", "seconds"),
    [(MINE, ""), (MINE, "1h"), (MINE, "９"), (MINE, "99999999999"), (OTHERS, "60"), ("", "60")],
)
def test_the_panel_keeps_what_cannot_be(
    client: FlaskClient, mine: QuickFormShopper, who: str, seconds: str
) -> None:
    told = press_one(client, who, seconds)

    assert told.status_code == 422
    assert 'data-testid="error-summary"' in told.text
    assert f'value="{who}"' in told.text
