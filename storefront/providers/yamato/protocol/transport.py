"""One form posted over one connection, with an end that holds against slow bytes too."""

# requests takes about 0.2 s to import, so it is imported where it is used: a shop without a
# Kuroneko method never pays for it.

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Protocol
from urllib.parse import urlencode

from storefront.core.bulkhead import Bulkhead, Full
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NoPlace, NotAsked
from storefront.providers.yamato.protocol.responses import LARGEST

HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
    "Accept-Encoding": "identity",  # what is packed small may be large
}
AT_ONCE = 8  # requests of a process under way, left behind ones included; it has more threads


@dataclass(frozen=True)
class Patience:
    """Seconds to connect, and in all."""

    to_connect: float
    in_all: float


SHOPPERS = Patience(2, 12)  # a browser gives up at 15
WORKERS = Patience(2, 30)


@dataclass(frozen=True, repr=False)
class Reply:
    """At most one byte more than may be read."""

    status: int
    body: bytes


class Transport(Protocol):
    def post(self, url: str, fields: Mapping[str, str], patience: Patience) -> Reply:
        """Post once and follow nothing; raises NotAsked or NoAnswer within patience."""


class _Form(BytesIO):
    """The body, which a connection asks for once it stands: before that nothing was sent."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(urlencode(fields).encode())
        self.turn = Lock()
        self.is_asked_for = self.is_withdrawn = False

    def read(self, size: int | None = -1) -> bytes:
        with self.turn:
            if self.is_withdrawn:
                raise TimeoutError("Connected too late to send")
            self.is_asked_for = True
        return super().read(size)

    def withdraw(self) -> bool:
        """True when it was in time: nothing of the form has left, and nothing will."""
        with self.turn:
            self.is_withdrawn = True
            return not self.is_asked_for


class HttpLine:
    """A time-out of requests bounds each wait for bytes, not their sum, nor looking up a name. So
    a thread speaks, and the caller stops waiting."""

    def __init__(self) -> None:
        self.bulkhead = Bulkhead(AT_ONCE)

    def post(self, url: str, fields: Mapping[str, str], patience: Patience) -> Reply:
        end = monotonic() + patience.in_all
        try:
            self.bulkhead.enter(patience.in_all / 4)
        except Full:
            raise NoPlace("Too many requests are under way") from None
        left = Patience(patience.to_connect, end - monotonic())
        form = _Form(fields)
        replies: SimpleQueue[Reply | None] = SimpleQueue()
        Thread(target=self._speak, args=(replies, url, form, left), daemon=True).start()
        reply = None
        with suppress(Empty):
            reply = replies.get(timeout=left.in_all)
        if reply is None:
            raise NotAsked("No connection") if form.withdraw() else NoAnswer("No whole answer")
        return reply

    def _speak(
        self, replies: "SimpleQueue[Reply | None]", url: str, form: _Form, patience: Patience
    ) -> None:
        try:
            with suppress(OSError, ValueError):  # every error of requests is one of these
                replies.put(_fetch(url, form, patience))
        finally:
            self.bulkhead.leave()
            replies.put(None)


def _fetch(url: str, form: _Form, patience: Patience) -> Reply:
    import requests

    end = monotonic() + patience.in_all
    waits = (min(patience.to_connect, patience.in_all), patience.in_all)
    with requests.post(
        url, form, headers=HEADERS, timeout=waits, stream=True, allow_redirects=False
    ) as answer:
        if not answer.headers:
            raise ConnectionError("Cut off within the first line")
        # byte by byte, so that a dripping answer cannot keep the thread past its end
        in_time = _until(end, answer.iter_content(1))
        return Reply(answer.status_code, b"".join(islice(in_time, LARGEST + 1)))


def _until(end: float, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """An answer that time cuts off is none, however whole it looks so far."""
    for piece in pieces:
        if monotonic() >= end:
            raise TimeoutError("The answer took too long")
        yield piece
