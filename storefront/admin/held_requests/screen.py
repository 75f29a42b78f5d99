"""A request as it is shown again: what it is, where it goes, and all that was typed for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, make_response, request, url_for
from werkzeug.exceptions import HTTPException

from storefront.admin.auth import held_requests, sessions
from storefront.admin.auth.held_requests import Held
from storefront.admin.forms import AdminForm
from storefront.admin.held_requests import wording
from storefront.web.rendering import SHOWN_AGAIN, page


@dataclass(frozen=True)
class ShownRequest:
    """A held form as its page shows it: what it does, where it is sent to, and its fields."""

    words: str
    action: str
    fields: list[tuple[str, str]]
    held: Held | None = None


def shown_again() -> ShownRequest | None:
    """What this page is shown again for; None on every other page."""
    one: Held | None = request.environ.get(SHOWN_AGAIN)
    return shown_request(one) if one else None


def held_token() -> str:
    """The token that forms of a page that shows a held form send along, so that the form is deleted
    once done."""
    one: Held | None = request.environ.get(SHOWN_AGAIN)
    return one.token if one else ""


def waiting() -> list[tuple[str, str]]:
    """Words and address of what was pressed and has not been done, the newest first."""
    found = sessions.current()
    there = held_requests.waiting(found.person_id) if found else []
    return [
        (shown_request(one).words, url_for("admin.again.show", token=one.token)) for one in there
    ]


def require_fresh_token() -> None:
    """For a view whose form is a button alone: with an old CSRF token the button is shown once
    more, as 422."""
    if AdminForm().validate():
        return
    fields = _kept(request.form.items(multi=True))
    words = wording.of(str(request.endpoint), request.view_args or {}, fields)
    shown = ShownRequest(words, request.script_root + request.full_path.rstrip("?"), fields)
    abort(make_response(page("admin/again/show.html", 422, shown=shown)))


def shown_request(one: Held) -> ShownRequest:
    """The held form for its page."""
    endpoint, values = _place(one.path)
    words = wording.of(endpoint, values, one.fields)
    action = request.script_root + one.path + (f"?{one.query}" if one.query else "")
    return ShownRequest(words, action, one.fields, one)


def _place(path: str) -> tuple[str, dict[str, Any]]:
    try:
        endpoint, values = current_app.url_map.bind("").match(path, "POST")
    except HTTPException:  # an address of another version of the shop
        return "", {}
    return str(endpoint), dict(values)


def _kept(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in fields if name not in held_requests.UNTOLD]
