"""Forms that reach the shop at the same moment: all but the last byte of each is sent before."""

import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse
from typing import TypeVar
from urllib.parse import urlencode

from storefront.testing.form_shopper import FormShopper, QuickFormShopper
from storefront.testing.network import PATIENCE, client_of
from tests.cookies import all_in
from tests.proofs.shop import RunningShop

HANDS = 6  # acts under way at a time where they need not be at once
T = TypeVar("T")


@dataclass(frozen=True)
class Press:
    """A filled form with the cookies of the tab it stands in."""

    path: str
    cookies: str
    body: bytes
    source: str = ""  # the shopper's address, where the shop stands behind a proxy


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str
    seconds: float


def press(shopper: FormShopper, path: str, source: str = "", **fields: str) -> Press:
    cookies = "; ".join(f"{name}={value}" for name, value in all_in(shopper.client).items())
    body = urlencode({"csrf_token": shopper.token(), **fields}).encode()
    return Press(path, cookies, body, source)


def burst(shop: RunningShop, presses: Sequence[Press]) -> list[Answer]:
    """The answers in the order of the presses; none may be a fault of the shop."""
    lines = [_connect(shop) for _ in presses]
    for line, one in zip(lines, presses, strict=True):
        line.sendall(_message(shop, one)[:-1])
    begun = time.monotonic()
    for line, one in zip(lines, presses, strict=True):
        with suppress(ConnectionError):  # the shop needed no form for its answer, and hung up
            line.sendall(one.body[-1:])

    def read(line: socket.socket, one: Press) -> Answer:
        try:
            with line:
                return _read(line, begun)
        except ConnectionError:  # the answer was lost with the line: a browser sends it again
            return _send(shop, one)

    with ThreadPoolExecutor(len(lines)) as readers:
        return list(readers.map(read, lines, presses))


def flood(shop: RunningShop, presses: Sequence[Press], lines: int) -> list[Answer]:
    """All of them as fast as so many lines carry them."""
    with ThreadPoolExecutor(lines) as pool:
        return list(pool.map(partial(_send, shop), presses))


def a_few_at_a_time(acts: Sequence[Callable[[], T]]) -> list[T]:
    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(lambda act: act(), acts))


def a_shopper(shop: RunningShop) -> FormShopper:
    return QuickFormShopper(client_of(shop.url))


def p95(answers: Sequence[Answer]) -> float:
    return sorted(answer.seconds for answer in answers)[int(len(answers) * 0.95)]


def _connect(shop: RunningShop) -> socket.socket:
    return socket.create_connection(("127.0.0.1", shop.port), PATIENCE)


def _message(shop: RunningShop, one: Press) -> bytes:
    headers = {
        "Host": f"127.0.0.1:{shop.port}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": len(one.body),
        "Cookie": one.cookies,
        **({"X-Forwarded-For": one.source} if one.source else {}),
    }
    head = [f"POST {one.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*head, "", ""]).encode() + one.body


def _send(shop: RunningShop, one: Press) -> Answer:
    begun = time.monotonic()
    with _connect(shop) as line:
        line.sendall(_message(shop, one))
        return _read(line, begun)


def _read(line: socket.socket, begun: float) -> Answer:
    with HTTPResponse(line, method="POST") as response:
        response.begin()
        text = response.read().decode()
        seconds = time.monotonic() - begun
        assert response.status < 500, text
        return Answer(response.status, response.getheader("Location", ""), text, seconds)
