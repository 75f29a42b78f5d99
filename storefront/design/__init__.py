"""The designers' kit: what shows a template's mistakes, its states and its changes. A production
process never loads it."""

from flask import Blueprint, Flask

bp = Blueprint("design", __name__, url_prefix="/design")


def init_app(app: Flask) -> None:
    """Add the kit's addresses. In development a mistake has a page of its own, and what is saved is
    seen; there and in tests a name that nobody gave is one."""
    from storefront.design import (
        live,
        mails,  # noqa: F401  # adds its addresses
        mistake_page,
        mistakes,
        sentences,  # noqa: F401
        tokens,  # noqa: F401
    )
    from storefront.design.screens import components, states  # noqa: F401

    states.init_app(app)
    app.register_blueprint(bp)
    env = app.config["SETTINGS"].storefront_env
    if env in {"development", "test"}:
        app.jinja_env.undefined = mistakes.Strict
    if env == "development":
        mistake_page.init_app(app)
        live.init_app(app)
