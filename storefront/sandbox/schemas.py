"""The JSON that programs may post to the sandbox; anything else is refused in words."""

import json
from datetime import datetime
from typing import Any

from flask import abort, request

from storefront.core import clock


def read() -> dict[str, Any]:
    """The object in the body, or 4xx."""
    if request.mimetype != "application/json":
        abort(415, "Send JSON, with Content-Type: application/json")
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400, "The body is no JSON")
    if not isinstance(body, dict):
        abort(400, "The body is no JSON object")
    return body


def whole(value: object) -> int | None:
    """A number without a fraction; true is none, though Python counts with it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def moment(value: object) -> datetime | None:
    """An ISO 8601 time; one that names no zone is Japan's."""
    if not isinstance(value, str) or not value.isprintable():  # Python reads up to a NUL
        return None
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=clock.JAPAN)
