"""POST /sandbox/events: reports, notices, parcels and payments that a program plays."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import Client

from storefront.core.extensions import db
from storefront.providers.yamato.simulator.models import CreditRecord, Slip
from storefront.sandbox import time
from storefront.sandbox.orders import order_events
from storefront.sandbox.phone.phone import SandboxSms
from storefront.shipping.tracking_numbers import has_check_digit
from storefront.testing.form_shopper import QuickFormShopper, field_value
from tests.unit.checkout.reading import newest_order, reason_of
from tests.yamato import asked, client, shopper, yamato_app

__all__ = ["asked", "client", "shopper", "yamato_app"]

STATUS, INPUT = "/checkout/sms/status", "/checkout"
Json = dict[str, object]


def play(client: Client, event: str, **body: object) -> Json:
    answer = client.post("/sandbox/events", json={"event": event, **body})
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def texts(client: Client) -> list[Json]:
    return list(client.get("/sandbox/phone.json").get_json())


def record() -> CreditRecord:
    db.session.rollback()
    newest = sa.select(CreditRecord).order_by(CreditRecord.id.desc())
    return db.session.scalars(newest.execution_options(populate_existing=True)).first() or _none()


def _none() -> CreditRecord:
    raise AssertionError("Yamato knows no order")


def make(client: Client, state: str, payment: str = "kuroneko_smartphone") -> str:
    answer = client.post("/sandbox/orders", json={"state": state, "payment": payment})
    return str(answer.get_json()["number"])


# Reports


@pytest.mark.parametrize("status", ["delivered", "undelivered"])
def test_the_phone_shows_what_was_reported(client: Client, status: str) -> None:
    SandboxSms("sandbox").send("+819000000003", "text", 600)
    [message] = texts(client)

    told = play(client, "delivery-report", message=message["id"], status=status)
    time.advance(2)

    assert told == {"message": message["id"], "status": status}
    assert [one["status"] for one in texts(client)] == [status]


def test_a_lost_text_of_the_shops_own_ends_its_check(app: Flask) -> None:
    shopper = QuickFormShopper(app.test_client())
    shopper.to_sms("080-1234-5678")
    [message] = texts(shopper.client)

    body = {"event": "delivery-report", "message": message["id"], "status": "undelivered"}
    assert shopper.client.post("/sandbox/events", json=body).status_code == 200

    assert shopper.get(STATUS).location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "undelivered"


def test_a_lost_text_of_yamatos_is_told_by_its_notice(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    [message] = texts(shopper.client)
    assert message["provider"] == "yamato"

    body = {"event": "delivery-report", "message": message["id"], "status": "undelivered"}
    assert shopper.client.post("/sandbox/events", json=body).status_code == 200

    assert record().state == "sms_ng"
    assert shopper.get(STATUS).location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "undelivered"


def test_a_report_that_comes_after_the_code_harms_no_order(shopper: QuickFormShopper) -> None:
    shopper.to_sms().guess("1234")
    message = texts(shopper.client)[-1]

    body = {"event": "delivery-report", "message": message["id"], "status": "undelivered"}
    assert shopper.client.post("/sandbox/events", json=body).status_code == 200

    assert record().state == "approved"
    assert newest_order().payment_status == "deferred"


# Notices


def test_a_good_notice_is_true_at_yamatos_as_well(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0000")

    body = {"event": "kuroneko-notice", "tel": "+81 90 0000 0000", "result": "ok", "times": 3}
    assert shopper.client.post("/sandbox/events", json=body).get_json()["times"] == 3

    assert record().state == "approved"
    assert shopper.get(STATUS).status_code == 303
    assert reason_or_none(shopper) is None


def reason_or_none(shopper: QuickFormShopper) -> str | None:
    page = shopper.get("/checkout/confirm").text
    return reason_of(page) if "ng-banner" in page else None


def test_a_bad_notice_of_a_sent_code_means_that_it_never_came(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")

    body = {"event": "kuroneko-notice", "tel": "080-1234-5678", "result": "ng"}
    shopper.client.post("/sandbox/events", json=body)

    assert record().state == "sms_ng"
    assert shopper.get(STATUS).location == INPUT


def test_a_forged_notice_is_not_true_at_yamatos(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0023")

    forged = {"tel": "090-0000-0023", "result": "ok", "times": 5, "forged": True}
    shopper.client.post("/sandbox/events", json={"event": "kuroneko-notice", **forged})

    assert record().state == "new"
    assert shopper.get(STATUS).status_code == 204


def test_the_newest_order_of_the_number_is_meant(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    first = record().order_number
    time.advance(31)
    shopper.post("/checkout/sms/resend")
    assert record().order_number != first

    body = {"event": "kuroneko-notice", "tel": "080-1234-5678", "result": "ng"}
    shopper.client.post("/sandbox/events", json=body)

    assert record().state == "sms_ng"


@pytest.mark.parametrize("by", ["checkout", "order"])
def test_a_notice_may_name_the_checkout_or_the_order(yamato_app: Flask, by: str) -> None:
    """Of two with the same number the one that is named is meant."""
    shoppers = [QuickFormShopper(yamato_app.test_client()) for _each in range(2)]
    for one in shoppers:
        one.to_sms("070-0001-0000")
    client = shoppers[0].client
    name = client.get("/sandbox/phone.json").get_json()[1]["checkout"]
    if by == "order":
        shoppers[0].guess("1234")
        name = newest_order().number

    body = {"event": "kuroneko-notice", by: name, "result": "ok" if by == "order" else "ng"}
    told = client.post("/sandbox/events", json=body)

    assert (told.status_code, told.get_json()[by]) == (200, name)
    newest = db.session.scalars(sa.select(CreditRecord.state).order_by(CreditRecord.id)).all()
    assert newest == ["approved" if by == "order" else "sms_ng", "wait_sms"]


def test_a_bad_notice_of_what_is_over_is_pushed_all_the_same(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    time.advance(181)

    body = {"event": "kuroneko-notice", "tel": "080-1234-5678", "result": "ng"}
    assert shopper.client.post("/sandbox/events", json=body).status_code == 200


def test_an_expired_code_is_not_made_good(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    time.advance(181)

    body = {"event": "kuroneko-notice", "tel": "080-1234-5678", "result": "ok"}
    assert shopper.client.post("/sandbox/events", json=body).status_code == 409


# What is due by itself


def test_the_worker_hears_of_a_lost_text_without_a_shopper(
    shopper: QuickFormShopper, asked: Callable[[], list[str]]
) -> None:
    shopper.to_sms("090-0000-0003")
    assert asked() == ["KAARA0010"]

    for _ in range(2):
        shopper.client.post("/sandbox/clock", json={"advance": 2})

    assert record().state == "sms_ng"
    assert asked() == ["KAARA0010", "KAARS0010", "KAAST0010"]


def test_a_code_that_never_lived_is_not_over_before_its_time(
    shopper: QuickFormShopper, client: Client
) -> None:
    other = QuickFormShopper(client)
    other.to_sms("080-1234-5678")
    time.advance(100)
    shopper.to_sms("090-0000-0002")

    client.post("/sandbox/clock", json={"advance": 100})

    states = db.session.scalars(sa.select(CreditRecord.state).order_by(CreditRecord.id)).all()
    assert states == ["expired", "wait_sms"]


# Parcels and payments


def test_a_parcel_has_a_slip_of_yamatos(client: Client) -> None:
    number = make(client, "placed")

    told = play(client, "shipped", order=number)

    db.session.rollback()
    slips = db.session.scalars(sa.select(Slip.number)).all()
    assert told == {"order": number, "status": "shipped", "payment_status": "deferred"}
    assert [has_check_digit(slip) for slip in slips] == [True]
    assert record().state == "slip"


def test_invented_slips_pass_their_check() -> None:
    assert all(has_check_digit(order_events.slip_number()) for _ in range(200))


def test_a_delivery_fixes_the_sale_and_asks_for_the_money(client: Client) -> None:
    number = make(client, "shipped")

    told = play(client, "delivered", order=number)

    assert (told["status"], told["payment_status"]) == ("delivered", "requested")
    assert record().state == "billed"


def test_money_that_comes_in_is_paid_at_yamatos_and_here(client: Client) -> None:
    number = make(client, "delivered")

    told = [play(client, "paid", order=number)["payment_status"] for _ in range(2)]

    assert told == ["paid", "paid"]
    assert record().state == "paid"


@pytest.mark.parametrize(
    ("payment", "before", "after"),
    [
        ("bank_transfer", "placed", "paid"),
        ("cvs", "placed", "paid"),
        ("cod", "shipped", "paid"),
    ],
)
def test_other_methods_are_paid_too(client: Client, payment: str, before: str, after: str) -> None:
    number = make(client, before, payment)

    assert play(client, "paid", order=number)["payment_status"] == after


def test_0030_pays_on_the_day_the_link_arrives(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0030")
    body = {"event": "kuroneko-notice", "tel": "090-0000-0030", "result": "ok"}
    shopper.client.post("/sandbox/events", json=body)
    shopper.press_confirm()
    number = newest_order().number
    for event in ("shipped", "delivered"):
        shopper.client.post("/sandbox/events", json={"event": event, "order": number})

    assert newest_order().payment_status == "paid"


def test_0032_gets_the_mail_and_not_the_text(client: Client) -> None:
    wanted = {"state": "delivered", "tel": "090-0000-0032", "email": "taro@example.com"}
    client.post("/sandbox/orders", json=wanted)
    time.advance(2)

    found = client.get("/sandbox/phone.json?to=09000000032").get_json()
    mails = client.get("/sandbox/mailbox.json?to=taro@example.com").get_json()
    assert [one["status"] for one in found] == ["undelivered", "delivered"]
    assert "/p/" in found[0]["text"]
    assert "/pay/" in mails[0]["text"]


# What cannot be


BAD = [
    ({}, 400),
    ({"event": "rain"}, 400),
    ({"event": ["shipped"]}, 400),
    ({"event": "delivery-report", "message": 1, "status": "lost"}, 400),
    ({"event": "delivery-report", "message": 999, "status": "delivered"}, 404),
    ({"event": "delivery-report", "message": "1", "status": "delivered"}, 404),
    ({"event": "delivery-report", "message": True, "status": "delivered"}, 404),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "ok"}, 404),
    ({"event": "kuroneko-notice", "tel": "abc", "result": "ok"}, 400),
    ({"event": "kuroneko-notice", "tel": 9, "result": "ok"}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000"}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "maybe"}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "ok", "times": 0}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "ok", "times": 101}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "ok", "times": True}, 400),
    ({"event": "kuroneko-notice", "tel": "090-0000-0000", "result": "ok", "forged": 1}, 400),
    ({"event": "kuroneko-notice", "order": "NOBODYS1", "result": "ok"}, 404),
    ({"event": "kuroneko-notice", "checkout": 9, "result": "ok"}, 400),
    ({"event": "shipped"}, 404),
    ({"event": "shipped", "order": "NOBODYS1"}, 404),
    ({"event": "delivered", "order": 7}, 404),
]


@pytest.mark.parametrize(("body", "status"), BAD)
def test_what_nobody_can_play_is_refused_in_words(client: Client, body: Json, status: int) -> None:
    answer = client.post("/sandbox/events", json=body)

    assert answer.status_code == status
    assert answer.get_json()["error"]


@pytest.mark.parametrize(
    ("state", "payment", "event"),
    [
        ("placed", "kuroneko_smartphone", "delivered"),
        ("placed", "kuroneko_smartphone", "paid"),
        ("placed", "bank_transfer", "shipped"),
        ("cancelled", "cod", "shipped"),
        ("cancelled", "cod", "paid"),
    ],
)
def test_what_cannot_happen_yet_is_refused_in_words(
    client: Client, state: str, payment: str, event: str
) -> None:
    number = make(client, state, payment)

    answer = client.post("/sandbox/events", json={"event": event, "order": number})

    assert answer.status_code == 409
    assert answer.get_json()["error"]


# By hand


def press(client: Client, play: str, **fields: str) -> tuple[int, str]:
    token = field_value(client.get("/sandbox/").text, "csrf_token")
    data = {"csrf_token": token, "play": play, **fields}
    answer = client.post("/sandbox/play", data=data)
    return answer.status_code, answer.text


def test_buttons_bring_an_order_on(client: Client) -> None:
    number = make(client, "placed")

    for event in ("shipped", "delivered", "paid"):
        assert press(client, event, order=f" {number} ")[0] == 303

    assert (newest_order().status, newest_order().payment_status) == ("delivered", "paid")


@pytest.mark.parametrize(
    ("button", "state"),
    [
        ("ok", "approved"),
        ("ok-twice", "approved"),
        ("ng", "refused"),
        ("forged-ok", "new"),
        ("forged-ng", "new"),
    ],
)
def test_buttons_bring_notices(shopper: QuickFormShopper, button: str, state: str) -> None:
    shopper.to_sms("090-0000-0023")
    client = shopper.client

    assert f'value="kuroneko-notice:{button}"' in client.get("/sandbox/").text
    assert press(client, f"kuroneko-notice:{button}", tel="090-0000-0023")[0] == 303

    assert record().state == state


def test_a_button_says_why_nothing_happened_and_keeps_what_was_typed(client: Client) -> None:
    status, page = press(client, "shipped", order="NOBODYS1")

    assert status == 422
    assert "the number of an order" in page
    assert 'value="NOBODYS1"' in page


@pytest.mark.parametrize("button", ["", "rain", "kuroneko-notice:", "kuroneko-notice:maybe"])
def test_a_button_that_is_none_does_nothing(client: Client, button: str) -> None:
    assert press(client, button, tel="090-0000-0000")[0] == 422


def test_a_form_from_elsewhere_plays_nothing(client: Client) -> None:
    number = make(client, "placed")

    assert (
        client.post("/sandbox/play", data={"play": "shipped", "order": number}).status_code == 422
    )
    assert newest_order().status == "placed"
