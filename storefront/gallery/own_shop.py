"""A demo shop of one's own: in threads of this process, in a folder of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from pydantic import SecretStr
from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import make_server

from storefront import create_app
from storefront.config.settings import Settings
from storefront.core import migrate
from storefront.core.extensions import db
from storefront.sandbox import seeding
from storefront.worker.loop import Shift

EVERY = 0.3  # seconds between two looks of the worker into the outbox


@dataclass(frozen=True)
class OwnShop:
    url: str
    app: Flask


def _settings(folder: Path, url: str) -> Settings:
    """Everything is named: what the environment says is of another shop, perhaps a real one."""
    return Settings(
        storefront_env="test",
        instance=folder,
        database_url=f"sqlite:///{folder / 'storefront.sqlite3'}",
        redis_url=None,
        base_url=url,
        trusted_hosts="",
        trusted_proxies=0,
        sms_providers="sandbox",
        mail_url=SecretStr("sandbox:"),
        limits="relaxed",
        kuroneko_base_url="",
    )


@contextmanager
def open_shop(folder: Path) -> Iterator[OwnShop]:
    """Serve a fresh demo shop; its address is known before it is made, for links in mails."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    server.app = app = create_app(_settings(folder, url))
    with app.app_context():
        migrate.migrate()
        seeding.seed_if_empty()
    shift, web = Shift(app, EVERY), threading.Thread(target=server.serve_forever, daemon=True)
    shift.start()
    web.start()
    yield OwnShop(url, app)
    shift.stop()
    server.shutdown()
    web.join()
    server.server_close()
    close_all_sessions()
    with app.app_context():
        db.engine.dispose()
    app.extensions["queue"].storage.close()
