"""A form that nobody needs for an answer is read all the same, or the line is closed aloud."""

import socket
import time
from http.client import HTTPResponse

import pytest

from storefront.testing.network import PATIENCE
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

UNREAD = ("/admin/", "/nowhere", "/products/yunomi", "/static/none.css", "/healthz")
BODY = b"note=" + b"x" * 100_000
NEXT = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    return lasting_shop


def test_no_line_is_cut_without_a_word(shop: RunningShop, figure: Report) -> None:
    sent = times(30, 300)

    served = [serves_again(shop, UNREAD[number % len(UNREAD)], BODY) for number in range(sent)]

    assert served == [True] * sent
    figure(
        f"{sent} forms to addresses that need none, the body a moment after the head: the line "
        "serves the next request",
        f"{served.count(True)} of {sent}",
    )


def test_a_line_that_is_closed_is_closed_aloud(shop: RunningShop) -> None:
    with socket.create_connection(("127.0.0.1", shop.port), PATIENCE) as line:
        line.sendall(head("/nowhere", 20_000_000))
        answer = HTTPResponse(line, method="POST")
        answer.begin()

        assert answer.getheader("Connection") == "close"


def serves_again(shop: RunningShop, path: str, body: bytes) -> bool:
    with socket.create_connection(("127.0.0.1", shop.port), PATIENCE) as line:
        line.sendall(head(path, len(body)))
        time.sleep(0.02)  # a server that does not wait for the body has answered by now
        line.sendall(body)
        said_close = answer_on(line, "POST")
        if said_close:
            return False
        line.sendall(NEXT)
        return not answer_on(line, "GET")


def head(path: str, length: int) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    ).encode()


def answer_on(line: socket.socket, method: str) -> bool:
    """Whether it says that the line is closed; raises where there is no answer at all."""
    answer = HTTPResponse(line, method=method)
    answer.begin()
    answer.read()
    return answer.getheader("Connection") == "close"
