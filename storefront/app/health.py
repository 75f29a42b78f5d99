"""What the people who run the shop ask it: is it up, is it ready, how much does it do."""

import hmac

import sqlalchemy as sa
from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from storefront.core.extensions import csrf, db, limiter
from storefront.orders.models import Order
from storefront.outbox.models import OutboxRow
from storefront.ports.registry import providers
from storefront.worker import heartbeat

bp = Blueprint("operations", __name__)
csrf.exempt(bp)

ANSWERS = Counter("storefront_answers", "Answers of this process", ["endpoint", "status"])
SECONDS = Histogram("storefront_answer_seconds", "Time to an answer", ["endpoint"])


@bp.get("/healthz")
@limiter.exempt
def healthz() -> ResponseReturnValue:
    """This process answers; nobody else is asked."""
    return {"status": "ok"}


@bp.get("/readyz")
@limiter.exempt
def readyz() -> ResponseReturnValue:
    checks = {"database": _database(), "worker": "unknown", "providers": _providers()}
    if checks["database"] == "ok":
        checks["worker"] = "ok" if heartbeat.is_alive() else "late"
    is_ready = all(state == "ok" for state in checks.values())
    return {"status": "ok" if is_ready else "failing", "checks": checks}, 200 if is_ready else 503


def _database() -> str:
    try:
        db.session.execute(sa.text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return "failing"
    return "ok"


def _providers() -> str:
    """As this process knows them: each finds out by itself."""
    return "down" if providers().sms.is_down else "ok"


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    settings = current_app.config["SETTINGS"]
    token = settings.metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    is_theirs = hmac.compare_digest(given.encode(), token.encode()) and token
    if settings.is_production and not is_theirs:
        abort(404)
    return Response(generate_latest() + _business(), content_type=CONTENT_TYPE_LATEST)


def _business() -> bytes:
    """Figures of the whole shop, whichever process answers, but for the senders' state."""
    waiting = sa.select(sa.func.count()).where(OutboxRow.done_at.is_(None))
    orders = sa.select(sa.func.count()).select_from(Order)
    return (
        "# TYPE storefront_orders_total counter\n"
        f"storefront_orders_total {db.session.scalar(orders)}\n"
        "# TYPE storefront_outbox_waiting gauge\n"
        f"storefront_outbox_waiting {db.session.scalar(waiting)}\n"
        "# TYPE storefront_sms_down gauge\n"
        f"storefront_sms_down {providers().sms.is_down:d}\n"
    ).encode()
