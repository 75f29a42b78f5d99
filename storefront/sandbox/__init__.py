"""The sandbox: the outside world of a test shop (phone, mailbox, clock, Yamato, payment pages). A
production process never loads it."""

import structlog
from flask import Blueprint, Flask, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError, InvalidRequestError, NoResultFound
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException

from storefront.core.extensions import csrf, db, limiter

log = structlog.get_logger()
bp = Blueprint("sandbox", __name__, url_prefix="/sandbox")

GONE = (ObjectDeletedError, StaleDataError, NoResultFound)
GONE_IN_WORDS = {
    InvalidRequestError: "could not refresh instance",
    IntegrityError: "foreign key constraint",
}


def init_app(app: Flask) -> None:
    """Add the sandbox's addresses, its clock, and the reports that its senders and its Yamato make
    later."""
    from storefront.sandbox import (
        demo_owner,
        erasure,
        guests,
        outside_routes,  # noqa: F401  # each adds its addresses
        routes,  # noqa: F401
        stock,
        time,
    )
    from storefront.sandbox.contract import routes as contract_routes  # noqa: F401
    from storefront.sandbox.orders import event_routes, hosted_pages  # noqa: F401
    from storefront.sandbox.phone import phone, scenarios
    from storefront.sandbox.yamato import notices
    from storefront.sandbox.yamato.credit_numbers import CREDIT

    csrf.exempt(bp)  # programs post JSON to it; the panel's form checks its own token
    limiter.exempt(bp)  # a test of the floods reads its texts here
    app.register_blueprint(bp)
    app.jinja_env.globals["sandbox_owner"] = demo_owner.way_in
    app.jinja_env.globals["sandbox_scenarios"] = (
        *scenarios.SCENARIOS,
        *(CREDIT if app.extensions["providers"].credits else ()),
    )
    for error in (*GONE, *GONE_IN_WORDS):
        app.register_error_handler(error, _begin_anew)
    time.install()
    app.before_request(time.look)
    stock.install(app)
    guests.init_app(app)
    app.extensions["yamato_text"] = phone.take_from_yamato
    app.extensions.setdefault("periodic_tasks", []).extend([phone.report_due, notices.push_due])
    app.extensions.setdefault("erasers", []).append(erasure.erase)

    @app.before_request
    def hear_reports() -> None:
        if request.path.startswith("/checkout"):
            phone.report_due()
            notices.push_due_later()

    @app.after_request
    def let_the_screen_be_seen(response: Response) -> Response:
        if request.endpoint == "checkout.sms" and response.status_code == 200:
            notices.push_due()
        return response


@bp.errorhandler(HTTPException)
def _say_why(error: HTTPException) -> ResponseReturnValue:
    return {"error": error.description}, error.code or 500


def _begin_anew(error: Exception) -> ResponseReturnValue:
    """A reset took away what this request was at work on: only the sandbox deletes that."""
    words = GONE_IN_WORDS.get(type(error), "")
    if words not in str(error).lower():
        raise error
    log.warning("sandbox_request_overtaken", endpoint=request.endpoint, error=type(error).__name__)
    db.session.rollback()
    return redirect(url_for("cart.show"), 303)
