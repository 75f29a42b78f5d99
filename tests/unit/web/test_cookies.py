"""Cookies that the browser keeps but cannot change, and what https adds to them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from storefront.cart.cookie import CART
from storefront.web.cookies import SignedCookie
from tests.conftest import MakeApp, OwnContextClient
from tests.cookies import full_name

KEPT = SignedCookie("kept", max_age=3600)
HTTPS = "https://shop.example.jp"
thorough = effort(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def written(app: Flask, value: str, cookie: SignedCookie = KEPT) -> str:
    """What the browser gets to keep."""
    with app.test_request_context("/"):
        cookie.write(value)
        response = app.process_response(app.make_response(""))
    return response.headers.getlist("Set-Cookie")[0]


def value_of(header: str) -> str:
    return header.split(";")[0].partition("=")[2].strip('"')


def returned(app: Flask, value: str, cookie: SignedCookie = KEPT) -> str | None:
    with app.test_request_context("/", headers={"Cookie": f"{full_name(cookie.name)}={value}"}):
        return cookie.read()


def test_a_value_comes_back(app: Flask) -> None:
    assert returned(app, value_of(written(app, "0123456789abcdef"))) == "0123456789abcdef"


def test_no_cookie_is_none(app: Flask) -> None:
    with app.test_request_context("/"):
        assert KEPT.read() is None


@given(st.text(st.characters(codec="latin-1", exclude_characters='\r\n\0;,"\\ '), max_size=60))
@thorough
def test_nothing_made_up_is_believed(app: Flask, made_up: str) -> None:
    assert returned(app, made_up) is None


@given(st.data())
@thorough
def test_a_changed_character_is_not_believed(app: Flask, data: st.DataObject) -> None:
    value = value_of(written(app, "0123456789abcdef"))
    place = data.draw(st.integers(0, len(value) - 2))  # the last one carries spare bits
    other = data.draw(st.sampled_from("0123456789abcdefXYZ._-").filter(lambda c: c != value[place]))

    assert returned(app, value[:place] + other + value[place + 1 :]) is None


def test_one_cookies_value_is_not_anothers(app: Flask) -> None:
    value = value_of(written(app, "0123"))

    assert returned(app, value, SignedCookie("other")) is None


def test_another_shops_key_is_not_believed(make_app: MakeApp) -> None:
    ours, theirs = make_app(), make_app(secret_key="k" * 40)

    assert returned(ours, value_of(written(theirs, "0123"))) is None


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    header = written(app, "0123")

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Path=/" in header


def test_a_cookie_with_an_age_outlives_the_browser(app: Flask) -> None:
    assert "Max-Age=3600" in written(app, "0123")


def test_a_cookie_without_an_age_ends_with_the_browser(app: Flask) -> None:
    header = written(app, "0123", SignedCookie("session-like"))

    assert "Max-Age" not in header
    assert "Expires" not in header


Buy = Callable[[str | None], TestResponse]


@pytest.fixture
def buy(make_app: MakeApp) -> Buy:
    """Put something in at a shop with this address: an answer that sets every kind of cookie."""

    def put_in(base_url: str | None) -> TestResponse:
        app = make_app(base_url=base_url) if base_url else make_app()
        app.test_client_class = OwnContextClient
        with app.app_context():
            client = app.test_client()
            host = base_url or "http://127.0.0.1:8000"
            page = client.get("/products/yunomi", base_url=host).text
            found = re.search('name="csrf_token" value="([^"]+)"', page)
            assert found
            fields = {"csrf_token": found[1], "product": "yunomi"}
            return client.post("/cart/items", data=fields, base_url=host)

    return put_in


def test_over_plain_http_no_cookie_is_secure(buy: Buy) -> None:
    cookies = buy(None).headers.getlist("Set-Cookie")

    assert sorted(one.split("=")[0] for one in cookies) == ["cart-8000", "session-8000"]
    assert not any("Secure" in one for one in cookies)


def test_over_https_every_cookie_is_secure_and_tied_to_the_host(buy: Buy) -> None:
    cookies = buy(HTTPS).headers.getlist("Set-Cookie")

    assert sorted(one.split("=")[0] for one in cookies) == ["__Host-cart", "__Host-session"]
    assert all("Secure" in one and "Path=/" in one for one in cookies)
    assert not any("Domain" in one for one in cookies)


def test_two_shops_on_one_machine_leave_each_others_carts_alone(
    make_app: MakeApp,
) -> None:
    shops = [make_app(port=8001), make_app(base_url="http://127.0.0.1:8002"), make_app()]
    browser: dict[str, str] = {}

    for number, app in enumerate(shops):
        name, _, value = written(app, f"cart {number}", CART).split(";")[0].partition("=")
        browser[name] = value.strip('"')

    kept = {"Cookie": "; ".join(f'{name}="{value}"' for name, value in browser.items())}
    found = []
    for app in shops:
        with app.test_request_context("/", headers=kept):
            found.append(CART.read())
    assert found == ["cart 0", "cart 1", "cart 2"]


@pytest.mark.parametrize(
    ("base_url", "expected"), [(None, None), (HTTPS, "max-age=63072000; includeSubDomains")]
)
def test_only_https_is_asked_for_again(buy: Buy, base_url: str | None, expected: str) -> None:
    assert buy(base_url).headers.get("Strict-Transport-Security") == expected


@pytest.mark.parametrize("base_url", [None, HTTPS])
def test_every_cookie_is_out_of_reach_of_scripts(buy: Buy, base_url: str | None) -> None:
    cookies = buy(base_url).headers.getlist("Set-Cookie")

    assert all("HttpOnly" in one and "SameSite=Lax" in one for one in cookies)


def test_a_shop_behind_a_proxy_believes_its_address_and_not_the_connection(
    make_app: MakeApp,
) -> None:
    app = make_app(base_url=HTTPS)

    with app.app_context():
        answer = app.test_client().get("/healthz", base_url="http://shop.example.jp")

    assert "Strict-Transport-Security" in answer.headers
