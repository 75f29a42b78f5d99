"""The journal and the faults by JSON."""

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from storefront.sandbox import bp, schemas
from storefront.sandbox.outside import faults, journal
from storefront.sandbox.routes import panel_page
from storefront.web.forms import ShopForm


@bp.get("/requests")
def requests_json() -> ResponseReturnValue:
    """What the shop asked of the outside world, the newest first."""
    return jsonify(journal.told(request.args))


@bp.get("/faults")
def faults_json() -> ResponseReturnValue:
    """The faults that wait for a request."""
    return jsonify(faults.waiting())


@bp.post("/faults")
def add_fault() -> ResponseReturnValue:
    """Add a fault for the next requests to one part of the outside world."""
    return jsonify(faults.add(schemas.read()))


@bp.post("/fault")
def add_fault_by_hand() -> ResponseReturnValue:
    """The panel's buttons: one fault for the next request; 422 for what cannot be."""
    typed = {name: request.form.get(name, "").strip() for name in ("status", "delay")}
    if not ShopForm().validate():
        return panel_page(422, problem="もう一度ボタンを押してください (Press again)", typed=typed)
    numbers = {name: schemas.typed_whole(text) for name, text in typed.items() if text}
    try:
        faults.add({"to": request.form.get("to"), **numbers})
    except HTTPException as refused:
        return panel_page(422, problem=str(refused.description), typed=typed)
    return redirect(url_for("sandbox.panel", done="fault"), 303)
