"""The calls of the sandbox are described, and its answers fit what is described."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from storefront.sandbox.contract.calls import CALLS, Error, SandboxCall
from storefront.testing.form_shopper import FormShopper
from tests.conftest import MakeApp, entered

pytestmark = pytest.mark.web

FOR_PEOPLE = {
    ("GET", "/sandbox/"),
    ("POST", "/sandbox/"),
    ("POST", "/sandbox/play"),
    ("POST", "/sandbox/fault"),
    ("POST", "/sandbox/states/open"),
    ("GET", "/sandbox/phone"),
    ("GET", "/sandbox/mailbox"),
    ("GET", "/sandbox/store"),
    ("POST", "/sandbox/store"),
    ("GET", "/sandbox/hosted/<token>"),
    ("POST", "/sandbox/hosted/<token>"),
}
TEL = "070-0777-0000"
BODIES: dict[str, list[dict[str, Any]]] = {
    "/sandbox/states": [{"slug": "sms-wrong"}, {"slug": "home", "lang": "en"}],
    "/sandbox/clock": [
        {"advance": 0},
        {"advance": 5, "tel": TEL},
        {"advance": 5, "order": "{number}"},
        {"now": "2090-01-01T12:00:00"},
    ],
    "/sandbox/stock": [{"yunomi": 3, "indigo-tote-s": 0}, {"yunomi": None}],
    "/sandbox/reset": [{"seed": 1}],
    "/sandbox/orders": [
        {"state": "placed", "payment": "cod"},
        {
            "state": "delivered",
            "payment": "kuroneko_smartphone",
            "payment_state": "requested",
            "tel": TEL,
            "email": "a@example.com",
            "lang": "en",
            "items": {"indigo-tote-s": 2},
            "name": "佐藤 花子",
            "note": "のし",
            "age_days": 1,
        },
    ],
    "/sandbox/faults": [
        {"to": "yamato", "next": 1, "status": 503, "delay": 4},
        {"to": "mail", "next": 0},
    ],
    "/sandbox/events": [
        {"event": "delivery-report", "message": 1, "status": "delivered"},
        {"event": "kuroneko-notice", "tel": TEL, "result": "ok", "times": 2, "forged": True},
        {"event": "shipped", "order": "{number}"},
    ],
}


HALF_A_PAIR = "\ud800"  # of surrogates: JSON can name it, no text can hold it
OF_OTHER_KINDS: list[Any] = [
    [],
    {},
    [[]],
    True,
    -1,
    10**30,
    1.5,
    "",
    "x\0y",
    HALF_A_PAIR,
    {HALF_A_PAIR: 1},
    {"yunomi": []},
]
CALLS_AND_BODIES = [(call, body) for call in CALLS if call.body for body in BODIES[call.path]]


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    """With Yamato, as a demo shop has it."""
    with entered(make_app(kuroneko_base_url="")) as app:
        yield app


@pytest.fixture
def number(client: FlaskClient) -> str:
    """Of a new order; a text has come, and Yamato knows its phone."""
    FormShopper(client).to_sms(TEL)
    made = client.post("/sandbox/orders", json={"state": "placed", "payment": "cod"})
    return str(made.get_json()["number"])


def test_every_call_for_programs_is_described(client: FlaskClient) -> None:
    rules = [one for one in client.application.url_map.iter_rules() if "/sandbox" in one.rule]
    there = {
        (way, one.rule) for one in rules for way in (one.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert there - FOR_PEOPLE == {(call.method, call.path) for call in CALLS}


@pytest.mark.parametrize("call", [one for one in CALLS if not one.body], ids=lambda one: one.path)
def test_an_answer_fits_its_description(
    client: FlaskClient, number: str, call: SandboxCall
) -> None:
    answer = client.get(call.path)

    assert answer.status_code == call.status
    assert call.answer.model_validate_json(answer.data)


@pytest.mark.parametrize(
    ("call", "body"),
    CALLS_AND_BODIES,
    ids=lambda one: one.path if isinstance(one, SandboxCall) else None,
)
def test_what_is_described_is_taken_and_answered_so(
    client: FlaskClient, number: str, call: SandboxCall, body: dict[str, Any]
) -> None:
    sent = {key: number if value == "{number}" else value for key, value in body.items()}
    assert call.body
    call.body.model_validate(sent)

    answer = client.post(call.path, json=sent)

    assert answer.status_code == call.status, answer.text
    assert call.answer.model_validate_json(answer.data)


@pytest.mark.parametrize("call", [one for one in CALLS if one.body], ids=lambda one: one.path)
def test_what_is_not_described_is_refused_in_words(client: FlaskClient, call: SandboxCall) -> None:
    body = {"what": "is this"}
    assert call.body
    with pytest.raises(ValidationError):
        call.body.model_validate(body)

    answer = client.post(call.path, json=body)

    assert 400 <= answer.status_code < 500
    assert Error.model_validate_json(answer.data)


@pytest.mark.parametrize(
    ("call", "body"),
    CALLS_AND_BODIES,
    ids=lambda one: one.path if isinstance(one, SandboxCall) else None,
)
def test_a_field_of_another_kind_is_refused_in_words_or_taken(
    client: FlaskClient, number: str, call: SandboxCall, body: dict[str, Any]
) -> None:
    sent = {key: number if value == "{number}" else value for key, value in body.items()}

    for field in sent:
        for value in OF_OTHER_KINDS:
            answer = client.post(call.path, json={**sent, field: value})
            assert answer.status_code < 500, (field, value)
            if answer.status_code >= 400:
                assert Error.model_validate_json(answer.data)


def test_the_document_names_every_call_and_no_schema_that_is_not_there(
    client: FlaskClient,
) -> None:
    document = client.get("/sandbox/openapi.json").get_json()

    named = {(way.upper(), path) for path, ways in document["paths"].items() for way in ways}

    assert named == {(call.method, call.path) for call in CALLS}
    assert _references(document) == {f"#/components/schemas/{one}" for one in _schemas(document)}


def _schemas(document: dict[str, Any]) -> set[str]:
    return {*document["components"]["schemas"]}


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(_references, part.values()))
    return set[str]().union(*map(_references, part)) if isinstance(part, list) else set()
