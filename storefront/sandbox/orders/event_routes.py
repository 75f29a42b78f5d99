"""Events and orders by JSON, and the panel's buttons for the same."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from storefront.sandbox import bp, schemas
from storefront.sandbox.orders import events, order_api
from storefront.sandbox.routes import panel_page
from storefront.web.forms import ShopForm

PLAYED = "played"
NOTICES: dict[str, events.Body] = {
    "ok": {"result": "ok"},
    "ng": {"result": "ng"},
    "ok-twice": {"result": "ok", "times": 2},
    "forged-ok": {"result": "ok", "forged": True},
    "forged-ng": {"result": "ng", "forged": True},
}


@bp.post("/orders")
def make_order() -> ResponseReturnValue:
    """POST /sandbox/orders, see order_api.make."""
    return order_api.make(schemas.read()), 201


@bp.post("/events")
def play_event() -> ResponseReturnValue:
    """POST /sandbox/events, see events.play."""
    return events.play(schemas.read())


@bp.post("/play")
def play_by_hand() -> ResponseReturnValue:
    """The panel's buttons. Each names its event; a button for a notice says after a colon which
    result it brings."""
    kind, _, which = request.form.get("play", "").partition(":")
    typed = {name: request.form.get(name, "").strip() for name in ("order", "tel")}
    named = {name: text for name, text in typed.items() if text}
    if not ShopForm().validate():
        return panel_page(422, problem="もう一度ボタンを押してください (Press again)", typed=typed)
    try:
        events.play({"event": kind, **named, **NOTICES.get(which, {})})
    except HTTPException as refused:
        return panel_page(422, problem=str(refused.description), typed=typed)
    return redirect(url_for("sandbox.panel", done=PLAYED), 303)
