"""The designers' kit: what shows a template's mistakes, its states and its changes. A production
process never loads it."""

from flask import Blueprint, Flask

bp = Blueprint("design", __name__, url_prefix="/design")


def init_app(app: Flask) -> None:
    from storefront.design import components, states  # noqa: F401  # each adds its addresses

    states.init_app(app)
    app.register_blueprint(bp)
