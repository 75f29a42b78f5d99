"""Pages of the catalogue, kept as rendered until anything is committed to the database."""

import secrets
import sqlite3
from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache, wraps
from threading import Lock
from typing import Any, cast

import sqlalchemy as sa
from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from storefront.core import clock
from storefront.core.extensions import db
from storefront.web import themes

MOST = 128  # pages of each view: some two megabytes for each of the four that are kept
TOKEN = f"token-{secrets.token_hex(16)}"  # stands where each session's own belongs

View = Callable[..., ResponseReturnValue]
Rendered = tuple[str, int]


class Versions:
    """Tells whether anything was committed since it was last asked, by whatever process."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.lock = Lock()
        self.line: Any = None  # SQLite counts commits as one connection that makes none sees them
        self.lines = 0  # so far: what two connections count cannot be compared
        sa.event.listen(engine, "engine_disposed", self._hang_up)

    def now(self) -> Hashable:
        """Equal as long as every reader would find the same; raises sqlite3.Error."""
        if self.engine.dialect.name != "sqlite":
            with self.engine.connect() as connection:
                snapshot = sa.select(sa.func.pg_current_snapshot().cast(sa.Text))
                return self, connection.scalar(snapshot)
        with self.lock:
            if self.line is None:
                self.line = self.engine.raw_connection()
                self.lines += 1
            return self, self.lines, self.line.execute("PRAGMA data_version").fetchone()

    def _hang_up(self, _engine: sa.Engine) -> None:
        with self.lock:
            if self.line is not None:
                self.line.close()
            self.line = None


def init_app(app: Flask) -> None:
    with app.app_context():
        app.extensions["versions"] = Versions(db.engine)


def kept(view: View) -> View:
    """For a view that shows the same to everyone whose cart is empty, but for form tokens."""

    @lru_cache(MOST)
    def rendered(
        _version: Hashable,
        _look: themes.Theme,
        _address: str,
        _is_htmx: bool,
        _day: date,
        **values: Any,
    ) -> Rendered:
        body, status = cast(Rendered, view(**values))
        return (body.replace(generate_csrf(), TOKEN) if "csrf_token" in g else body), status

    @wraps(view)
    def answer(**values: Any) -> ResponseReturnValue:
        version = _version()
        if version is None:
            return view(**values)
        address = request.script_root + request.full_path
        look = themes.current()
        body, status = rendered(version, look, address, _is_htmx(), clock.today(), **values)
        return (body.replace(TOKEN, generate_csrf()) if TOKEN in body else body), status

    return answer


def _is_htmx() -> bool:
    return bool(cast(Any, request).htmx)


def _version() -> Hashable | None:
    """None where the page must be rendered anew: for a cart, and while templates are written."""
    is_for_one = bool(request.cookies.keys() - {current_app.config["SESSION_COOKIE_NAME"]})
    if is_for_one or current_app.config["TEMPLATES_AUTO_RELOAD"]:
        return None
    versions: Versions = current_app.extensions["versions"]
    try:
        return versions.now()
    except (sqlite3.Error, sa.exc.SQLAlchemyError):  # the view will say what is wrong
        return None
