"""Showing a held request in its own form, and forgetting it once it was done."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict

from storefront.admin.auth import held_requests, sessions
from storefront.admin.auth.gate import me
from storefront.admin.auth.held_requests import Held
from storefront.admin.held_requests import screen
from storefront.web.rendering import SHOWN_AGAIN, page

bp = Blueprint("again", __name__, url_prefix="/again")


@bp.get("/<token>")
def show(token: str) -> ResponseReturnValue:
    """The page that the held form was sent from, filled in as it was; a sentence where it was done
    or is a day old."""
    one = held_requests.find(token, me().id)
    if one is None:
        flash(_("この操作は、すでに済んでいるか、保存の期限(24時間)を過ぎています"))
        return redirect(url_for("admin.home.show"), 303)
    answer = _answer_to(one)
    if answer.status_code == 404:  # what it was for is gone: what was typed need not go with it
        return page("admin/again/gone.html", shown=screen.shown_request(one))
    return answer


def forget_done(response: Response) -> Response:
    """Delete a held form once it was sent again and led somewhere."""
    if request.method == "POST" and response.status_code < 400:
        found = sessions.current()
        if found and found.is_whole and request.form.get("held"):
            held_requests.forget(request.form["held"], found.person_id)
    return response


def _answer_to(one: Held) -> Response:
    """As its view answers a form without a token: nothing is done, and all is as it was typed."""
    environ: dict[str, Any] = {
        **request.environ,
        "REQUEST_METHOD": "POST",
        "PATH_INFO": one.path.encode().decode("latin-1"),
        "QUERY_STRING": one.query,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": "0",
        SHOWN_AGAIN: one,
    }
    environ.pop("HTTP_X_CSRFTOKEN", None)
    with current_app.request_context(environ) as context:
        context.request.form = ImmutableMultiDict(one.fields)
        context.request.files = ImmutableMultiDict()
        return current_app.full_dispatch_request()
