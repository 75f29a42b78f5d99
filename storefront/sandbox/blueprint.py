"""The addresses of the sandbox, which answer a program in JSON."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

bp = Blueprint("sandbox", __name__, url_prefix="/sandbox")


@bp.errorhandler(HTTPException)
def say_why(error: HTTPException) -> ResponseReturnValue:
    return {"error": error.description}, error.code or 500
