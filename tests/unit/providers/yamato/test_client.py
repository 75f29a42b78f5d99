"""The client against a real server on this machine, which ends badly in every way."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from urllib.parse import quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from storefront.core.bounded_post import FormBody, fetch
from storefront.core.bulkhead import Bulkhead
from storefront.providers.yamato.protocol.amendments import Reduction, Reissue, Withdrawal
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.error_codes import Action
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NoPlace, NotAsked, Refused
from storefront.providers.yamato.protocol.field_errors import Field, Invalid
from storefront.providers.yamato.protocol.inquiries import CodeCheck
from storefront.providers.yamato.protocol.messages import Api, Message
from storefront.providers.yamato.protocol.registration import Registration
from storefront.providers.yamato.protocol.responses import LARGEST
from storefront.providers.yamato.protocol.results import (
    CodeJudgement,
    CreditResult,
    CreditStatus,
    StatusReply,
    StatusWarning,
)
from storefront.providers.yamato.protocol.shipments import Shipment
from storefront.providers.yamato.protocol.transport import (
    HEADERS,
    SHOPPERS,
    WORKERS,
    Reply,
    Timeout,
)
from tests.late_connections import late_connection
from tests.proofs.fault_proxy import HANGS, Answer, breaks_off, drips, hangs
from tests.unit.providers.yamato.fake_yamato import done, fake_yamato, refused, says, xml
from tests.unit.providers.yamato.samples import (
    MERCHANT,
    ORDER,
    PASSWORD,
    PHONE,
    a_registration,
    an_orderer,
)
from tests.unit.providers.yamato.test_messages import (
    CHANGE,
    REDUCTION,
    REGISTRATION,
    REISSUE,
    SENT,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")

USUAL, SHORT = Timeout(1, 5), Timeout(0.3, 0.5)
HALF = b"HTTP/1.1 200 OK\r\nContent-Length: 800\r\n\r\n"
Record = tuple[Api, str, Mapping[str, str], str]


class CallLog:
    def __init__(self) -> None:
        self.records: list[Record] = []

    def keep(self, api: Api, order_number: str, fields: Mapping[str, str], outcome: str) -> None:
        self.records.append((api, order_number, fields, outcome))

    @property
    def outcome(self) -> str:
        (record,) = self.records
        return record[3]


def client_at(url: str, patience: Timeout = USUAL, log: CallLog | None = None) -> Client:
    return Client(f"{url}/kuroneko-atobarai-api/", MERCHANT, (log or CallLog()).keep, patience)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def test_a_shopper_waits_twelve_seconds_at_most_and_a_worker_thirty() -> None:
    assert (SHOPPERS.to_connect, SHOPPERS.in_all) == (2, 12)
    assert (WORKERS.to_connect, WORKERS.in_all) == (2, 30)
    assert Client("https://yamato.example", MERCHANT).patience == SHOPPERS


CALLS: dict[Api, Callable[[Client], object]] = {
    Api.REGISTER: lambda client: client.register(REGISTRATION),
    Api.VERIFY_CODE: lambda client: client.verify_code(ORDER, "0007"),
    Api.CREDIT_RESULT: lambda client: client.credit_result(ORDER),
    Api.STATUS: lambda client: client.status(ORDER),
    Api.CANCEL: lambda client: client.cancel(ORDER),
    Api.SHIP: lambda client: client.ship(CHANGE),
    Api.REDUCE: lambda client: client.reduce_amount(REDUCTION),
    Api.REISSUE: lambda client: client.reissue(REISSUE),
    Api.PRINT_DATA: lambda client: client.print_data(ORDER),
}


@pytest.mark.parametrize("api", Api)
def test_each_api_has_its_address_and_is_asked_once(api: Api) -> None:
    with fake_yamato(done(result="1")) as yamato:
        CALLS[api](client_at(yamato.url))

    ((path, content_type, _body),) = yamato.posted
    assert path == f"/kuroneko-atobarai-api/{api}APIAction_execute.action"
    assert content_type == "application/x-www-form-urlencoded; charset=UTF-8"


@pytest.mark.parametrize(("message", "fields"), SENT)
def test_a_message_is_posted_to_the_byte(message: Message, fields: list[tuple[str, str]]) -> None:
    expected = "&".join(f"{name}={quote_plus(text)}" for name, text in fields)

    with fake_yamato(done(result="1")) as yamato:
        ask(client_at(yamato.url), message)

    assert yamato.posted[0][2] == expected.encode("ascii")


def ask(client: Client, message: Message) -> None:
    match message:
        case Registration():
            client.register(message)
        case CodeCheck():
            client.verify_code(message.order_number, message.code)
        case Shipment():
            client.ship(message)
        case Reduction():
            client.reduce_amount(message)
        case Reissue() | Withdrawal():
            client.reissue(message)
        case _:
            CALLS[message.api](client)


def test_text_travels_as_utf_8() -> None:
    with fake_yamato(done(result="3")) as yamato:
        client_at(yamato.url).register(REGISTRATION)

    assert b"&name=%E5%B1%B1%E7%94%B0%E3%80%80%E5%A4%AA%E9%83%8E&" in yamato.posted[0][2]


def test_a_code_arrives_with_its_zeros() -> None:
    with fake_yamato(done(result="1")) as yamato:
        verdict = client_at(yamato.url).verify_code(ORDER, "０００７")

    assert verdict == CodeJudgement.RIGHT
    assert ("ninCode", "0007") in yamato.fields()


@pytest.mark.parametrize(
    ("result", "credit"),
    [
        ("0", CreditResult.USABLE),
        ("1", CreditResult.NOT_USABLE),
        ("2", CreditResult.OVER_LIMIT),
        ("3", CreditResult.EXAMINING),
        ("9", CreditResult.UNKNOWN),
    ],
)
def test_what_becomes_of_a_credit_request(result: str, credit: CreditResult) -> None:
    with fake_yamato(done(result=result, ycfStrCode="12345678901", orderNo=ORDER)) as yamato:
        client = client_at(yamato.url)

        assert client.register(REGISTRATION) == credit
        assert client.credit_result(ORDER) == credit


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (done(result="1"), CodeJudgement.RIGHT),
        (done(result="2"), CodeJudgement.WRONG),
        (done(result="3"), CodeJudgement.EXPIRED),
        (done(result="4"), CodeJudgement.UNDELIVERED),
        (done(result="5"), CodeJudgement.ENDED),
        (done(result="0"), CodeJudgement.UNKNOWN),
        (done(), CodeJudgement.UNKNOWN),
        (refused("kaasa020E"), CodeJudgement.ENDED),
        (refused("KAASA021E"), CodeJudgement.LOCKED),
        (refused("kaasa022E"), CodeJudgement.EXPIRED),
    ],
)
def test_what_becomes_of_a_code(answer: Answer, verdict: CodeJudgement) -> None:
    with fake_yamato(answer) as yamato:
        assert client_at(yamato.url).verify_code(ORDER, "1234") == verdict


def test_how_a_transaction_stands() -> None:
    with fake_yamato(done(result="30", warning="1")) as yamato:
        standing = client_at(yamato.url).status(ORDER)

    assert standing == StatusReply(CreditStatus.EXAMINING, StatusWarning.NO_SLIP)


def test_a_reissue_tells_yamatos_judgement() -> None:
    with fake_yamato(done(reissueCode="A1")) as yamato:
        assert client_at(yamato.url).reissue(REISSUE) == "A1"


def test_print_data_are_read() -> None:
    with fake_yamato(done(claimSum="1080", itemName1="茶", subTotal1="1080")) as yamato:
        data = client_at(yamato.url).print_data(ORDER)

    assert data.texts["claimSum"] == "1080"
    assert [(line.name, line.subtotal) for line in data.lines] == [("茶", "1080")]


@pytest.mark.parametrize(
    ("code", "action"),
    [
        ("kaara009E", Action.NEW_ATTEMPT),
        ("KAARA092E", Action.ALERT),
        ("err0001", Action.TRY_LATER),
        ("", Action.UNKNOWN),
    ],
)
@pytest.mark.parametrize("api", Api)
def test_a_refusal_says_what_would_help(api: Api, code: str, action: Action) -> None:
    with fake_yamato(refused(code)) as yamato, pytest.raises(Refused) as refusal:
        CALLS[api](client_at(yamato.url))

    assert refusal.value.fault.action == action
    assert len(yamato.posted) == 1


@pytest.mark.parametrize("content_type", ["text/plain", "text/html; charset=Shift_JIS", "x"])
def test_an_answer_is_read_whatever_type_it_announces(content_type: str) -> None:
    answer = says(xml(returnCode="0", result="3"), Content_Type=content_type)

    with fake_yamato(answer) as yamato:
        assert client_at(yamato.url).credit_result(ORDER) == CreditResult.EXAMINING


GOOD = xml(returnCode="0", result="0")
NO_ANSWERS = {
    "empty": says(b""),
    "rubbish": says(b"\x00\xff rubbish"),
    "truncated": says(GOOD[:-9]),
    "created": says(GOOD, 201),
    "redirect": says(GOOD, 307, Location="/elsewhere"),
    "not found": says(GOOD, 404),
    "too many": says(GOOD, 429),
    "down": says(GOOD, 500),
    "unavailable": says(GOOD, 503),
    "another order": done(result="0", orderNo="K7Q2M9XA-2"),
    "another merchant": done(result="0", ycfStrCode="10987654321"),
    "5 MB": says(b"<r>" + b"<a>1</a>" * 650_000 + b"</r>"),
    "packed": says(GOOD, Content_Encoding="gzip"),
    "unknown packing": says(GOOD, Content_Encoding="x-none", Transfer_Encoding="chunked"),
    "hung up": breaks_off(b""),
    "half a line": breaks_off(b"HTTP/1.1 200 O"),
    "half a body": breaks_off(HALF + GOOD[:40]),
    "no HTTP": breaks_off(b"SSH-2.0-x\r\n"),
    "hangs": hangs,
    "drips": drips(HALF),
    "drips headers": drips(b"HTTP/1.1 200 OK\r\nX-Slow:"),
    "good, then drips": drips(HALF + GOOD),
}


@pytest.mark.parametrize("answer", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_an_end_that_tells_nothing_is_no_answer_and_in_time(answer: Answer) -> None:
    log = CallLog()
    start = time.monotonic()

    with fake_yamato(answer) as yamato, pytest.raises(NoAnswer):
        client_at(yamato.url, SHORT, log).register(REGISTRATION)

    assert time.monotonic() - start < HANGS / 3
    assert len(yamato.posted) == 1
    assert log.outcome.startswith("NoAnswer")


UNHEARD = ["hung up", "half a line", "half a body", "hangs", "drips", "drips headers"]


@pytest.mark.parametrize("name", ["rubbish", "redirect", "unavailable", "another order", *UNHEARD])
def test_only_what_came_back_whole_ends_the_wait_for_the_request(name: str) -> None:
    with fake_yamato(NO_ANSWERS[name]) as yamato, pytest.raises(NoAnswer) as failure:
        client_at(yamato.url, SHORT).register(REGISTRATION)

    assert failure.value.was_heard is (name not in UNHEARD)


def test_an_answer_that_time_cuts_off_is_none_though_it_looks_whole() -> None:
    form = FormBody({"orderNo": ORDER})

    with fake_yamato(drips(HALF + GOOD)) as yamato, pytest.raises(TimeoutError):
        fetch(yamato.url, form, SHORT, LARGEST, headers=HEADERS)


def test_a_dripping_answer_keeps_no_thread_past_its_end() -> None:
    with fake_yamato(drips(HALF)) as yamato:
        before = set(threading.enumerate())

        with pytest.raises(NoAnswer):
            client_at(yamato.url, SHORT).status(ORDER)

        left = set(threading.enumerate()) - before
        for thread in left:
            thread.join(1)
        assert [one for one in left if "_speak" in one.name and one.is_alive()] == []


def test_a_refused_connection_asked_nothing() -> None:
    log = CallLog()
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))  # nobody listens
        client = client_at(url_of(port), log=log)

        with pytest.raises(NotAsked):
            client.register(REGISTRATION)

    assert log.outcome == "NotAsked: No connection"


@pytest.mark.parametrize("url", ["http://", "http://[", "ftp://127.0.0.1", "http://a b"])
def test_an_address_that_is_none_asked_nothing(url: str) -> None:
    with pytest.raises(NotAsked):
        client_at(url).status(ORDER)


def test_a_server_that_speaks_no_tls_was_asked_nothing() -> None:
    with fake_yamato(done(result="0")) as yamato, pytest.raises(NotAsked):
        client_at(yamato.url.replace("http", "https")).register(REGISTRATION)

    assert yamato.posted == []


def url_of(port: socket.socket) -> str:
    return f"http://127.0.0.1:{port.getsockname()[1]}"


def test_a_connection_that_comes_too_late_sends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with late_connection(monkeypatch) as (url, heard):
        with pytest.raises(NotAsked):
            client_at(url, SHORT).register(REGISTRATION)
        sent = heard()

    assert sent.endswith(b"\r\n\r\n")
    assert PASSWORD.encode() not in sent


def test_requests_left_behind_do_not_pile_up() -> None:
    place = Bulkhead(1)
    with fake_yamato(hangs) as yamato:  # until the second is told, however long that takes
        patient, other = client_at(yamato.url, Timeout(5, 60)), client_at(yamato.url, SHORT)
        for client in (patient, other):
            client.transport.line.bulkhead = place  # type: ignore[attr-defined]
        call = threading.Thread(target=ending_of, args=(patient,))
        call.start()
        wait_until(lambda: len(yamato.posted) == 1)
        second = ending_of(other)
    call.join()

    assert isinstance(second, NoPlace)
    assert len(yamato.posted) == 1


def wait_until(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def ending_of(client: Client) -> Exception | None:
    try:
        client.verify_code(ORDER, "4821")
        client.register(REGISTRATION)
    except (NotAsked, NoAnswer, Refused) as failure:
        return failure
    return None


def test_an_invalid_message_is_not_asked_and_not_recorded() -> None:
    log = CallLog()

    landline = a_registration(orderer=an_orderer(phone="03-1234-5678"))

    with fake_yamato(done(result="3")) as yamato, pytest.raises(Invalid) as failure:
        client_at(yamato.url, log=log).register(landline)

    assert [one.field for one in failure.value.problems] == [Field.SMS_PHONE]
    assert (yamato.posted, log.records) == ([], [])


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (done(result="3"), "result 3"),
        (done(), "done"),
        (done(result="よい"), "done"),
        (refused("kaara009E"), "error kaara009E"),
        (says(GOOD, 503), "NoAnswer: HTTP 503"),
    ],
)
def test_each_request_is_recorded_once_with_its_end(answer: Answer, outcome: str) -> None:
    log = CallLog()

    with fake_yamato(answer) as yamato, suppress(NoAnswer, Refused):
        client_at(yamato.url, log=log).register(REGISTRATION)

    ((api, order_number, fields, kept),) = log.records
    assert (api, order_number, kept) == (Api.REGISTER, ORDER, outcome)
    assert (fields["orderNo"], fields["telNum"]) == (ORDER, "***5678")


@pytest.mark.parametrize(
    "answer",
    [
        done(result="3"),
        done(result=PHONE + PASSWORD),
        refused("kaara092E"),
        says(f"{PASSWORD} {PHONE} 4821 山田".encode()),
        says(f"<!DOCTYPE a [<!ENTITY p '{PASSWORD}'>]><a>&p;</a>".encode()),
        breaks_off(HALF),
        hangs,
    ],
)
def test_no_secret_code_number_or_name_is_logged_kept_or_told(
    answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    log = CallLog()

    with fake_yamato(answer) as yamato, capture_logs() as logs:
        client = client_at(yamato.url, SHORT, log)
        told = _words_of(ending_of(client)) + repr(client)

    seen = f"{told} {caplog.text} {logs} {log.records}"
    for private in (PASSWORD, PHONE, "4821", "山田", "丸の内", "taro"):
        assert private not in seen


def _words_of(error: BaseException | None) -> str:
    """All that an error reporter would see of the ending, whatever led to it included."""
    words = []
    while error:
        words.append(repr(error))
        error = error.__cause__ or error.__context__
    return " ".join(words)


class Stub:
    """Answers without a line between."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        return self.reply


@given(st.integers(200, 599), st.binary() | st.sampled_from([GOOD, GOOD[:-1], b"<r/>"]))
def test_no_reply_is_a_success_but_a_whole_one(status: int, body: bytes) -> None:
    client = Client("https://yamato.example", MERCHANT, transport=Stub(Reply(status, body)))

    try:
        result = client.credit_result(ORDER)
    except (NoAnswer, Refused):
        return

    assert (status, body, result) == (200, GOOD, CreditResult.USABLE)


@settings(max_examples=20)
@given(st.binary(max_size=300))
def test_hostile_bytes_on_the_line_end_in_time(sent: bytes) -> None:
    start = time.monotonic()

    with fake_yamato(lambda desk: desk.wfile.write(sent)) as yamato, pytest.raises(NoAnswer):
        client_at(yamato.url, SHORT).cancel(ORDER)

    assert time.monotonic() - start < HANGS / 3
