"""The id that every log line of one request has, and whatever follows from that request."""

import re
import secrets
from contextlib import AbstractContextManager, nullcontext

from structlog.contextvars import (
    bind_contextvars,
    bound_contextvars,
    get_contextvars,
    unbind_contextvars,
)

FIELD = "request_id"
LONGEST = 64  # characters, of the table's column too
GIVEN = re.compile(rf"[A-Za-z0-9_-]{{8,{LONGEST}}}", re.ASCII)


def new() -> str:
    return secrets.token_hex(8)


def from_proxy(header: str) -> str:
    """The id that a proxy of ours has given the request; a new one where it is none."""
    return header if GIVEN.fullmatch(header) else new()


def current() -> str | None:
    """The id of the request at work, or of the one that the worker follows up; else None."""
    found = get_contextvars().get(FIELD)
    return str(found) if found else None


def bind(request_id: str | None) -> None:
    """From here on log lines have this id, or none."""
    if request_id:
        bind_contextvars(**{FIELD: request_id})
    else:
        unbind_contextvars(FIELD)


def bound(request_id: str | None) -> AbstractContextManager[None]:
    """Log lines inside have this id; None leaves them as they are."""
    return bound_contextvars(**{FIELD: request_id}) if request_id else nullcontext()
