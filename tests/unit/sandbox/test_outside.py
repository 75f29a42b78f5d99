"""The journal of what the shop asked outside, and faults by hand."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.testing.form_shopper import QuickFormShopper, field_value
from tests.unit.checkout.reading import newest_order, reason_of
from tests.yamato import yamato_app

__all__ = ["yamato_app"]

TEL, OTHERS = "070-0001-0000", "070-0002-0000"
Json = dict[str, Any]


def asked(client: FlaskClient, query: str = "") -> list[Json]:
    return list(client.get(f"/sandbox/requests{query}").get_json())


def add(client: FlaskClient, **fault: object) -> list[Json]:
    answer = client.post("/sandbox/faults", json=fault)
    assert answer.status_code == 200, answer.text
    return list(answer.get_json())


# The journal


def test_a_text_is_in_it_without_its_code(client: FlaskClient) -> None:
    QuickFormShopper(client).to_sms(TEL)

    [text] = asked(client)

    assert text.pop("at")
    assert text == {
        "to": "sms",
        "what": "text",
        "checkout": client.get("/sandbox/phone.json").get_json()[0]["checkout"],
        "sent": {"to": "070-****-0000", "by": "sandbox", "valid_for": text["sent"]["valid_for"]},
        "answer": "ok",
    }


def test_what_failed_is_in_it_with_its_error(client: FlaskClient) -> None:
    QuickFormShopper(client).to_sms("070-0001-0004")

    assert [one["answer"] for one in asked(client, "?to=sms")] == ["NumberRefused"]


def test_requests_of_one_order_are_found_by_its_number(yamato_app: Flask) -> None:
    client = yamato_app.test_client()
    made = [
        client.post("/sandbox/orders", json={"state": "shipped", "tel": tel}).get_json()["number"]
        for tel in (OTHERS, TEL)
    ]
    order = newest_order()

    [*_later, first] = asked(client, f"?to=yamato&order={made[1]}")

    assert first["what"] == "KAARA0010"
    assert first["checkout"] == order.checkout_id
    everything = str(asked(client, f"?order={made[1]}"))
    assert "'1234'" not in everything
    assert order.customer["name"] not in everything
    assert {one["to"] for one in asked(client, f"?order={made[1]}")} >= {"yamato", "mail"}


def test_hosted_pages_are_in_it(yamato_app: Flask) -> None:
    client = yamato_app.test_client()
    client.post("/sandbox/orders", json={"state": "placed", "payment": "card"})

    assert {"open", "outcome"} <= {one["what"] for one in asked(client, "?to=hosted")}
    assert {one["checkout"] for one in asked(client, "?to=hosted")} == {newest_order().checkout_id}


@pytest.mark.parametrize(
    ("query", "status"), [("?to=moon", 400), ("?order=NOBODYS1", 404), ("?tel=abc", 400)]
)
def test_what_it_does_not_know_is_refused_in_words(
    client: FlaskClient, query: str, status: int
) -> None:
    answer = client.get(f"/sandbox/requests{query}")

    assert answer.status_code == status
    assert answer.get_json()["error"]


# Faults


@pytest.mark.parametrize(
    ("status", "reason"), [(503, "unavailable"), (429, "unavailable"), (400, "refused")]
)
def test_the_next_text_fails_and_no_other(client: FlaskClient, status: int, reason: str) -> None:
    add(client, to="sms", next=1, status=status)
    apps = client.application.test_client
    first, second = (QuickFormShopper(apps()).to_sms(tel) for tel in (TEL, OTHERS))

    assert reason_of(first.get("/checkout").text) == reason
    assert second.last.location == "/checkout/sms"
    assert client.get("/sandbox/faults").get_json() == []


def test_yamato_fails_once(yamato_app: Flask) -> None:
    client = yamato_app.test_client()
    add(client, to="yamato", next=2, status=503)  # the request, and the enquiry after it
    first = QuickFormShopper(yamato_app.test_client()).to_sms(TEL)
    add(client, to="yamato", next=0)
    second = QuickFormShopper(yamato_app.test_client()).to_sms(OTHERS)

    assert first.last.location != "/checkout/sms"
    assert second.last.location == "/checkout/sms"


def test_a_late_yamato_answers_all_the_same(yamato_app: Flask) -> None:
    add(yamato_app.test_client(), to="yamato", delay=0.2)

    assert QuickFormShopper(yamato_app.test_client()).to_sms(TEL).last.location == "/checkout/sms"


def test_a_mail_that_fails_comes_later(client: FlaskClient) -> None:
    add(client, to="mail", next=1, status=503)
    client.post("/sandbox/orders", json={"state": "placed", "payment": "cod"})
    assert client.get("/sandbox/mailbox.json").get_json() == []

    client.post("/sandbox/clock", json={"advance": 60})

    assert len(client.get("/sandbox/mailbox.json").get_json()) == 1
    assert [one["answer"] for one in asked(client, "?to=mail")] == ["ok", "MailUnavailable"]


def test_a_hosted_page_that_does_not_open(yamato_app: Flask) -> None:
    client = yamato_app.test_client()
    add(client, to="hosted", next=9, status=503)

    answer = client.post("/sandbox/orders", json={"state": "placed", "payment": "card"})
    shopper = QuickFormShopper(client).put_in().answer("card")

    assert answer.status_code == 409
    assert shopper.press_confirm().status_code in {303, 422}
    assert asked(client, "?to=hosted")[0]["answer"] == "GatewayUnavailable"


def test_the_oldest_strikes_first_and_next_0_ends_those_of_a_part(client: FlaskClient) -> None:
    add(client, to="sms", next=2, status=503)
    add(client, to="mail", status=500, delay=1.5)

    assert add(client, to="sms", delay=2)[0] == {
        "to": "sms",
        "next": 2,
        "status": 503,
        "delay": 0.0,
    }
    assert [one["to"] for one in add(client, to="sms", next=0)] == ["mail"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"to": "moon", "status": 503},
        {"to": "sms"},
        {"to": "sms", "status": 200},
        {"to": "sms", "status": "503"},
        {"to": "sms", "delay": 61},
        {"to": "sms", "delay": True},
        {"to": "sms", "status": 503, "next": 101},
        {"to": "sms", "status": 503, "colour": "red"},
    ],
)
def test_a_fault_that_cannot_be_is_refused_in_words(client: FlaskClient, body: Json) -> None:
    answer = client.post("/sandbox/faults", json=body)

    assert answer.status_code == 400
    assert answer.get_json()["error"]
    assert client.get("/sandbox/faults").get_json() == []


# The panel


@pytest.mark.parametrize(("status", "answered"), [("503", 303), ("5o3", 422), ("", 422)])
def test_the_panel_adds_a_fault(client: FlaskClient, status: str, answered: int) -> None:
    token = field_value(client.get("/sandbox/").text, "csrf_token")
    fields = {"csrf_token": token, "to": "sms", "status": status, "delay": ""}

    assert client.post("/sandbox/fault", data=fields).status_code == answered
    assert len(client.get("/sandbox/faults").get_json()) == (answered == 303)


def test_the_panel_shows_requests_and_faults(client: FlaskClient) -> None:
    QuickFormShopper(client).to_sms(TEL)
    add(client, to="mail", status=503)

    page = client.get("/sandbox/").text
    assert "予約中の障害: mail × 1" in page
    assert '<th scope="row">sms</th>' in page
