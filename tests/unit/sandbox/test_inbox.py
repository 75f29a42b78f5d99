"""What programs are told of a text or a mail, and waiting for one that has not come yet."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import Client

from storefront.app import serve, web_server
from storefront.core import phones
from storefront.ports.mail import Message
from storefront.sandbox.phone import inbox
from storefront.sandbox.phone.mailbox import SandboxMailbox
from storefront.sandbox.phone.phone import SandboxSms
from storefront.testing.form_shopper import QuickFormShopper
from tests.unit.checkout.reading import newest_order
from tests.yamato import yamato_app

__all__ = ["yamato_app"]

TEXT = "【さくら商店】認証番号 0042 10分有効\n@127.0.0.1 #0042"
TEL = "07000010000"
Arrive = Callable[[], object]


def text_to(number: str) -> int:
    return int(SandboxSms("sandbox").send(phones.e164(number), TEXT, 600).reference)


def mail_to(address: str) -> None:
    SandboxMailbox().send(Message(f"<{address}>", address, "件名", "本文", "<p>本文</p>"))


# What is told


def test_a_code_comes_with_its_checkout(app: Flask, client: FlaskClient) -> None:
    for tel in ("070-0001-0000", "070-0002-0040"):
        QuickFormShopper(app.test_client()).to_sms(tel)

    texts = client.get("/sandbox/phone.json").get_json()

    assert [one["code"] for one in texts] == ["0042", "1234"]
    assert len({one["checkout"] for one in texts} - {None}) == 2


@pytest.mark.parametrize("resend_after", [30, 601])
def test_each_text_of_a_checkout_has_its_id(client: FlaskClient, resend_after: int) -> None:
    shopper = QuickFormShopper(client).to_sms(TEL)
    shopper.client.post("/sandbox/clock", json={"advance": resend_after})
    shopper.post("/checkout/sms/resend")

    texts = shopper.client.get("/sandbox/phone.json").get_json()

    assert len(texts) == 2
    assert len({one["checkout"] for one in texts} - {None}) == 1


def test_a_text_of_yamatos_has_it_too(yamato_app: Flask) -> None:
    shopper = QuickFormShopper(yamato_app.test_client()).to_sms(TEL)
    shopper.guess("1234")

    [text] = shopper.client.get("/sandbox/phone.json").get_json()

    assert (text["code"], text["checkout"]) == ("1234", newest_order().checkout_id)


def test_an_orders_messages_have_links_and_its_checkout(client: FlaskClient) -> None:
    made = client.post("/sandbox/orders", json={"state": "delivered", "tel": TEL}).get_json()

    [text, _code] = client.get(f"/sandbox/phone.json?to={TEL}").get_json()
    mails = client.get("/sandbox/mailbox.json").get_json()

    assert client.get(text["links"][0]).status_code == 303
    assert (text["code"], text["checkout"]) == (None, newest_order().checkout_id)
    assert {one["checkout"] for one in mails} == {newest_order().checkout_id}
    assert any(made["pay_url"] in one["links"] for one in mails)
    assert all(one["code"] is None for one in mails)


def test_nobody_knows_whose_a_text_of_no_checkout_is(client: FlaskClient) -> None:
    text_to(TEL)

    assert client.get("/sandbox/phone.json").get_json()[0]["checkout"] is None


# After, and waiting


def test_only_what_came_after_is_told(client: FlaskClient) -> None:
    first, second = text_to(TEL), text_to(TEL)

    told = [client.get(f"/sandbox/phone.json?after={n}").get_json() for n in (0, first, second)]

    assert [[one["id"] for one in some] for some in told] == [[second, first], [second], []]


def test_what_is_there_is_not_waited_for(client: FlaskClient) -> None:
    text_to(TEL)
    began = monotonic()

    assert len(client.get(f"/sandbox/phone.json?to={TEL}&wait=30").get_json()) == 1
    assert monotonic() - began < inbox.LONGEST


@pytest.mark.parametrize(
    ("path", "arrive"),
    [
        (f"phone.json?to={TEL}", lambda: text_to(TEL)),
        ("mailbox.json?to=taro@example.com", lambda: mail_to("taro@example.com")),
    ],
)
def test_what_comes_meanwhile_ends_the_wait(app: Flask, path: str, arrive: Arrive) -> None:
    """Something for others comes first, and does not."""
    with ThreadPoolExecutor(1) as waiting:
        answer = waiting.submit(Client(app).get, f"/sandbox/{path}&wait=30")
        text_to("08012345678")
        mail_to("hanako@example.com")
        arrive()
        told = answer.result(inbox.LONGEST).get_json()

    assert [one["to"] for one in told] in ([TEL], ["taro@example.com"])


def test_a_moved_clock_ends_the_wait_for_a_slow_text(app: Flask, client: FlaskClient) -> None:
    text_to("07000010009")
    with ThreadPoolExecutor(1) as waiting:
        answer = waiting.submit(Client(app).get, "/sandbox/phone.json?wait=30")
        client.post("/sandbox/clock", json={"advance": 20})
        told = answer.result(inbox.LONGEST).get_json()

    assert [one["code"] for one in told] == ["0042"]


def test_what_does_not_come_is_an_empty_answer(client: FlaskClient) -> None:
    began = monotonic()

    assert client.get(f"/sandbox/phone.json?to={TEL}&wait=1").get_json() == []
    assert monotonic() - began >= 1


def test_whoever_finds_all_places_taken_is_answered_at_once(client: FlaskClient) -> None:
    with ExitStack() as others:
        for _each in range(inbox.AT_ONCE):
            others.enter_context(inbox.PLACES)
        began = monotonic()

        assert client.get("/sandbox/phone.json?wait=30").get_json() == []
        assert monotonic() - began < inbox.LONGEST


@pytest.mark.parametrize("query", ["wait=31", "wait=-1", "wait=1.5", "wait=x", "after=x", "wait="])
def test_what_is_no_number_is_refused_in_words(client: FlaskClient, query: str) -> None:
    for path in ("phone.json", "mailbox.json"):
        answer = client.get(f"/sandbox/{path}?{query}")
        assert answer.status_code == 400
        assert answer.get_json()["error"]


def test_who_waits_has_a_thread_beside_those_of_the_pages(app: Flask) -> None:
    web, _worker = serve.commands(app.config["SETTINGS"], 2)
    at = web.index("--waiters")

    assert web[at + 1] == str(inbox.AT_ONCE)
    assert web_server._granian("127.0.0.1", 1, 1, 7).blocking_threads == 7
