"""The pictures on the cards of payment methods."""

from flask import Blueprint, Response, abort

from storefront.payments import logos

bp = Blueprint("payments", __name__)


@bp.get("/logos/<mark>.png")
def logo(mark: str) -> Response:
    """Its name is made of its content, so a browser never needs to ask for it again."""
    png = logos.find(mark)
    if png is None:
        abort(404)
    answer = Response(png, mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
