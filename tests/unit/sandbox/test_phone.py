import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import phones
from storefront.ports.sms import NumberRefused, Receipt, SmsUnavailable, SmsUnknown
from storefront.sandbox import time
from storefront.sandbox.phone import phone
from storefront.sandbox.phone.phone import SandboxSms
from storefront.sms.failover import Failover

TEXT = "【さくら商店】認証番号 0042 10分有効\n@127.0.0.1 #0042"

USUAL_FORMS = [
    "09000000000",
    "090-0000-0000",
    "090%200000%200000",
    "%2B819000000000",
    "+819000000000",  # whose + reaches us as a space
    "%2B81-90-0000-0000",
    "０９０－００００－００００",
]


def text_to(number: str, name: str = "sandbox", is_first: bool = True) -> Receipt:
    sender = SandboxSms(name, is_first=is_first, patience=0.01)
    return sender.send(phones.e164(number), TEXT, 600)


def statuses(client: FlaskClient, to: str) -> list[str]:
    return [one["status"] for one in client.get(f"/sandbox/phone.json?to={to}").json or []]


def test_a_text_is_listed_with_all_that_programs_need(client: FlaskClient) -> None:
    receipt = text_to("09000000000")

    messages = client.get("/sandbox/phone.json").json

    assert messages is not None
    (message,) = messages
    assert message.pop("sent_at").endswith("+09:00")
    assert message == {
        "id": int(receipt.reference),
        "to": "09000000000",
        "text": TEXT,
        "provider": "sandbox",
        "status": "delivered",
        "code": "0042",
        "links": [],
        "checkout": None,
    }


def test_the_newest_text_comes_first(client: FlaskClient) -> None:
    references = [int(text_to(number).reference) for number in ("09000000000", "08012345678")]

    messages = client.get("/sandbox/phone.json").json or []

    assert [message["id"] for message in messages] == references[::-1]


def test_a_number_is_found_in_any_usual_form(client: FlaskClient) -> None:
    text_to("09000000000")
    text_to("08012345678")

    for to in USUAL_FORMS:
        messages = client.get(f"/sandbox/phone.json?to={to}").json or []
        assert [message["to"] for message in messages] == ["09000000000"], to


def test_what_is_no_number_has_no_texts(client: FlaskClient) -> None:
    text_to("09000000000")

    for to in ("abc", "0", "taro@example.com", "%00", "9" * 1000, "none"):
        assert client.get(f"/sandbox/phone.json?to={to}").json == [], to


def test_a_slow_text_is_there_after_20_seconds(client: FlaskClient) -> None:
    text_to("09000000009")

    time.advance(18)
    assert statuses(client, "09000000009") == []
    time.advance(2)
    assert statuses(client, "09000000009") == ["delivered"]


def test_an_undelivered_text_is_reported_after_2_seconds(client: FlaskClient) -> None:
    text_to("09000000003")

    assert statuses(client, "09000000003") == ["sent"]
    time.advance(2)
    assert statuses(client, "09000000003") == ["undelivered"]


def test_0032_gets_codes_and_no_bills(client: FlaskClient) -> None:
    text_to("09000000032")
    SandboxSms("sandbox").send(phones.e164("09000000032"), "お支払いは http://x/pay/1", 600)
    phone.take_from_yamato("09000000032", TEXT, 180)
    time.advance(2)

    assert statuses(client, "09000000032") == ["delivered", "undelivered", "delivered"]


@pytest.mark.parametrize("number", ["09000000004", "09000000005"])
def test_no_sender_reaches_a_refused_number(app: Flask, number: str) -> None:
    with pytest.raises(NumberRefused):
        text_to(number, "sandbox_b", is_first=False)

    assert phone.messages() == []


@pytest.mark.parametrize("is_first", [True, False])
def test_every_sender_is_too_busy_for_0007(app: Flask, is_first: bool) -> None:
    with pytest.raises(SmsUnavailable) as refusal:
        text_to("09000000007", is_first=is_first)

    assert refusal.value.retry_after == 60


def test_the_second_sender_takes_what_the_first_cannot(app: Flask) -> None:
    senders = [SandboxSms("sandbox"), SandboxSms("sandbox_b", is_first=False)]

    receipt = Failover(senders).send(phones.e164("09000000008"), TEXT, 600)

    assert receipt.provider == "sandbox_b"
    assert [message.provider for message in phone.messages()] == ["sandbox_b"]


def test_one_sender_that_is_down_is_unavailable(app: Flask) -> None:
    with pytest.raises(SmsUnavailable):
        text_to("09000000008")


def test_a_hanging_sender_is_given_up_within_its_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("storefront.sandbox.phone.phone.time.sleep", waits.append)
    senders = [
        SandboxSms("sandbox", patience=0.2),
        SandboxSms("sandbox_b", is_first=False, patience=0.2),
    ]

    with pytest.raises(SmsUnknown):
        Failover(senders).send(phones.e164("09000000010"), TEXT, 600)

    assert waits == [0.2]  # one wait, however many senders
    assert phone.messages() == []


def test_we_wait_for_a_hanging_sender_as_long_as_for_a_real_one() -> None:
    assert SandboxSms("sandbox").patience == 5


def test_the_screen_shows_the_code_with_its_zeros(client: FlaskClient) -> None:
    text_to("08012345678")

    screen = client.get("/sandbox/phone").text

    assert screen.count('data-testid="phone-message"') == 1
    assert 'data-to="08012345678"' in screen
    assert TEXT in screen  # the line break is kept
    assert "</span>0042</p>" in screen


def test_the_screen_can_show_one_number_only(client: FlaskClient) -> None:
    text_to("09000000000")
    text_to("08012345678")

    screen = client.get("/sandbox/phone?to=080-1234-5678").text

    assert screen.count('data-testid="phone-message"') == 1
    assert 'data-to="08012345678"' in screen


def test_a_text_cannot_bring_markup_into_the_screen(client: FlaskClient) -> None:
    SandboxSms("sandbox").send("+819000000000", "<script>alert(1)</script>", 600)

    assert "<script>alert" not in client.get("/sandbox/phone").text
