"""Any state of any screen by one call: its list, the call for programs, and the panel's buttons."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from flask import Flask, abort, current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from storefront.core.client_address import client_address
from storefront.gallery import arriving
from storefront.gallery.arriving import Arrival, LeadsElsewhere
from storefront.gallery.states import OWNERS, STATES, State
from storefront.sandbox import bp, schemas
from storefront.sandbox.routes import panel_page
from storefront.web.forms import ShopForm

BY_SLUG = {state.slug: state for state in (*STATES, *OWNERS)}
LANGUAGES = ("ja", "en")
EXAMPLE = 'Post {"slug": "sms-expired", "lang": "ja" or "en"}; GET /sandbox/states lists the slugs'


def init_app(app: Flask) -> None:
    """Tell the control panel which states to have buttons for, and the contract which there are;
    the calls are the sandbox's own, registered with it."""
    app.jinja_env.globals["sandbox_states"] = _by_screen(STATES)
    app.extensions["gallery_states"] = _listed()


def _by_screen(states: Iterable[State]) -> list[tuple[str, Sequence[State]]]:
    """By what stands before the colon of their titles, in the order of the shop."""
    ordered = list(dict.fromkeys(map(_screen, states)))
    by_place = sorted(states, key=lambda state: ordered.index(_screen(state)))
    return [(screen, list(its)) for screen, its in groupby(by_place, key=_screen)]


def _screen(state: State) -> str:
    return state.title.partition(":")[0]


@bp.get("/states")
def list_states() -> ResponseReturnValue:
    return _listed()


def _listed() -> list[dict[str, Any]]:
    """Each state as GET /sandbox/states tells it, in the order of the shop."""
    return [
        {
            "slug": one.slug,
            "title": one.title,
            "screen": one.screen,
            "status": one.status,
            **asdict(one.shown),
        }
        for one in STATES
    ]


@bp.post("/states")
def bring_about() -> ResponseReturnValue:
    body = schemas.read()
    if body.keys() - {"slug", "lang"}:
        abort(400, EXAMPLE)
    arrival = _bring(body.get("slug"), body.get("lang", LANGUAGES[0]))
    return {
        "url": arrival.url,
        "storage_state": {"cookies": _cookies(arrival), "origins": []},
        "tel": arrival.tel or None,
        "email": arrival.email or None,
        "code": arrival.code,
        "number": arrival.number,
    }, 201


def _bring(slug: object, language: object) -> Arrival:
    """Raises 4xx with a sentence."""
    state = BY_SLUG.get(slug) if isinstance(slug, str) else None
    if state is None:
        abort(404, "slug: no such state; GET /sandbox/states lists them")
    if language not in LANGUAGES:
        abort(400, EXAMPLE)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        url = request.host_url.rstrip("/")
        return arriving.bring(state, str(language), app, url, client_address())
    except LeadsElsewhere as why:
        abort(409, f"{why}. Is the shop as its demo is? POST /sandbox/reset makes it new")


def _cookies(arrival: Arrival) -> list[dict[str, Any]]:
    """As Playwright's storage_state has them."""
    return [
        {
            "name": name,
            "value": value,
            "domain": request.host.partition(":")[0],
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": current_app.config["SETTINGS"].is_https,
            "sameSite": "Lax",
        }
        for name, value in arrival.cookies.items()
    ]


@bp.post("/states/open")
def open_state() -> ResponseReturnValue:
    """The panel's buttons: this browser becomes the guest, and shows the state."""
    if not ShopForm().validate():
        return panel_page(422, problem="もう一度ボタンを押してください (Press again)")
    language = LANGUAGES["english" in request.form]
    try:
        arrival = _bring(request.form.get("slug"), language)
    except HTTPException as refused:
        return panel_page(422, problem=str(refused.description))
    answer = redirect(arrival.url, 303)
    for one in _cookies(arrival):
        is_secure = bool(one["secure"])
        answer.set_cookie(
            one["name"], one["value"], secure=is_secure, httponly=True, samesite="Lax"
        )
    return answer
