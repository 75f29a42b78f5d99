import contextvars
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event
from time import sleep
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import clock, phones
from storefront.core.extensions import Base, db
from storefront.outbox import outbox
from storefront.outbox.models import Heartbeat
from storefront.ports.mail import Message
from storefront.ports.sms import PATIENCE, Receipt, SmsUnknown
from storefront.sandbox import demo, time
from storefront.sandbox.phone import mailbox, phone
from storefront.sandbox.phone.mailbox import SandboxMailbox
from storefront.sandbox.phone.phone import SandboxSms
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from storefront.worker import heartbeat
from tests.conftest import MakeApp
from tests.databases import Postgresql
from tests.factories import an_order

REST = {"heartbeats"}  # the worker's, not the shop's
FORMS: list[tuple[str, dict[str, str]]] = [
    ("/checkout", {**ADDRESS, "payment": "cod"}),
    ("/checkout/confirm", {}),
    ("/checkout/sms", {"code": "1234"}),
    ("/checkout/sms/resend", {}),
    ("/checkout/other-method", {"payment": "cod"}),
    ("/checkout/other-method", {}),
    ("/checkout/address", {"postal_code": "100-0005"}),
]
BAD_BODIES = [
    b"",
    b"{}",
    b"[1]",
    b"1",
    b'{"seed": 2}',
    b'{"seed": true}',
    b'{"seed": "1"}',
    b'{"seed": null}',
    b'{"seed": 1.5}',
    b'{"seed": NaN}',
    b'{"seed": [[1]]}',
    b'{"seed": 1, "quick": true}',
    b'{"seed": 1',
]


def everything() -> dict[str, list[Any]]:
    """All rows of all tables."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in REST]
    return {
        table.name: sorted(map(tuple, db.session.execute(sa.select(table)).all()))
        for table in tables
    }


def disturb(shopper: FormShopper) -> None:
    """Leave something in every corner of the shop."""
    shopper.to_sms()
    shopper.guess("9999")
    order = an_order()
    outbox.add("order-mail", order.id)
    db.session.commit()
    SandboxSms("sandbox").send(phones.e164("08012345678"), "text", 600)
    SandboxMailbox().send(Message("<1>", "taro@example.com", "subject", "text", "html"))
    time.advance(3600)


def reset(client: FlaskClient) -> None:
    answer = client.post("/sandbox/reset", json={"seed": 1})
    assert (answer.status_code, answer.json) == (200, {"seed": 1})
    time.forget()


def test_the_shop_is_as_new_and_the_same_every_time(
    client: FlaskClient, shopper: FormShopper
) -> None:
    new = everything()

    for _twice in range(2):
        disturb(shopper)
        assert everything() != new
        reset(client)

        assert everything() == new


def test_phone_mailbox_and_clock_are_as_new(client: FlaskClient, shopper: FormShopper) -> None:
    disturb(shopper)

    reset(client)

    assert client.get("/sandbox/phone.json").json == []
    assert client.get("/sandbox/mailbox.json").json == []
    assert (client.get("/sandbox/clock").json or {})["offset"] == 0


def test_waiting_jobs_are_gone(app: Flask) -> None:
    queue = app.extensions["queue"]
    outbox.wake_worker()
    assert len(queue) == 1

    demo.reset()

    assert len(queue) == 0


def test_what_a_request_had_loaded_is_no_hindrance(app: Flask) -> None:
    order = an_order()

    demo.reset()

    assert order not in db.session


def test_a_sign_of_life_is_as_old_as_before(client: FlaskClient) -> None:
    heartbeat.beat()
    time.advance(86_400)

    reset(client)

    beat = db.session.scalars(sa.select(Heartbeat.at)).one()
    assert timedelta(0) <= clock.now() - beat < timedelta(seconds=5)


def test_a_browser_from_before_stands_with_an_empty_cart(
    client: FlaskClient, shopper: FormShopper
) -> None:
    shopper.to_sms()

    reset(client)

    for path in ("/checkout", "/checkout/confirm", "/checkout/sms"):
        answer = shopper.get(path)
        assert (answer.status_code, answer.location) == (303, "/cart")
    assert 'data-testid="cart-line"' not in shopper.get("/cart").text


def test_the_forms_of_a_browser_from_before_lead_to_the_cart(
    client: FlaskClient, shopper: FormShopper
) -> None:
    shopper.to_sms()
    screen = shopper.get("/checkout/sms").text
    hidden = {name: field_value(screen, name) for name in ("csrf_token", "confirmation_key")}

    reset(client)

    for path, fields in FORMS:
        answer = client.post(path, data={**hidden, **fields})
        assert (answer.status_code, answer.location) == (303, "/cart"), path


def test_a_browser_from_before_can_change_nothing_in_its_cart(
    client: FlaskClient, shopper: FormShopper
) -> None:
    shopper.put_in()

    reset(client)

    assert shopper.post("/cart/items/yunomi", {"quantity": "2"}).status_code == 303
    assert 'data-testid="cart-line"' not in shopper.get("/cart").text


class ResetMeanwhile:
    """A sender that hangs, while somebody else resets the shop."""

    name = "sandbox"
    is_down = False

    def __init__(self, app: Flask) -> None:
        self.app = app

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        contextvars.Context().run(self._reset)
        raise SmsUnknown

    def _reset(self) -> None:
        with self.app.app_context():
            demo.reset()


def test_a_reset_under_a_request_at_work_leads_it_to_the_cart(
    app: Flask, shopper: FormShopper
) -> None:
    app.extensions["providers"] = replace(app.extensions["providers"], sms=ResetMeanwhile(app))

    shopper.put_in().answer()
    pressed = shopper.press_confirm()
    answer = shopper.get(pressed.location)

    assert (pressed.status_code, answer.status_code, answer.location) == (303, 303, "/cart")


def test_a_browser_from_before_can_buy_again(client: FlaskClient, shopper: FormShopper) -> None:
    shopper.to_sms()
    reset(client)

    shopper.to_sms()

    answer = shopper.guess("1234")
    assert answer.status_code == 303
    assert answer.location.endswith("/complete")


def test_an_order_from_before_is_gone(client: FlaskClient, shopper: FormShopper) -> None:
    shopper.to_sms().guess("1234")
    completion = shopper.last.location

    reset(client)

    assert client.get(completion).status_code == 404
    answer = shopper.get("/checkout")
    assert (answer.status_code, answer.location) == (303, "/cart")


def test_a_bad_body_resets_nothing(client: FlaskClient) -> None:
    SandboxSms("sandbox").send(phones.e164("09000000000"), "text", 600)

    for body in BAD_BODIES:
        answer = client.post("/sandbox/reset", data=body, content_type="application/json")

        assert answer.status_code == 400, body
        assert (answer.json or {})["error"]

    assert len(phone.messages()) == 1


def test_a_form_from_elsewhere_resets_nothing(client: FlaskClient) -> None:
    SandboxMailbox().send(Message("<1>", "taro@example.com", "subject", "text", "html"))

    for data in ({"seed": "1"}, json.dumps({"seed": 1})):
        assert client.post("/sandbox/reset", data=data).status_code == 415
    assert client.post("/sandbox/", data={"press": "reset"}).status_code == 422

    assert len(mailbox.mails()) == 1


def test_a_button_of_the_panel_resets(client: FlaskClient) -> None:
    SandboxMailbox().send(Message("<1>", "taro@example.com", "subject", "text", "html"))
    token = field_value(client.get("/sandbox/").text, "csrf_token")

    answer = client.post("/sandbox/", data={"csrf_token": token, "press": "reset"})

    assert (answer.status_code, answer.location) == (303, "/sandbox/?done=reset")
    assert mailbox.mails() == []


def test_a_reset_waits_for_a_writer_who_goes_on_to_other_tables(
    make_app: MakeApp, on_postgresql: Postgresql
) -> None:
    """The writer holds a row of one table, and comes to the next while the reset waits."""
    app = make_app(database_url=on_postgresql.seeded())
    has_begun = Event()

    def write() -> None:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(sa.text("SELECT * FROM variants LIMIT 1 FOR UPDATE"))
            connection.execute(sa.text("UPDATE shop SET phone = phone"))
            has_begun.set()
            sleep(0.5)
            for table in Base.metadata.sorted_tables:
                connection.execute(table.delete().where(sa.false()))

    with ThreadPoolExecutor(1) as pool, app.app_context():
        writing = pool.submit(write)
        assert has_begun.wait(5)
        demo.reset()

        assert writing.done()
        writing.result()
        db.session.remove()
