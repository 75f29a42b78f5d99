"""The Twilio adapter against a real server on this machine, which ends badly in every way."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs
from werkzeug.datastructures import MultiDict

from storefront.core.bulkhead import Bulkhead
from storefront.ports.sms import (
    Delivery,
    NumberRefused,
    Receipt,
    SenderMisconfigured,
    SmsUnavailable,
    SmsUnknown,
)
from storefront.providers.twilio import TwilioMessages, delivery_of, signature_is_good
from tests.late_connections import late_connection
from tests.proofs.fault_proxy import (
    FROM,
    HALF,
    REFERENCE,
    SID,
    TAKEN,
    TOKEN,
    Answer,
    answers,
    breaks_off,
    drips,
    fails,
    fake_twilio,
    hangs,
)

TO = "+819012345678"
TEXT = "【さくら商店】認証番号 4821\n@shop.example #4821"
CALLBACK = "https://shop.example/webhooks/twilio/status"


def sender_at(url: str, waits: tuple[float, float] = (1, 3)) -> TwilioMessages:
    return TwilioMessages(SID, TOKEN, FROM, CALLBACK, url, waits)


def send(sender: TwilioMessages, valid_for: int = 600) -> Receipt:
    start = time.monotonic()
    try:
        return sender.send(TO, TEXT, valid_for)
    finally:
        assert time.monotonic() - start < 8


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def test_the_defaults_are_two_seconds_to_connect_and_five_in_all() -> None:
    assert TwilioMessages(SID, TOKEN, FROM, CALLBACK).waits == (2, 5)


def test_a_taken_text_gives_twilios_name_for_it() -> None:
    with fake_twilio(answers(201, TAKEN)) as twilio:
        receipt = send(sender_at(twilio.url))

    assert receipt == Receipt("twilio", REFERENCE)
    path, fields = twilio.asked[0]
    assert path == f"/2010-04-01/Accounts/{SID}/Messages.json"
    assert fields == {
        "To": TO,
        "From": FROM,
        "Body": TEXT,
        "ValidityPeriod": "600",
        "StatusCallback": CALLBACK,
    }


@pytest.mark.parametrize(("asked", "sent"), [(-5, "1"), (0, "1"), (36_001, "36000")])
def test_the_validity_stays_within_what_twilio_takes(asked: int, sent: str) -> None:
    with fake_twilio(answers(201, TAKEN)) as twilio:
        send(sender_at(twilio.url), valid_for=asked)

    assert twilio.asked[0][1]["ValidityPeriod"] == sent


def test_a_shop_without_a_public_address_asks_for_no_reports() -> None:
    with fake_twilio(answers(201, TAKEN)) as twilio:
        send(TwilioMessages(SID, TOKEN, FROM, "", twilio.url))

    assert "StatusCallback" not in twilio.asked[0][1]


def test_the_processes_own_twilio_settings_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "tokyo")
    monkeypatch.setenv("TWILIO_REGION", "jp1")

    with fake_twilio(answers(201, TAKEN)) as twilio:
        assert send(sender_at(twilio.url)).reference == REFERENCE


@pytest.mark.parametrize(
    "code", [21211, 21408, 21610, 21614, 21635, 30004, 30005, 30006, 60200, 60410, 60605]
)
def test_a_number_that_nobody_can_reach_is_refused(code: int) -> None:
    with fake_twilio(fails(400, code)) as twilio, pytest.raises(NumberRefused):
        send(sender_at(twilio.url))


@pytest.mark.parametrize(
    "answer",
    [
        fails(400, 21606),
        fails(400, 21609),
        fails(403, 20003),
        fails(401, 0),
        answers(401, "<p>no</p>"),
    ],
)
def test_our_own_mistake_is_told_apart(answer: Answer) -> None:
    with fake_twilio(answer) as twilio, pytest.raises(SenderMisconfigured):
        send(sender_at(twilio.url))


@pytest.mark.parametrize(
    "answer",
    [
        fails(400, 21612),
        fails(400, 99999),
        fails(404, 20404),
        answers(400, "<p>no</p>"),
        answers(422, '{"type": "t", "title": "t", "status": 422, "code": "x"}'),
        answers(429, ""),
        answers(500, "oh"),
        answers(503, "[]"),
        answers(302, "", Location="/"),
    ],
)
def test_everything_else_that_twilio_refuses_another_may_take(answer: Answer) -> None:
    with fake_twilio(answer) as twilio, pytest.raises(SmsUnavailable) as failure:
        send(sender_at(twilio.url))

    assert type(failure.value) is SmsUnavailable
    assert failure.value.retry_after is None
    assert len(twilio.asked) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("60", 60), ("soon", None), ("Wed, 25 Nov 2026 07:28:00 GMT", None), ("9" * 5000, None)],
)
def test_too_many_requests_tells_how_long_to_wait(header: str, seconds: int | None) -> None:
    answer = answers(429, '{"code": 20429}', Retry_After=header)

    with fake_twilio(answer) as twilio, pytest.raises(SmsUnavailable) as failure:
        send(sender_at(twilio.url))

    assert failure.value.retry_after == seconds


IMPOSSIBLE_DAY = TAKEN[:-1] + ', "date_sent": "Thu, 99 Aug 2023 05:01:45 +0000"}'
TOO_LONG = " " * 65_536 + TAKEN
NOT_A_MESSAGE = ["", "<p>", "[]", "null", "{}", '{"sid": null}', '{"sid": 5}', '{"sid": "SM1"}']


@pytest.mark.parametrize("body", [*NOT_A_MESSAGE, IMPOSSIBLE_DAY, "[" * 20_000, TOO_LONG])
def test_a_rubbish_answer_to_a_taken_text_is_unknown(body: str) -> None:
    with fake_twilio(answers(201, body)) as twilio, pytest.raises(SmsUnknown):
        send(sender_at(twilio.url))

    assert len(twilio.asked) == 1


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 201 CRE", HALF, HALF + b'{"sid": "SM'])
def test_a_line_that_breaks_after_the_text_has_left_is_unknown(sent: bytes) -> None:
    with fake_twilio(breaks_off(sent)) as twilio, pytest.raises(SmsUnknown):
        send(sender_at(twilio.url))

    assert len(twilio.asked) == 1


@pytest.mark.parametrize("answer", [hangs, drips(HALF), drips(b"HTTP/1.1 201 CREATED\r\nX-Slow:")])
def test_an_answer_that_takes_too_long_is_unknown_in_time(answer: Answer) -> None:
    with fake_twilio(answer) as twilio, pytest.raises(SmsUnknown):
        send(sender_at(twilio.url, waits=(0.2, 0.4)))

    assert len(twilio.asked) == 1


def test_a_dripping_answer_keeps_no_thread_past_its_end() -> None:
    with fake_twilio(drips(HALF)) as twilio:
        before = set(threading.enumerate())

        assert ending_of(sender_at(twilio.url, waits=(0.2, 0.4))) is SmsUnknown

        left = set(threading.enumerate()) - before
        for thread in left:
            thread.join(0.5)
        assert [thread for thread in left if "_speak" in thread.name and thread.is_alive()] == []


@contextmanager
def deaf_port() -> Iterator[socket.socket]:
    """A port whose queue is full, so that a connection to it is neither taken nor refused."""
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        port.listen(0)
        port.settimeout(5)
        with socket.create_connection(port.getsockname()):
            yield port


def url_of(port: socket.socket, scheme: str = "http") -> str:
    return f"{scheme}://127.0.0.1:{port.getsockname()[1]}"


def test_a_refused_connection_is_unavailable() -> None:
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))  # nobody listens

        with pytest.raises(SmsUnavailable):
            send(sender_at(url_of(port)))


def test_a_name_that_leads_nowhere_is_unavailable() -> None:
    with pytest.raises(SmsUnavailable):
        send(sender_at("http://twilio.invalid"))


@pytest.mark.parametrize("url", ["http://", "http://[", "ftp://127.0.0.1", "http://a b"])
def test_an_address_that_is_none_is_unavailable(url: str) -> None:
    with pytest.raises(SmsUnavailable):
        send(sender_at(url))


def test_a_server_that_speaks_no_tls_is_unavailable() -> None:
    with fake_twilio(answers(201, TAKEN)) as twilio, pytest.raises(SmsUnavailable):
        send(sender_at(twilio.url.replace("http", "https")))

    assert twilio.asked == []


def test_a_connection_nobody_takes_is_unavailable_in_time() -> None:
    with deaf_port() as port, pytest.raises(SmsUnavailable):
        send(sender_at(url_of(port), waits=(0.3, 30)))


def test_a_text_called_unavailable_is_not_sent_by_a_late_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with late_connection(monkeypatch) as (url, heard):
        with pytest.raises(SmsUnavailable):
            send(sender_at(url, waits=(5, 0.3)))
        sent = heard()

    assert sent.endswith(b"\r\n\r\n")
    assert b"Body" not in sent


def test_calls_left_behind_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storefront.providers.twilio.POST.bulkhead", Bulkhead(2))

    with fake_twilio(hangs) as twilio:  # until the third is told, however long that takes
        patient, third = sender_at(twilio.url, waits=(5, 60)), sender_at(twilio.url)
        calls = [threading.Thread(target=ending_of, args=(patient,)) for _ in range(2)]
        for call in calls:
            call.start()
        wait_until(lambda: len(twilio.asked) == 2)
        told = ending_of(third)
    for call in calls:
        call.join()

    assert told is SmsUnavailable
    assert len(twilio.asked) == 2


def wait_until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def ending_of(sender: TwilioMessages) -> type[Exception] | None:
    try:
        sender.send(TO, TEXT, 600)
    except (NumberRefused, SmsUnavailable, SmsUnknown) as failure:
        return type(failure)
    return None


@pytest.mark.parametrize(
    "answer",
    [
        answers(201, TAKEN),
        answers(201, "rubbish" + TO),
        fails(400, 21211),
        fails(401, 20003),
        fails(500, 1),
        breaks_off(HALF),
        hangs,
    ],
)
def test_no_secret_number_or_text_is_logged_or_told(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    with fake_twilio(answer) as twilio, capture_logs() as logs:
        told = _words_of(sender_at(twilio.url, waits=(0.2, 0.4)))

    for private in (TOKEN, TO, TO[1:], "4821"):
        assert private not in f"{told} {caplog.text} {logs}"


def _words_of(sender: TwilioMessages) -> str:
    """All that an error reporter would see of the ending, whatever led to it included."""
    try:
        return repr(send(sender)) + repr(sender)
    except (NumberRefused, SmsUnavailable, SmsUnknown) as failure:
        error: BaseException | None = failure
        words = [repr(sender)]
        while error:
            words.append(repr(error))
            error = error.__cause__ or error.__context__
        return " ".join(words)


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        ("accepted", Delivery.QUEUED),
        ("queued", Delivery.QUEUED),
        ("scheduled", Delivery.QUEUED),
        ("sending", Delivery.SENT),
        ("sent", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("undelivered", Delivery.UNDELIVERED),
        ("failed", Delivery.UNDELIVERED),
        ("canceled", Delivery.UNDELIVERED),
        ("read", None),
        ("received", None),
        ("", None),
    ],
)
def test_twilios_words_for_a_delivery(status: str, delivery: Delivery | None) -> None:
    assert delivery_of(status) == delivery


REPORT: dict[str, str | list[str]] = {
    "MessageSid": REFERENCE,
    "MessageStatus": "delivered",
    "To": [TO],
    "Twice": ["b", "a"],
}
# Of CALLBACK followed by each name and value in order, by HMAC-SHA1 under TOKEN; made with openssl.
SIGNATURE = "qDI1Ekao2e5JNRyWEvwjWFlXXBg="


@pytest.mark.parametrize("params", [REPORT, MultiDict(REPORT)])
def test_a_report_that_twilio_signed_is_good(params: dict[str, str | list[str]]) -> None:
    assert signature_is_good(TOKEN, CALLBACK, params, SIGNATURE)


@pytest.mark.parametrize(
    ("token", "url", "params", "signature"),
    [
        ("another", CALLBACK, REPORT, SIGNATURE),
        (TOKEN, CALLBACK + "?more", REPORT, SIGNATURE),
        (TOKEN, CALLBACK, REPORT | {"MessageStatus": "sent"}, SIGNATURE),
        (TOKEN, CALLBACK, REPORT | {"Extra": "1"}, SIGNATURE),
        (TOKEN, CALLBACK, {}, SIGNATURE),
        (TOKEN, CALLBACK, REPORT, SIGNATURE[:-1]),
        (TOKEN, CALLBACK, REPORT, ""),
        (TOKEN, CALLBACK, REPORT, "サイン"),
    ],
)
def test_a_report_that_twilio_did_not_sign_is_not_good(
    token: str, url: str, params: dict[str, str | list[str]], signature: str
) -> None:
    assert not signature_is_good(token, url, params, signature)


def test_without_a_token_no_signature_is_good() -> None:
    made_by_anybody = "grfDHwhxTf7y+mlmaVh1U9A/CfE="

    assert not signature_is_good("", CALLBACK, {}, made_by_anybody)
