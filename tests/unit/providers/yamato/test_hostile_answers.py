"""Answers made to hurt, over a real line: each call ends as one of four things, and in time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.results import CreditResult
from storefront.providers.yamato.protocol.transport import Timeout
from tests.proofs.fault_proxy import Answer, Desk
from tests.proofs.scale import IS_FULL
from tests.unit.providers.yamato.fake_yamato import fake_yamato, says, xml
from tests.unit.providers.yamato.samples import MERCHANT, ORDER

BRIEF = Timeout(0.3, 0.4)
SLACK = 9  # seconds, for a machine where much else is at work
EXAMPLES = settings(max_examples=1_000 if IS_FULL else 40)
GOOD = xml(returnCode="0", errorCode="", orderNo=ORDER, ycfStrCode=MERCHANT.code, result="0")
TEXT = GOOD.decode()
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

BOMBS = {
    "entities": HEAD
    + "<!DOCTYPE r ["
    + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(1, 9))
    + '<!ENTITY e1 "ha">]><return><returnCode>0</returnCode><result>&e9;</result></return>',
    "file": HEAD
    + '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    + "<return><returnCode>0</returnCode><result>&f;</result></return>",
    "doctype": HEAD + "<!DOCTYPE return>" + TEXT.partition("\n")[2],
    "deep": HEAD + "<a>" * 9_000 + "</a>" * 9_000,
    "long": HEAD + f"<return><returnCode>0</returnCode><result>{'0' * 70_000}</result></return>",
    "twice": TEXT.replace("<result>0", "<result>1</result><result>0"),
    "another order": TEXT.replace(ORDER, "K7Q2M9XA-2"),
    "another merchant": TEXT.replace(MERCHANT.code, "10987654321"),
    "no result of calling": TEXT.replace("<returnCode>0</returnCode>", ""),
    "odd result of calling": TEXT.replace("<returnCode>0<", "<returnCode>00<"),
    "page": "<!doctype html><title>メンテナンス中</title><p>ご不便をおかけします",
}
ENCODINGS = ["utf-16", "utf-16-le", "utf-32", "shift_jis", "euc_jp", "cp037"]


@dataclass(frozen=True)
class Sent:
    """Raw bytes on the line, in pieces, with seconds of rest between them."""

    pieces: tuple[bytes, ...]
    rest: float

    def answer(self, desk: Desk) -> None:
        for piece in self.pieces:
            desk.wfile.write(piece)
            desk.wfile.flush()
            if desk.server.over.wait(self.rest):
                return


def ending_of(answer: Answer) -> CreditResult | Exception:
    """What an enquiry came to; any other exception is the test's failure, and so is waiting."""
    with fake_yamato(answer) as yamato:
        client = Client(f"{yamato.url}/kuroneko-atobarai-api", MERCHANT, patience=BRIEF)
        start = time.monotonic()
        try:
            ending: CreditResult | Exception = client.credit_result(ORDER)
        except (NoAnswer, NotAsked, Refused) as known:
            ending = known
        assert time.monotonic() - start < BRIEF.in_all + SLACK
    return ending


@pytest.fixture(scope="module", autouse=True)
def _no_proxy() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "*")
        yield


def test_a_good_answer_is_one() -> None:
    assert ending_of(says(GOOD)) is CreditResult.USABLE


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_no_answer(name: str) -> None:
    assert isinstance(ending_of(says(BOMBS[name].encode())), NoAnswer)


@pytest.mark.parametrize("size", [64 * 1024 + 1, 5 * 1024 * 1024])
def test_what_is_too_large_is_no_answer(size: int) -> None:
    filled = GOOD.replace(b"</return>", b"<x>" + b" " * size + b"</x></return>")

    assert isinstance(ending_of(says(filled)), NoAnswer)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_another_encoding_than_it_says_is_no_answer(encoding: str) -> None:
    named = TEXT.replace("<errorCode></errorCode>", "<errorCode></errorCode><name>山田</name>")
    body = named.encode(encoding, "replace")

    assert isinstance(ending_of(says(body)), NoAnswer)


@EXAMPLES
@given(st.integers(0, len(GOOD) - 1))
def test_an_answer_that_is_cut_off_is_none(length: int) -> None:
    assert isinstance(ending_of(says(GOOD[:length])), NoAnswer)


@EXAMPLES
@given(st.integers(100, 999))
def test_only_200_is_an_answer(status: int) -> None:
    line = f"HTTP/1.1 {status} X\r\nContent-Length: {len(GOOD)}\r\n\r\n".encode()

    ending = ending_of(Sent((line + GOOD,), 0).answer)

    assert (ending is CreditResult.USABLE) == (status == 200)


HEADERS = [
    b"",
    b"Content-Length: %d\r\n" % len(GOOD),
    b"Content-Length: %d\r\n" % (len(GOOD) + 1),
    b"Content-Length: %d\r\n" % (len(GOOD) - 1),
    b"Content-Length: -1\r\n",
    b"Content-Length: many\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: br\r\n",
    b"Content-Type: text/xml; charset=Shift_JIS\r\n",
    b"X: " + b"x" * 70_000 + b"\r\n",
    b"X: y\r\n" * 150,
    b"Location: /elsewhere\r\n",
    b"\xff\xfe: \x00\r\n",
    b"no colon\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n",
]
BODIES = [
    GOOD,
    GOOD[:-1],
    GOOD + b"x",
    b"",
    b"%x\r\n%b\r\n0\r\n\r\n" % (len(GOOD), GOOD),
    b"ffffffff\r\n",
]
STARTS = [
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0 200\r\n",
    b"HTTP/9 200 OK\r\n",
    b"200\r\n",
    b"\r\n",
    b"",
]


@EXAMPLES
@given(
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(HEADERS), max_size=3),
    st.sampled_from([b"\r\n", b"\n", b""]),
    st.sampled_from(BODIES) | st.binary(max_size=60),
    st.sampled_from([0, 0, 0.05, 0.3]),
)
def test_whatever_stands_on_the_line_ends_in_time(
    start: bytes, headers: list[bytes], blank: bytes, body: bytes, rest: float
) -> None:
    half = len(body) // 2

    ending = ending_of(Sent((start, *headers, blank, body[:half], body[half:]), rest).answer)

    assert isinstance(ending, NoAnswer) or (ending is CreditResult.USABLE and GOOD in body)


@EXAMPLES
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_result_nobody_knows_approves_of_nothing(result: str) -> None:
    escaped = result.replace("&", "&amp;").replace("<", "&lt;")
    answer = says(TEXT.replace("<result>0<", f"<result>{escaped}<").encode())

    ending = ending_of(answer)

    assert (ending is CreditResult.USABLE) == (result.strip() == "0")


@EXAMPLES
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_an_error_that_reads_as_none_is_no_answer(code: str) -> None:
    escaped = code.replace("&", "&amp;").replace("<", "&lt;")
    refusal = TEXT.replace("<returnCode>0<", "<returnCode>1<")
    ending = ending_of(says(refusal.replace("<errorCode></", f"<errorCode>{escaped}</").encode()))

    assert isinstance(ending, NoAnswer | Refused)


CALLS: list[Callable[[Client], object]] = [
    lambda client: client.credit_result(ORDER),
    lambda client: client.status(ORDER),
    lambda client: client.cancel(ORDER),
    lambda client: client.print_data(ORDER),
    lambda client: client.verify_code(ORDER, "1234"),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("pace", [0.05, 10])
def test_a_slow_answer_is_given_up_whatever_was_asked(
    call: Callable[[Client], object], pace: float
) -> None:
    slow = Sent(tuple(bytes([one]) for one in b"HTTP/1.1 200 OK\r\n\r\n" + GOOD), pace)
    with fake_yamato(slow.answer) as yamato:
        client = Client(yamato.url, MERCHANT, patience=BRIEF)
        start = time.monotonic()
        with pytest.raises(NoAnswer):
            call(client)
        assert time.monotonic() - start < BRIEF.in_all + SLACK
