"""Events and orders by JSON, and the panel's buttons for the same."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from storefront.forms import ShopForm
from storefront.sandbox import bodies, events, orders
from storefront.sandbox.routes import bp, panel_page

PLAYED = "played"


@bp.post("/orders")
def make_order() -> ResponseReturnValue:
    return orders.make(bodies.read()), 201


@bp.post("/events")
def play_event() -> ResponseReturnValue:
    return events.play(bodies.read())


@bp.post("/play")
def play_by_hand() -> ResponseReturnValue:
    """The button names the event; after a colon its result, forged with a !, doubled with a *."""
    kind, _, what = request.form.get("play", "").partition(":")
    body: dict[str, object] = {"event": kind, "order": request.form.get("order", "").strip()}
    if kind == "kuroneko-notice":
        times = 2 if what.endswith("*") else 1
        told = {"result": what.rstrip("!*"), "forged": what.endswith("!"), "times": times}
        body = {"event": kind, "tel": request.form.get("tel", ""), **told}
    if not ShopForm().validate():
        return panel_page(422, problem="もう一度ボタンを押してください (Press again)")
    try:
        events.play(body)
    except HTTPException as refused:
        return panel_page(422, problem=str(refused.description))
    return redirect(url_for("sandbox.panel", done=PLAYED), 303)


__all__ = ["bp"]
