"""The contract and its calls, for programs."""

from flask import Flask, current_app
from flask.typing import ResponseReturnValue

from storefront.sandbox import bp
from storefront.sandbox.contract import document, openapi


@bp.get("/contract.json")
def contract_json() -> ResponseReturnValue:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return document.document(app)


@bp.get("/openapi.json")
def openapi_json() -> ResponseReturnValue:
    return openapi.document()
