"""Error pages in the shopper's words."""

import sqlalchemy as sa
import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, InternalError, OperationalError, ProgrammingError
from werkzeug.exceptions import HTTPException

from storefront.core.extensions import db
from storefront.core.tracebacks import traced
from storefront.web.rendering import page

log = structlog.get_logger()

MISSING = ("42P01", "42703")  # what PostgreSQL calls a table and a column that is not there
UNHEARD_OF = (None, "22003")  # a text with a zero byte, and a number larger than any of its columns


def not_found() -> ResponseReturnValue:
    return page("errors/error.html", 404, **_words(404))


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_down)
    app.register_error_handler(sa.exc.TimeoutError, _database_down)
    app.register_error_handler(InternalError, _cut_off)
    app.register_error_handler(ProgrammingError, _not_migrated)
    app.register_error_handler(DataError, _in_no_table)
    app.register_error_handler(Exception, fault)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error
    # a foreign host name is a 400 without any address to link to
    template = "errors/bare.html" if code == 400 else "errors/error.html"
    try:
        body = render_template(template, status=code, **_words(code))
    except (OperationalError, sa.exc.TimeoutError) as down:
        return _database_down(down)
    kept = {"Retry-After", "Allow"}
    headers = [(name, value) for name, value in error.get_headers() if name in kept]
    return body, code, headers


def _database_down(error: Exception) -> ResponseReturnValue:
    log.error("database_not_reached", endpoint=request.endpoint, error=type(error).__name__)
    return _bare(503)


def _cut_off(error: InternalError) -> ResponseReturnValue:
    """PostgreSQL ends a session that has kept a transaction open for too long."""
    return _database_down(error) if error.connection_invalidated else fault(error)


def _not_migrated(error: ProgrammingError) -> ResponseReturnValue:
    """SQLite has no table to do it with; PostgreSQL takes that for a fault of the program."""
    is_missing = getattr(error.orig, "sqlstate", "") in MISSING
    return _database_down(error) if is_missing else fault(error)


def _in_no_table(error: DataError) -> ResponseReturnValue:
    """What PostgreSQL cannot keep, it does not look for either; SQLite does, and finds nothing."""
    if getattr(error.orig, "sqlstate", "") not in UNHEARD_OF:
        return fault(error)
    db.session.rollback()
    return not_found()


def fault(error: Exception) -> ResponseReturnValue:
    """The shopper's page; the log has where it happened, first in which template."""
    log.error("request_failed", **traced(error), endpoint=request.endpoint)
    return _bare(500)


def _bare(status: int) -> ResponseReturnValue:
    """A page that asks the database for nothing."""
    db.session.rollback()
    words = _words(status)
    headers = {"Retry-After": "30", "Cache-Control": "no-store"} if status == 503 else {}
    return render_template("errors/bare.html", status=status, **words), status, headers


def _words(status: int) -> dict[str, object]:
    title, text = {
        400: (
            _("この操作を受け付けられませんでした"),
            _("ページを開きなおして、もう一度お試しください。カートの商品は残っています。"),
        ),
        403: (
            _("この操作をする権限がありません"),
            _("店舗のオーナーに依頼してください。"),
        ),
        404: (
            _("ページが見つかりませんでした"),
            _("商品を探すか、トップページからお進みください。"),
        ),
        405: (
            _("このページはそのままでは開けません"),
            _("トップページかカートからお進みください。"),
        ),
        413: (
            _("送られた内容が大きすぎます"),
            _("入力を短くして、もう一度お試しください。"),
        ),
        429: (
            _("操作が続いたため、少しお待ちください"),
            _("短い時間に操作が続きました。しばらくしてから、もう一度お試しください。"),
        ),
        500: (
            _("ただいまページを表示できません"),
            _("時間をおいて、もう一度お試しください。カートは保存されています。"),
        ),
        503: (
            _("ただいま接続が混み合っています"),
            _("カートは保存されています。少しあとで、もう一度お試しください。"),
        ),
    }.get(status, (_("この操作を受け付けられませんでした"), _("ページを開きなおしてください。")))
    return {"title": title, "text": text}
