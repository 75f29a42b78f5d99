"""Twilio's place on this machine: a real server that takes texts, or fails as it is told."""

import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import requests
from twilio.request_validator import RequestValidator

SID = "AC" + "0" * 32
TOKEN = "a-made-up-token"
FROM = "+15005550006"
REFERENCE = "SM" + "ab" * 16
TAKEN = f'{{"sid": "{REFERENCE}", "status": "queued", "to": "+819012345678"}}'
HALF = b"HTTP/1.1 201 CREATED\r\nContent-Length: 800\r\n\r\n"
HANGS = 30  # seconds

Answer = Callable[["Desk"], object]


class Desk(BaseHTTPRequestHandler):
    """Answers one request as it was told, and remembers what was asked."""

    server: "FakeTwilio"
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.fields = {name: values[0] for name, values in parse_qs(body).items()}
        self.server.asked.append((self.path, self.fields))
        self.close_connection = True
        with suppress(OSError):  # the shop may have hung up
            self.server.answer(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


class FakeTwilio(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer: Answer, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Desk)
        self.answer = answer
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def fake_twilio(answer: Answer, port: int = 0) -> Iterator[FakeTwilio]:
    with FakeTwilio(answer, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def answers(status: int, body: str, **headers: str) -> Answer:
    def answer(desk: Desk) -> None:
        desk.send_response(status)
        desk.send_header("Content-Length", str(len(body.encode())))
        for name, value in headers.items():
            desk.send_header(name.replace("_", "-"), value)
        desk.end_headers()
        desk.wfile.write(body.encode())

    return answer


def fails(status: int, code: int, **headers: str) -> Answer:
    message = "The 'To' number +819012345678 is not a valid phone number."
    body = f'{{"code": {code}, "message": "{message}", "status": {status}}}'
    return answers(status, body, **headers)


def breaks_off(sent: bytes) -> Answer:
    def answer(desk: Desk) -> None:
        desk.wfile.write(sent)
        reset_on_close = struct.pack("ii", 1, 0)
        desk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset_on_close)

    return answer


def drips(first: bytes) -> Answer:
    def answer(desk: Desk) -> None:
        desk.wfile.write(first)
        end = time.monotonic() + HANGS
        while time.monotonic() < end and not desk.server.over.wait(0.05):
            desk.wfile.write(b" ")

    return answer


def hangs(desk: Desk) -> None:
    desk.server.over.wait(HANGS)


def takes(desk: Desk) -> str:
    """Takes the text, and is never heard of again; its name for the text."""
    reference = f"SM{secrets.token_hex(16)}"
    answers(201, f'{{"sid": "{reference}", "status": "queued"}}')(desk)
    return reference


def takes_and_fails(desk: Desk) -> None:
    """Takes the text, and reports a second later, signed, that it could not be delivered."""
    report = {"MessageSid": takes(desk), "MessageStatus": "undelivered", "ErrorCode": "30005"}
    address = desk.fields["StatusCallback"]
    signature = RequestValidator(TOKEN).compute_signature(address, report)
    desk.wfile.flush()
    desk.server.over.wait(1)
    requests.post(address, report, headers={"X-Twilio-Signature": signature}, timeout=10)
