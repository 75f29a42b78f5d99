"""One form posted over one connection, with an end that holds against slow bytes too."""

# requests takes about 0.2 s to import, so it is imported where it is used: a shop whose providers
# need no network never pays for it.

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from storefront.core.bulkhead import Bulkhead

PLAIN = {"Accept-Encoding": "identity"}  # what is packed small may be large


class NotSent(Exception):
    """No connection came about: nothing of the form has left, and nothing will."""


class NoReply(Exception):
    """The form may have arrived; no whole answer came in time."""


@dataclass(frozen=True)
class Timeout:
    """Seconds to connect, and in all."""

    to_connect: float
    in_all: float


@dataclass(frozen=True, repr=False)
class Reply:
    """The body holds no more bytes than may be read."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class FormBody(BytesIO):
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


class BoundedPost:
    """A time-out of requests bounds each wait for bytes, not their sum, nor looking up a name. So
    a thread speaks, and the caller stops waiting; threads left behind keep their places."""

    def __init__(self, places: int, most: int) -> None:
        """most: bytes of an answer that are read."""
        self.bulkhead = Bulkhead(places)
        self.most = most

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout, **how: Any) -> Reply:
        """Post once and follow nothing; how: headers and auth, as requests takes them.

        Raises NotSent or NoReply within patience, and Full where every place hangs.
        """
        end = monotonic() + patience.in_all
        self.bulkhead.enter(patience.in_all / 4)
        left = Timeout(patience.to_connect, end - monotonic())
        form = FormBody(fields)
        replies: SimpleQueue[Reply | None] = SimpleQueue()
        Thread(target=self._speak, args=(replies, url, form, left, how), daemon=True).start()
        reply = None
        with suppress(Empty):
            reply = replies.get(timeout=left.in_all)
        if reply is None:
            raise NotSent("No connection") if form.withdraw() else NoReply("No whole answer")
        return reply

    def _speak(
        self,
        replies: "SimpleQueue[Reply | None]",
        url: str,
        form: FormBody,
        patience: Timeout,
        how: dict[str, Any],
    ) -> None:
        try:
            with suppress(OSError, ValueError):  # every error of requests is one of these
                replies.put(fetch(url, form, patience, self.most, **how))
        finally:
            self.bulkhead.leave()
            replies.put(None)


def fetch(
    url: str, form: FormBody, patience: Timeout, most: int, headers: Mapping[str, str], **how: Any
) -> Reply:
    """What the caller of a BoundedPost waits for; raises OSError or ValueError."""
    import requests

    end = monotonic() + patience.in_all
    waits = (min(patience.to_connect, patience.in_all), patience.in_all)
    how |= {"headers": PLAIN | dict(headers), "timeout": waits, "allow_redirects": False}
    with requests.post(url, form, stream=True, **how) as answer:  # noqa: S113  # how has it
        if not answer.headers:
            raise ConnectionError("Cut off within the first line")
        # byte by byte, so that a dripping answer cannot keep the thread past its end
        in_time = _until(end, answer.iter_content(1))
        return Reply(answer.status_code, b"".join(islice(in_time, most)), answer.headers)


def _until(end: float, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """An answer that time cuts off is none, however whole it looks so far."""
    for piece in pieces:
        if monotonic() >= end:
            raise TimeoutError("The answer took too long")
        yield piece
