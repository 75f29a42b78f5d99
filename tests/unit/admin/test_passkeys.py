"""Passkeys that are not known, do not sign, or sign what was not asked: none gets anybody in."""

import base64
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.testing.form_shopper import field_value
from tests.conftest import OwnContextClient
from tests.unit.admin.conftest import Keeper, keeper

pytestmark = pytest.mark.web
HOME = "http://localhost"


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    app.test_client_class = OwnContextClient
    return app.test_client()


def post(client: FlaskClient, path: str, body: object, token: str | None = None) -> TestResponse:
    page = client.get("/admin/login", base_url=HOME).text
    headers = {"X-CSRF-Token": field_value(page, "csrf_token") if token is None else token}
    return client.post(path, json=body, headers=headers, base_url=HOME)


def signed(challenge: str, origin: str = HOME) -> dict[str, object]:
    """An answer in the right form whose signature is made up."""
    told = {"type": "webauthn.get", "challenge": challenge, "origin": origin}
    return {
        "id": _text(b"unknown"),
        "rawId": _text(b"unknown"),
        "type": "public-key",
        "response": {
            "clientDataJSON": _text(json.dumps(told).encode()),
            "authenticatorData": _text(bytes(37)),
            "signature": _text(b"made up"),
        },
    }


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def test_a_challenge_is_another_each_time(stranger: FlaskClient) -> None:
    asked = [post(stranger, "/admin/passkeys/ask", {}).json for _ in range(2)]

    assert all(one and one["rpId"] == "localhost" for one in asked)
    assert all(one and one["userVerification"] == "required" for one in asked)
    assert asked[0] != asked[1]


def test_an_unknown_passkey_signs_nobody_in(stranger: FlaskClient) -> None:
    asked = post(stranger, "/admin/passkeys/ask", {}).json
    assert asked is not None

    answer = post(stranger, "/admin/passkeys/sign-in", signed(asked["challenge"]))

    assert answer.status_code == 422
    assert "パスキーを使えませんでした" in str(answer.json)
    assert stranger.get("/admin/").status_code == 303


RUBBISH: list[object] = [
    None,
    [],
    "x",
    {},
    {"response": {}},
    {"response": {"clientDataJSON": "!"}},
    signed("never asked"),
]


@pytest.mark.parametrize("body", RUBBISH)
def test_rubbish_is_refused_in_words(stranger: FlaskClient, body: object) -> None:
    assert post(stranger, "/admin/passkeys/sign-in", body).status_code == 422


def test_without_a_token_nothing_is_asked(stranger: FlaskClient) -> None:
    assert post(stranger, "/admin/passkeys/ask", {}, token="rubbish").status_code == 422


def test_a_new_passkey_needs_a_fresh_proof(app: Flask) -> None:
    owner: Keeper = keeper(app, "owner", proven_at=None)

    token = owner.token()
    for way in ("new", "keep"):
        to = f"/admin/passkeys/{way}"
        answer = owner.client.post(to, json={}, headers={"X-CSRF-Token": token})

        assert answer.location == "/admin/prove?next=/admin/account/passkey"
