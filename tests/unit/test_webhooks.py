"""What Twilio reports of a text: believed only when signed for our own address."""

import base64
import hashlib
import hmac

import pytest
from flask import current_app
from flask.testing import FlaskClient
from werkzeug.test import Client, TestResponse

from storefront.core.extensions import db, transaction
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import Challenge
from tests.conftest import MakeApp, OwnContextClient
from tests.cookies import forget

TOKEN = "twilio-token-of-the-tests"
BASE_URL = "https://shop.example.jp"
PATH = "/webhooks/twilio/status"
SID = "SM0123456789abcdef"


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    app = make_app(twilio_auth_token=TOKEN)
    app.test_client_class = OwnContextClient
    return app.test_client()


@pytest.fixture(autouse=True)
def _inside(client: FlaskClient) -> object:
    with client.application.app_context():
        yield


@pytest.fixture
def shopper(client: FlaskClient) -> FormShopper:
    """One who waits for a text that went out over Twilio."""
    waiting = FormShopper(client).to_sms()
    with transaction():
        challenge = db.session.query(Challenge).one()
        challenge.provider, challenge.reference = "twilio", SID
    return waiting


def signature(fields: dict[str, str], url: str, token: str = TOKEN) -> str:
    """As Twilio's documentation says: the address, then each field and value by name."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def fields(status: str, sid: str = SID) -> dict[str, str]:
    return {"MessageSid": sid, "MessageStatus": status, "AccountSid": "AC0"}


def report(client: Client, status: str, sid: str = SID) -> TestResponse:
    data = fields(status, sid)
    address = current_app.config["SETTINGS"].base_url + PATH
    headers = {"X-Twilio-Signature": signature(data, address)}
    return client.post(PATH, data=data, headers=headers)


def challenge() -> Challenge:
    return db.session.query(Challenge).populate_existing().one()


def test_a_signed_report_is_taken(shopper: FormShopper) -> None:
    answer = report(shopper.client, "delivered")

    assert (answer.status_code, answer.text) == (204, "")
    assert challenge().delivery == "delivered"


def test_a_field_without_a_name_is_refused_as_unsigned(client: FlaskClient) -> None:
    part = "Content-Disposition: form-data{}\r\n\r\na\r\n--x"
    body = "--x\r\n" + part.format('; name="a"') + "\r\n" + part.format("") + "--\r\n"

    answer = client.post(PATH, data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code == 403


@pytest.mark.parametrize("given", ["", "x", "AAAA", "é", "A" * 5000])
def test_a_bad_signature_is_refused(shopper: FormShopper, given: str) -> None:
    headers = {"X-Twilio-Signature": given}

    answer = shopper.client.post(PATH, data=fields("undelivered"), headers=headers)

    assert answer.status_code == 403
    assert challenge().delivery is None


def test_a_missing_signature_is_refused(shopper: FormShopper) -> None:
    assert shopper.client.post(PATH, data=fields("undelivered")).status_code == 403


def test_anothers_token_is_refused(shopper: FormShopper) -> None:
    data = fields("undelivered")
    address = current_app.config["SETTINGS"].base_url + PATH
    headers = {"X-Twilio-Signature": signature(data, address, "another-token")}

    assert shopper.client.post(PATH, data=data, headers=headers).status_code == 403


def test_a_changed_field_is_refused(shopper: FormShopper) -> None:
    data = fields("delivered")
    address = current_app.config["SETTINGS"].base_url + PATH
    headers = {"X-Twilio-Signature": signature(data, address)}

    changed = {**data, "MessageStatus": "undelivered"}

    assert shopper.client.post(PATH, data=changed, headers=headers).status_code == 403
    assert challenge().delivery is None


def test_a_shop_without_a_token_believes_nobody(make_app: MakeApp) -> None:
    app = make_app()
    data = fields("delivered")
    headers = {"X-Twilio-Signature": signature(data, f"http://127.0.0.1:8000{PATH}", "")}

    with app.app_context():
        answer = app.test_client().post(PATH, data=data, headers=headers)

    assert answer.status_code == 403


def test_the_signed_address_is_the_configured_one(make_app: MakeApp) -> None:
    app = make_app(twilio_auth_token=TOKEN, base_url=BASE_URL)
    data = fields("delivered")
    headers = {"X-Twilio-Signature": signature(data, BASE_URL + PATH)}

    # a proxy in front speaks plain http to another name
    with app.app_context():
        answer = app.test_client().post(
            PATH, data=data, headers=headers, base_url="http://127.0.0.1:9999"
        )

    assert answer.status_code == 204


def test_the_address_of_the_request_is_not_believed(make_app: MakeApp) -> None:
    app = make_app(twilio_auth_token=TOKEN, base_url=BASE_URL)
    data = fields("delivered")
    headers = {"X-Twilio-Signature": signature(data, f"http://127.0.0.1:9999{PATH}")}

    with app.app_context():
        answer = app.test_client().post(
            PATH, data=data, headers=headers, base_url="http://127.0.0.1:9999"
        )

    assert answer.status_code == 403


def test_an_undelivered_text_ends_the_check(shopper: FormShopper) -> None:
    report(shopper.client, "undelivered")

    answer = shopper.get("/checkout/sms/status")

    assert (answer.status_code, answer.location) == (303, "/checkout")
    assert challenge().ended == "undelivered"


def test_a_failed_text_ends_the_check(shopper: FormShopper) -> None:
    report(shopper.client, "failed")

    assert challenge().ended == "undelivered"


@pytest.mark.parametrize("status", ["queued", "sent", "delivered", "read"])
def test_good_news_never_passes_a_check(shopper: FormShopper, status: str) -> None:
    report(shopper.client, status)

    assert challenge().passed_at is None
    assert shopper.get("/checkout/sms").status_code == 200


def test_older_news_changes_nothing(shopper: FormShopper) -> None:
    report(shopper.client, "delivered")
    report(shopper.client, "sent")

    assert challenge().delivery == "delivered"


def test_the_same_news_twice_is_taken_once(shopper: FormShopper) -> None:
    answers = [report(shopper.client, "undelivered").status_code for _ in range(2)]

    assert answers == [204, 204]
    assert challenge().ended == "undelivered"


@pytest.mark.parametrize("status", ["", "exploded", "DELIVERED"])
def test_unknown_news_changes_nothing(shopper: FormShopper, status: str) -> None:
    answer = report(shopper.client, status)

    assert answer.status_code == 204
    assert challenge().ended is None


def test_news_of_an_unknown_text_changes_nothing(shopper: FormShopper) -> None:
    answer = report(shopper.client, "undelivered", sid="SM999")

    assert answer.status_code == 204
    assert challenge().ended is None


def test_news_of_another_provider_changes_nothing(shopper: FormShopper) -> None:
    with transaction():
        challenge().provider = "sandbox"

    report(shopper.client, "undelivered")

    assert challenge().ended is None


def test_an_undelivered_text_takes_back_no_proof(shopper: FormShopper) -> None:
    placed = shopper.guess("1234")
    report(shopper.client, "undelivered")

    assert placed.status_code == 303
    assert challenge().ended is None


def test_a_report_needs_no_token_of_a_form(shopper: FormShopper) -> None:
    forget(shopper.client, "session")

    assert report(shopper.client, "sent").status_code == 204


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_reports_are_posted(client: FlaskClient, method: str) -> None:
    assert client.open(PATH, method=method).status_code == 405


def test_reports_have_no_language(client: FlaskClient) -> None:
    assert client.post(f"/en{PATH}").status_code == 404
