"""The shop as a phone meets it: a real server, a small screen, with JavaScript and without."""

import itertools
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright, ViewportSize
from sqlalchemy.orm import close_all_sessions
from werkzeug.serving import make_server

from storefront import create_app
from storefront.extensions import db
from storefront.outbox import heartbeat, worker
from tests.conftest import settings
from tests.e2e.pages import Shopper
from tests.e2e.sandbox import Sandbox

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")
REFUSED = re.compile(r"^Failed to load resource: the server responded with a status of 4(04|22) ")
COUNTER = itertools.count(1)


@pytest.fixture(scope="session")
def base_url(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo shop and its worker, served to the end of the session."""
    folder = shutil.copytree(seeded, tmp_path_factory.mktemp("e2e") / "instance")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, lambda _environ, _start: [], threaded=True)
    url = f"http://127.0.0.1:{server.port}"
    server.app = app = create_app(settings(folder, base_url=url))
    stop = heartbeat.keep_beating(app)

    def work() -> None:
        while not stop.wait(0.3):
            with app.app_context():
                worker.run_due()

    threads = [threading.Thread(target=run, daemon=True) for run in (server.serve_forever, work)]
    for thread in threads:
        thread.start()
    yield url
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join()
    server.server_close()
    close_all_sessions()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module", autouse=True)
def as_new(base_url: str) -> None:
    """Each journey's file begins with the demo shop as new, its clock on time."""
    Sandbox(base_url).reset()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright
) -> dict[str, Any]:
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    path = os.environ.get("CHROMIUM") or on_path or playwright.chromium.executable_path
    if not shutil.which(path):
        pytest.exit("No Chromium: install the package chromium, or set CHROMIUM to one.", 2)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [*QUIET, "--no-first-run", *as_root],
    }


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def js(request: pytest.FixtureRequest) -> bool:
    """Every test runs with JavaScript on and off, unless it is marked with_js."""
    return bool(request.param)


@pytest.fixture
def screen() -> ViewportSize:
    return {"width": 390, "height": 844}


@pytest.fixture
def lang() -> str:
    return "ja"
