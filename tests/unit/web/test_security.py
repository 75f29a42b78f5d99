"""What every answer says to the browser, what is refused, and what never leaks."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from storefront.ports.registry import Providers
from storefront.ports.sms import PATIENCE, Receipt
from storefront.testing.form_shopper import ADDRESS, FormShopper
from tests.conftest import MakeApp, OwnContextClient
from tests.markup import parsed
from tests.walk import Screen

pytestmark = pytest.mark.web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; form-action 'self'; "
        "frame-ancestors 'self'; base-uri 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(self), otp-credentials=(self)"
    ),
}
ONE_SCREEN = 256 * 1024


@pytest.fixture(scope="module")
def app(shared_app: Flask) -> Flask:
    return shared_app


Ask = Callable[[FlaskClient], TestResponse]

ANSWERS: dict[int, Ask] = {
    200: lambda client: client.get("/"),
    204: lambda client: FormShopper(client).to_sms().get("/checkout/sms/status"),
    303: lambda client: client.get("/checkout"),
    308: lambda client: client.get("/sandbox"),
    400: lambda client: client.get("/", headers={"Host": "evil.example"}),
    403: lambda client: client.post("/webhooks/twilio/status"),
    404: lambda client: client.get("/nowhere"),
    405: lambda client: client.delete("/cart"),
    413: lambda client: client.post("/cart/items", data={"product": "x" * ONE_SCREEN}),
    415: lambda client: client.post("/sandbox/reset"),
    422: lambda client: client.post("/orders/find"),
    503: lambda client: client.get("/readyz"),
}


@pytest.mark.parametrize("status", ANSWERS)
def test_every_kind_of_answer_has_its_headers(client: FlaskClient, status: int) -> None:
    answer = ANSWERS[status](client)

    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("status", ANSWERS)
def test_every_kind_of_answer_depends_on_htmx(client: FlaskClient, status: int) -> None:
    assert "HX-Request" in ANSWERS[status](client).headers["Vary"]


def test_no_header_tells_what_the_shop_is_made_of(client: FlaskClient) -> None:
    headers = client.get("/").headers

    assert not {"Server", "X-Powered-By"} & {name.title() for name, _value in headers}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", "private, no-cache"),
        ("/cart", "private, no-cache"),
        ("/checkout", "private, no-cache"),
        ("/checkout/confirm", "no-store"),
        ("/checkout/sms", "no-store"),
        ("/orders/find", "no-store"),
        ("/en/checkout/sms", "no-store"),
    ],
)
def test_what_shows_a_code_or_an_order_is_not_kept(
    client: FlaskClient, path: str, expected: str
) -> None:
    FormShopper(client).to_sms()

    assert client.get(path).headers["Cache-Control"] == expected


def test_a_refusal_can_be_gone_back_to(client: FlaskClient) -> None:
    answer = FormShopper(client).to_sms().guess("12")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (422, "private, no-cache")


def test_the_page_of_an_order_is_not_kept(client: FlaskClient) -> None:
    placed = FormShopper(client).to_sms().guess("1234")

    assert client.get(placed.location).headers["Cache-Control"] == "no-store"


# Pages


def test_no_page_has_a_script_of_its_own(screens: list[Screen]) -> None:
    faults = [
        f"{screen}: {script.attributes}"
        for screen in screens
        for script in screen.page.all("script")
        if script.get("type") != "application/ld+json" and ("src" not in script or script.text)
    ]

    assert faults == []


def test_no_page_has_a_style_of_its_own(screens: list[Screen]) -> None:
    faults = [
        f"{screen}: <{one.tag}>"
        for screen in screens
        for one in screen.page.all()
        if one.tag == "style" or "style" in one
    ]

    assert faults == []


def test_no_page_has_code_in_an_attribute(screens: list[Screen]) -> None:
    faults = [
        f"{screen}: {name}={value}"
        for screen in screens
        for one in screen.page.all()
        for name, value in one.attributes.items()
        if name.startswith(("on", "hx-on", "hx-vals", "hx-headers"))
        or re.match(r"\s*(javascript|js|data|vbscript):", value)
    ]

    assert faults == []


def test_no_trigger_needs_eval(screens: list[Screen]) -> None:
    faults = [
        f"{screen}: {one['hx-trigger']}"
        for screen in screens
        for one in screen.page.all()
        if "[" in one.get("hx-trigger")
    ]

    assert faults == []


def test_no_page_leads_to_another_site(screens: list[Screen]) -> None:
    ways = ("/", "#", "mailto:", "tel:", "http://127.0.0.1:8000/")
    faults = [
        f"{screen}: {value}"
        for screen in screens
        for one in screen.page.all()
        for value in (one.get("href"), one.get("src"), one.get("action"), one.get("formaction"))
        if value and (not value.startswith(ways) or value.startswith("//"))
    ]

    assert faults == []


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


@pytest.mark.parametrize("name", ["name", "city", "street", "building", "email", "note", "tel"])
def test_what_a_shopper_types_stays_text(client: FlaskClient, name: str) -> None:
    shopper = FormShopper(client).put_in()
    shopper.get("/checkout")

    answer = shopper.post("/checkout", {**ADDRESS, "payment": "", name: HOSTILE})

    page = parsed(answer.text)
    assert answer.status_code == 422
    assert all("src" in one for one in page.all("script"))
    assert "49" not in page.one(id=name).get("value")


# What is refused


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8000",
        "localhost@evil.example",
        "a b",
    ],
)
@pytest.mark.parametrize("path", ["/", "/en/cart", "/nowhere", "/healthz"])
def test_a_foreign_host_name_is_refused(client: FlaskClient, path: str, host: str) -> None:
    answer = client.get(path, headers={"Host": host})

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:9999"])
def test_an_own_host_name_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_forwarded_host_is_not_believed(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}

    answer = client.get("/products/yunomi", headers=headers)

    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("path", ["/cart/items", "/orders/find", "/cart/items/yunomi"])
def test_a_body_larger_than_a_screen_is_refused(client: FlaskClient, path: str) -> None:
    shopper = FormShopper(client).put_in()

    answer = shopper.post(path, {"quantity": "x" * ONE_SCREEN})

    assert answer.status_code == 413
    assert "大きすぎます" in answer.text


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
def test_a_large_body_is_refused_in_the_checkout(client: FlaskClient, path: str) -> None:
    answer = FormShopper(client).to_sms().post(path, {"note": "x" * ONE_SCREEN})

    assert answer.status_code == 413


def test_a_form_of_too_many_parts_is_refused(client: FlaskClient) -> None:
    parts = {f"field{number}": "x" for number in range(201)}

    answer = client.post("/cart/items", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", ["[" * 20_000, "5", "[1]", '{"csrf_token": [1]}', '{"quantity": {}}']
)
@pytest.mark.parametrize("path", ["/cart/items/yunomi", "/checkout", "/orders/find"])
def test_json_is_no_form(shopper: FormShopper, path: str, body: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.client.post(path, data=body, content_type="application/json")

    assert answer.status_code == 422


def test_the_body_of_a_full_screen_is_taken(client: FlaskClient) -> None:
    shopper = FormShopper(client).put_in()
    shopper.get("/checkout")

    assert shopper.post("/checkout", {"note": "x" * 100_000}).status_code == 422


@pytest.mark.parametrize("forwarded", ["1.2.3.4", "1.2.3.4, 5.6.7.8", "127.0.0.1", "'; --"])
def test_a_made_up_source_does_not_escape_a_flood_limit(make_app: MakeApp, forwarded: str) -> None:
    app = make_app(limits="real")
    with app.app_context():
        client = app.test_client()
        for number in range(20):
            client.post("/orders/find", headers={"X-Forwarded-For": f"10.0.0.{number}"})

        answer = client.post("/orders/find", headers={"X-Forwarded-For": forwarded})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_trusted_proxy_is_believed_about_the_source(make_app: MakeApp) -> None:
    app = make_app(limits="real", trusted_proxies=1)
    with app.app_context():
        client = app.test_client()
        statuses = [
            client.post("/orders/find", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code
            for number in range(21)
        ]

    assert set(statuses) == {422}


def test_each_port_and_address_of_one_shopper_is_the_same_source(make_app: MakeApp) -> None:
    app = make_app(limits="real", trusted_proxies=1)
    with app.app_context():
        client = app.test_client()
        for number in range(10):
            for told in (f"[2001:db8::{number}]:{4_000 + number}", f"2001:db8::f{number}"):
                client.post("/orders/find", headers={"X-Forwarded-For": told})

        answer = client.post("/orders/find", headers={"X-Forwarded-For": "[2001:db8::abc]:1"})

    assert answer.status_code == 429


def test_a_proxy_that_tells_ports_keeps_shoppers_apart(make_app: MakeApp) -> None:
    app = make_app(limits="real", trusted_proxies=1)
    with app.app_context():
        client = app.test_client()
        statuses = {
            client.post("/orders/find", headers={"X-Forwarded-For": told}).status_code
            for number in range(21)
            for told in (f"10.0.0.{number}:4711", f"[2001:db8:0:{number}::1]:4711")
        }

    assert statuses == {422}


def test_before_a_trusted_proxy_a_made_up_source_does_not_count(make_app: MakeApp) -> None:
    app = make_app(limits="real", trusted_proxies=1)
    with app.app_context():
        client = app.test_client()
        statuses = [
            client.post(
                "/orders/find", headers={"X-Forwarded-For": f"10.0.0.{number}, 9.9.9.9"}
            ).status_code
            for number in range(21)
        ]

    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/products/%00",
        "/%ff",
        "/..%2f..%2fetc/passwd",
        "/search?page=%00",
        "/checkout/validate/%3Cscript%3E",
        "/orders/%00/complete",
        "/" + "x" * 8000,
        "/;",
        "/%E2%80%AE",
    ],
)
def test_an_odd_address_breaks_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code < 500


# Faults

PHONE, CODE_WORD = "08011112222", "認証番号"


class Broken:
    """A sender whose library says everything it knows when it breaks."""

    name = "broken"
    is_down = False

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        raise RuntimeError(f"no route to {to} for {text}")


@pytest.fixture
def breaking(make_app: MakeApp) -> Iterator[FormShopper]:
    app = make_app()
    whole: Providers = app.extensions["providers"]
    app.extensions["providers"] = replace(whole, sms=Broken())
    app.test_client_class = OwnContextClient
    with app.app_context():
        yield FormShopper(app.test_client())


def test_a_fault_is_a_page_in_the_shoppers_words(breaking: FormShopper) -> None:
    breaking.to_sms(PHONE)

    assert breaking.last.status_code == 500
    assert parsed(breaking.last.text).one("h1").text == "ただいまページを表示できません"


def test_a_fault_shows_nothing_of_the_inside(breaking: FormShopper) -> None:
    breaking.to_sms(PHONE)

    shown = breaking.last.text

    words = ("Traceback", "RuntimeError", "storefront/", ".py", "no route", PHONE[-4:])
    assert [word for word in words if word in shown] == []


def test_a_fault_has_its_headers(breaking: FormShopper) -> None:
    breaking.to_sms(PHONE)

    assert {name: breaking.last.headers.get(name) for name in HEADERS} == HEADERS


def test_the_log_says_where_a_fault_was(
    breaking: FormShopper, capsys: pytest.CaptureFixture[str]
) -> None:
    breaking.to_sms(PHONE)

    lines = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    [line] = [one for one in lines if one["event"] == "request_failed"]

    assert line["endpoint"] == "checkout.agree"
    assert "RuntimeError" in json.dumps(line)
    assert "verification/sending.py" in json.dumps(line)


def test_the_log_says_nothing_of_the_person(
    breaking: FormShopper, capsys: pytest.CaptureFixture[str]
) -> None:
    breaking.to_sms(PHONE)

    logged = capsys.readouterr().out

    personal = (PHONE, PHONE[1:], CODE_WORD, "山田", "taro@example.com", "丸の内")
    assert [word for word in personal if word in logged] == []


def test_the_log_says_nothing_of_what_the_database_was_given(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OperationalError("INSERT INTO sandbox_texts", {"to": PHONE}, Exception("disk full"))

    with app.test_request_context("/"):
        try:
            fail()
        except OperationalError as error:
            answer = app.make_response(app.handle_user_exception(error))

    assert answer.status_code == 503
    assert PHONE not in capsys.readouterr().out


def test_the_page_of_a_fault_asks_the_database_for_nothing(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////dev/null/shop.sqlite3")

    with app.app_context():
        answer = app.test_client().get("/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert parsed(answer.text).one("h1").text == "ただいま接続が混み合っています"


def test_the_page_of_a_database_that_is_down_sends_the_same_form_again(make_app: MakeApp) -> None:
    app = make_app(database_url="sqlite:////dev/null/shop.sqlite3")

    with app.app_context():
        answer = app.test_client().post(
            "/en/checkout", data={"name": '"><b>太郎', "payment": "cod"}
        )

    form = parsed(answer.text).one("form")
    assert (form["method"], form["action"]) == ("post", "/en/checkout")
    sent = {one["name"]: one["value"] for one in form.all("input")}
    assert sent == {"name": '"><b>太郎', "payment": "cod"}
    assert answer.headers["Cache-Control"] == "no-store"
