"""Reads to its end what a request sends along, whoever answers it.

A server cuts a line on which something is still to come, without a word; a proxy that sends its
next request on that line then tells its own visitor that the shop is broken.
"""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import get_content_length, get_input_stream

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST = 1024 * 1024  # bytes to read for nothing; where more would come the line is closed
PART = 64 * 1024


class ReadToTheEnd:
    """Before the answer begins it is known whether the line can serve again."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"] = get_input_stream(environ)
        is_too_much = (get_content_length(environ) or 0) > MOST

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if is_too_much or not _is_read(body):
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, *error)

        return self.app(environ, begin)


def _is_read(body: IO[bytes]) -> bool:
    """Whether the end is reached within what is read for nothing."""
    try:
        return any(not body.read(PART) for _ in range(MOST // PART + 1))
    except (OSError, ClientDisconnected):
        return False
