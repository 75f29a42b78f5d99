"""A stranger's wrong passwords: in nobody's way who was here before, or has a passkey."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import Client

from storefront.admin.auth import second_factor
from storefront.admin.auth.models import Person
from storefront.core import clock
from storefront.sandbox import time
from storefront.testing.form_shopper import field_value
from tests.authenticator import Authenticator
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.cookies import keep
from tests.signed_in import a_person, cookie_of
from tests.unit.admin.conftest import Keeper
from tests.unit.admin.test_signing_in import PASSWORD, SECRET, Visitor, _hana

pytestmark = pytest.mark.web

HOME = "http://localhost"
STALE = timedelta(minutes=30)


@pytest.fixture
def shop(make_app: MakeApp) -> Iterator[Flask]:
    """With the limits of production, and everybody behind one address."""
    with entered(make_app(limits="real")) as app:
        yield app


@pytest.fixture
def hana(shop: Flask) -> Person:
    return _hana()


def attack(app: Flask, tries: int = 6) -> Visitor:
    stranger = Visitor(app)
    for _ in range(tries):
        stranger.give_password("wrong")
    assert "30分" in stranger.give_password().text
    return stranger


def sign_in(visitor: Visitor) -> None:
    visitor.give_password()
    visitor.give_code(second_factor.code_now(SECRET))


def prove(owner: Keeper, password: str = PASSWORD) -> str | None:
    token = field_value(owner.get("/admin/prove?next=/admin/account").text, "csrf_token")
    typed = {"csrf_token": token, "password": password}
    return owner.client.post("/admin/prove?next=/admin/account", data=typed).location


def test_a_browser_that_was_here_before_signs_in_while_a_stranger_tries(
    shop: Flask, hana: Person, pass_time: Callable[[int], None]
) -> None:
    owner = Visitor(shop)
    sign_in(owner)
    assert owner.is_in
    owner.post("/admin/logout")
    attack(shop, tries=26)
    pass_time(60)  # a code is taken once

    sign_in(owner)

    assert owner.is_in


@pytest.fixture
def pass_time(shop: Flask) -> Callable[[int], None]:
    return time.advance


def test_a_known_browser_has_five_tries_of_its_own_too(shop: Flask, hana: Person) -> None:
    owner = Visitor(shop)
    sign_in(owner)
    for _ in range(5):
        owner.give_password("wrong")

    assert "30分" in owner.give_password().text
    assert Visitor(shop).give_password().status_code == 303


def test_a_browser_that_another_person_used_is_a_stranger_to_this_one(
    shop: Flask, hana: Person
) -> None:
    other = Visitor(shop)
    keep(other.client, "known", "made up|1")
    attack(shop)

    assert "30分" in other.give_password().text


def test_who_is_signed_in_proves_while_a_stranger_tries(shop: Flask, hana: Person) -> None:
    owner = signed_in(shop, hana)
    attack(shop)

    assert prove(owner) == "/admin/account"


def test_five_wrong_proofs_of_one_session_are_all_and_lock_no_other(
    shop: Flask, hana: Person
) -> None:
    first, second = signed_in(shop, hana), signed_in(shop, hana)
    for _ in range(5):
        prove(first, "wrong")

    assert prove(first) is None
    assert prove(second) == "/admin/account"


def signed_in(app: Flask, person: Person) -> Keeper:
    app.test_client_class = OwnContextClient
    client = app.test_client()
    client.set_cookie(*cookie_of(app, person, proven_at=clock.now() - STALE))
    return Keeper(client)


def test_a_passkey_signs_in_and_proves_whatever_was_tried(shop: Flask, hana: Person) -> None:
    key = Authenticator(HOME)
    key.belong_to(hana)
    stranger = attack(shop)
    for _ in range(30):
        send(stranger.client, "/admin/passkeys/sign-in", {})

    client = stranger.client
    assert send(client, "/admin/passkeys/sign-in", key.signed(asked(client))).status_code == 200
    assert client.get("/admin/", base_url=HOME).status_code == 200


def test_a_passkey_proves_and_only_whose_it_is(shop: Flask, hana: Person) -> None:
    key, owner = Authenticator(HOME), signed_in(shop, hana).client
    stale = "/admin/account/app"
    to = "/admin/passkeys/prove?next=/admin/account/app"
    assert owner.get(stale, base_url=HOME).status_code == 303
    key.belong_to(a_person())

    assert send(owner, to, key.signed(asked(owner))).status_code == 422
    mine = Authenticator(HOME)
    mine.belong_to(hana)
    assert "passkeys/prove" in owner.get("/admin/prove", base_url=HOME).text
    answer = send(owner, to, mine.signed(asked(owner)))

    assert answer.json == {"next": stale}
    assert owner.get(stale, base_url=HOME).status_code == 200


def asked(client: Client) -> str:
    challenge = send(client, "/admin/passkeys/ask", {}).json
    assert challenge is not None
    return str(challenge["challenge"])


def send(client: Client, path: str, body: object):  # type: ignore[no-untyped-def]
    page = client.get("/admin/login", base_url=HOME).text
    token = field_value(page, "csrf_token")
    return client.post(path, json=body, headers={"X-CSRF-Token": token}, base_url=HOME)
