"""A connection that stands only after its caller has given up."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def late_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """An address whose name is found late, and what is heard there once the caller gave up."""
    given_up, look_up = threading.Event(), socket.getaddrinfo

    def look_up_late(*asked: Any, **how: Any) -> Any:
        given_up.wait(5)
        return look_up(*asked, **how)

    def heard() -> bytes:
        given_up.set()
        late, _ = port.accept()
        with late:
            late.settimeout(5)
            return b"".join(iter(lambda: late.recv(4096), b""))

    monkeypatch.setattr(socket, "getaddrinfo", look_up_late)
    with socket.create_server(("127.0.0.1", 0)) as port:
        port.settimeout(5)
        yield f"http://127.0.0.1:{port.getsockname()[1]}", heard
