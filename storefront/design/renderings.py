"""What was last shown in answer to a form, kept to be shown again by a changed template.

What answers a GET is asked for again. A form is not sent again: that would spend a try, or order
twice. Its answer is made anew of what the template was given; nothing is decided or written.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import (
    Flask,
    Response,
    before_render_template,
    g,
    render_template,
    request,
    template_rendered,
)
from flask.globals import request_ctx
from jinja2 import Template
from werkzeug.datastructures import ImmutableMultiDict

from storefront.core.extensions import db

MOST = 40  # answers that this process keeps
HEADER = "X-Design-Again"  # by which name the answer is kept
FLASKS_OWN = ("g", "request", "session")  # each rendering has its own


@dataclass(frozen=True)
class Rendering:
    """A template, what it was given, and the request that it answered."""

    template: str
    given: Mapping[str, Any]
    environ: Mapping[str, Any]
    form: ImmutableMultiDict[str, str]
    known: Mapping[str, Any]
    flashes: list[tuple[str, str]] | None


class Renderings:
    def __init__(self) -> None:
        self._kept: OrderedDict[str, Rendering] = OrderedDict()

    def keep(self, one: Rendering) -> str:
        name = secrets.token_urlsafe(9)
        self._kept[name] = one
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return name

    def find(self, name: str) -> Rendering | None:
        return self._kept.get(name)


def init_app(app: Flask) -> None:
    app.extensions["renderings"] = Renderings()
    before_render_template.connect(_begin, app)
    template_rendered.connect(_finish, app)
    app.after_request(_keep)


def again(app: Flask, name: str) -> str | None:
    """The whole page as the templates make it now; None where nothing is kept by this name."""
    kept: Renderings = app.extensions["renderings"]
    one = kept.find(name)
    if one is None:
        return None
    with app.request_context(_environ(one)) as context:
        context.request.form = one.form  # as it was read then
        _known().update(one.known)
        context.flashes = one.flashes
        html = render_template(one.template, **one.given)
        db.session.rollback()
    return html


def _begin(_app: Flask, template: Template, context: Mapping[str, Any], **_more: object) -> None:
    g.setdefault("design_unfinished", []).append((template.name, context))


def _finish(_app: Flask, **_more: object) -> None:
    """The last to be done is the page: what it includes by Python is done before."""
    g.design_rendered = g.design_unfinished.pop()


def _keep(response: Response) -> Response:
    """A page that a mistake kept from being done is the one to be shown once that is mended."""
    page = (g.get("design_unfinished") or [g.get("design_rendered")])[0]
    if request.method == "POST" and response.mimetype == "text/html" and page:
        kept: Renderings = request_ctx.app.extensions["renderings"]
        response.headers[HEADER] = kept.keep(_rendering(*page))
    return response


def _rendering(template: str, context: Mapping[str, Any]) -> Rendering:
    return Rendering(
        template,
        {name: value for name, value in context.items() if name not in FLASKS_OWN},
        dict(request.environ),
        request.form,
        {name: value for name, value in _known().items() if not name.startswith("design_")},
        request_ctx.flashes,
    )


def _known() -> dict[str, Any]:
    """What views and guards have found out for this request."""
    return vars(g._get_current_object())


def _environ(one: Rendering) -> dict[str, Any]:
    """Of the request then, asked for as a whole page, by the browser as it is now."""
    left = {
        name: value
        for name, value in one.environ.items()
        if not name.startswith(("HTTP_HX_", "wsgi.input", "werkzeug."))
    }
    cookies = request.environ.get("HTTP_COOKIE", "")
    return {**left, "HTTP_COOKIE": cookies, "CONTENT_LENGTH": "0"}
