"""Reading the JSON that programs post to the sandbox."""

import json
from datetime import datetime
from typing import Any

from flask import abort, request

from storefront.core import clock

LONG = 10  # digits that no number of ours has


def read() -> dict[str, Any]:
    """The JSON object in the request's body; raises 4xx with a sentence for anything else."""
    if request.mimetype != "application/json":
        abort(415, "Send JSON, with Content-Type: application/json")
    try:
        body = json.loads(request.get_data())
        json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        abort(400, "The body is no JSON")
    if not isinstance(body, dict):
        abort(400, "The body is no JSON object")
    return body


def whole(value: object) -> int | None:
    """A whole number, or None; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def typed_whole(text: str) -> int | str:
    """The number that a person typed; the text itself where it is none, to be refused in words."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONG else text


def moment(value: object) -> datetime | None:
    """A moment from an ISO 8601 text, or None; without a zone it is Japan's time."""
    if not isinstance(value, str) or not value.isprintable():  # Python reads up to a NUL
        return None
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=clock.JAPAN)
