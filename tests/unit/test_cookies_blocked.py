"""Who blocks cookies is told so: to press again would never help."""

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from storefront.testing.form_shopper import FormShopper, field_value
from tests.markup import parsed

pytestmark = pytest.mark.web

PRESSES = {
    "/cart/items": ("/products/yunomi", {"product": "yunomi", "quantity": "1"}),
    "/orders/find": ("/orders/find", {"number": "A1B2-C3D4", "email": "taro@example.com"}),
    "/admin/login": ("/admin/login", {"email": "owner@example.com", "password": "secret"}),
}
BOTH = [pytest.param({}, id="whole-page"), pytest.param({"HX-Request": "true"}, id="htmx")]


def press(client: Client, path: str, language: str = "", **headers: str) -> TestResponse:
    page, fields = PRESSES[path]
    token = field_value(client.get(language + page).text, "csrf_token")
    data = {**fields, "csrf_token": token}
    return client.post(language + path, data=data, headers=headers)


def summary(answer: TestResponse) -> str:
    return parsed(answer.text).one(**{"data-testid": "error-summary"}).text


@pytest.mark.parametrize("headers", BOTH)
@pytest.mark.parametrize("path", PRESSES)
def test_who_blocks_cookies_reads_that_they_are_needed(
    app: Flask, path: str, headers: dict[str, str]
) -> None:
    answer = press(app.test_client(use_cookies=False), path, **headers)

    assert answer.status_code == 422
    assert "Cookieを有効にしてください" in summary(answer)
    assert "もう一度ボタンを押してください" not in summary(answer).partition("。")[0]


def test_who_blocks_cookies_reads_it_in_english(app: Flask) -> None:
    answer = press(app.test_client(use_cookies=False), "/cart/items", "/en")

    assert "Please allow cookies" in summary(answer)


def test_who_allows_them_then_goes_on(app: Flask) -> None:
    assert FormShopper(app.test_client()).put_in().last.status_code == 303


def test_a_browser_that_was_closed_is_not_told_to_allow_what_it_allows(app: Flask) -> None:
    shopper = FormShopper(app.test_client()).put_in()
    shopper.client.delete_cookie(app.config["SESSION_COOKIE_NAME"])

    answer = shopper.client.post("/cart/items", data={"product": "yunomi", "csrf_token": "old"})

    assert answer.status_code == 422
    assert "Cookie" not in summary(answer)


def test_a_passkey_without_cookies_says_so(app: Flask) -> None:
    client = app.test_client(use_cookies=False)

    answer = client.post("/admin/passkeys/ask", headers={"X-CSRF-Token": "any"})

    assert answer.status_code == 422
    assert answer.json == {"error": "Cookieを有効にしてください"}
