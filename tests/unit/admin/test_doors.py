"""What the project publishes for its demo shop lets nobody into a real one."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.admin.auth import accounts, demo_credentials, passwords
from storefront.cli import group
from storefront.core.published_values import PASSWORD, SECRET
from storefront.sandbox import demo_owner as demo
from storefront.testing.form_shopper import field_value
from tests.own_shop import in_production
from tests.signed_in import a_person

OWN = "rhubarb lantern 42 umbrella"


def sign_in(client: FlaskClient, email: str, password: str) -> int:
    token = field_value(client.get("/admin/login").text, "csrf_token")
    typed = {"csrf_token": token, "email": email, "password": password}
    return client.post("/admin/login", data=typed).status_code


def a_real_person(**changes: object) -> str:
    given = {"password_hash": passwords.hash_of(OWN), **changes}
    return a_person(**given).email  # type: ignore[arg-type]


def test_the_demos_owner_cannot_sign_in(app: Flask, client: FlaskClient) -> None:
    assert sign_in(client, demo.EMAIL, PASSWORD) == 303

    in_production(app)

    assert sign_in(client, demo.EMAIL, PASSWORD) == 422


def test_whoever_has_the_demos_secret_cannot_sign_in(app: Flask, client: FlaskClient) -> None:
    in_production(app)
    held, own = a_real_person(totp_secret=SECRET), a_real_person()

    assert sign_in(client, held, OWN) == 422
    assert sign_in(client, own, OWN) == 303


def test_the_demos_password_is_good_for_nobody_else(app: Flask, client: FlaskClient) -> None:
    in_production(app)
    again = a_real_person(password_hash=passwords.hash_of(PASSWORD))

    assert sign_in(client, again, PASSWORD) == 422
    assert passwords.is_guessable(PASSWORD, [])


@pytest.mark.parametrize("order", [("remove", "create"), ("create", "remove")])
def test_two_commands_mend_it(app: Flask, client: FlaskClient, order: tuple[str, str]) -> None:
    in_production(app)
    runner = app.test_cli_runner()
    words = {
        "remove": ["admin", "remove", demo.EMAIL],
        "create": ["admin", "create", "--email", "a@shop.jp", "--name", "花", "--password", OWN],
    }
    assert demo.EMAIL in runner.invoke(group, ["doctor"]).output

    done = [runner.invoke(group, words[one]) for one in order]

    assert [one.exit_code for one in done] == [0, 0]
    assert demo_credentials.standing_open() == []
    assert demo.EMAIL not in runner.invoke(group, ["doctor"]).output
    assert sign_in(client, "a@shop.jp", OWN) == 303


def test_the_last_owner_is_told_to_make_another(app: Flask) -> None:
    runner = app.test_cli_runner()

    done = runner.invoke(group, ["admin", "remove", demo.EMAIL])

    assert "storefront admin create" in done.output
    assert accounts.by_email(demo.EMAIL) is None
    assert runner.invoke(group, ["admin", "remove", demo.EMAIL]).exit_code == 1
