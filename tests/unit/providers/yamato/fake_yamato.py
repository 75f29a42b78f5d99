"""Yamato's place on this machine: a real server that keeps what was posted to the byte."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote_plus

from tests.proofs.fault_proxy import Answer, Desk, FakeTwilio


class Counter(Desk):
    server: "FakeYamato"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posted.append((self.path, self.headers["Content-Type"], body))
        self.close_connection = True
        with suppress(OSError):  # the shop may have hung up
            self.server.answer(self)


class FakeYamato(FakeTwilio):
    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.RequestHandlerClass = Counter
        self.posted: list[tuple[str, str, bytes]] = []

    def fields(self) -> list[tuple[str, str]]:
        """Of the last form, in the order they came."""
        pairs = (pair.split("=", 1) for pair in self.posted[-1][2].decode("ascii").split("&"))
        return [(name, unquote_plus(text)) for name, text in pairs]


@contextmanager
def fake_yamato(answer: Answer) -> Iterator[FakeYamato]:
    with FakeYamato(answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(desk: Desk) -> None:
        desk.send_response(status)
        desk.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            desk.send_header(name.replace("_", "-"), value)
        desk.end_headers()
        desk.wfile.write(body)

    return answer


def xml(**fields: str) -> bytes:
    children = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<return>{children}</return>'.encode()


def done(**fields: str) -> Answer:
    return says(xml(returnCode="0", errorCode="", **fields))


def refused(code: str) -> Answer:
    return says(xml(returnCode="1", errorCode=code))
