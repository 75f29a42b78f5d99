"""A demo shop of one's own: in threads of this process, in a folder of its own."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from pydantic import SecretStr
from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import BaseWSGIServer, make_server

from storefront import create_app
from storefront.config.settings import OFF, OwnSettings, Settings
from storefront.core.extensions import db
from storefront.sandbox import seeding
from storefront.sandbox.yamato import connection
from storefront.worker.loop import Shift

DATABASE = "storefront.sqlite3"
EVERY = 0.3  # seconds between two looks of the worker into the outbox
LOOK = 0.05  # seconds between two looks of the server whether it is to end


@dataclass(frozen=True)
class OwnShop:
    url: str
    app: Flask


def settings(
    folder: Path, url: str, own_codes: bool = False, env: str = "test", theme: str = ""
) -> Settings:
    """Of a demo shop; its own codes prove a phone, or Yamato's (the simulator's)."""
    given: dict[str, Any] = {
        "storefront_env": env,
        "instance": folder,
        "base_url": url,
        "sms_providers": "sandbox",
        "mail_url": SecretStr("sandbox:"),
        "limits": "relaxed",
        "kuroneko_base_url": OFF if own_codes else "",
        "storefront_theme": theme,
    }
    return OwnSettings(**given)


@contextmanager
def open_shop(
    folder: Path, port: int = 0, own_codes: bool = False, env: str = "test", theme: str = ""
) -> Iterator[OwnShop]:
    """Serve the demo shop in a folder; it is made where the folder has none.

    Port 0 is any that is free. Raises SystemExit where the port is taken.
    """
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    is_new = not (folder / DATABASE).exists()
    # the address is known before the app is made: links in mails hold it
    server = make_server("127.0.0.1", port, _nothing, threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    server.app = app = create_app(settings(folder, url, own_codes, env, theme))
    hurry(app)
    if is_new:
        make_demo(app)
    shift, web = Shift(app, EVERY), threading.Thread(target=_serve, args=(server,), daemon=True)
    shift.start()
    web.start()
    yield OwnShop(url, app)
    shift.stop()
    server.shutdown()
    web.join()
    server.server_close()
    close(app)


def _nothing(_environ: object, _start: object) -> list[bytes]:
    return []


def _serve(server: BaseWSGIServer) -> None:
    server.serve_forever(LOOK)


def make_demo(app: Flask) -> None:
    """Migrate the app's database, and write the demo shop into it where it is empty."""
    from storefront.core import migrate  # brings Alembic, which a shop that is there needs not

    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
        db.session.remove()


def hurry(app: Flask) -> None:
    """Wait for no disk: nobody pulls the plug on a shop that is made for a test."""
    with app.app_context():
        sa.event.listen(db.engine, "connect", _not_durable)
        db.engine.dispose()  # connections that are open wait for the disk


def _not_durable(driver: Any, _record: object) -> None:
    if isinstance(driver, sqlite3.Connection):
        driver.execute("PRAGMA synchronous=OFF")


def close(app: Flask) -> None:
    """Leave no connection open, to the simulator and the databases."""
    connection.close(app)
    close_all_sessions()
    with app.app_context():
        db.engine.dispose()
    app.extensions["queue"].storage.close()
