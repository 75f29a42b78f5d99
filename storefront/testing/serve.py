"""A test shop in one process: server, worker and Yamato's simulator in its threads."""

import json
import os
import signal
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from storefront.core import process
from storefront.core.extensions import db
from storefront.gallery.own_shop import OwnShop, open_shop
from storefront.testing import template
from storefront.worker import heartbeat

STDIN = 0
SOON = 0.02  # seconds between two looks


@contextmanager
def opened(
    port: int = 0, own_codes: bool = False, env: str = "test", theme: str = ""
) -> Iterator[OwnShop]:
    """Serve a demo shop as new, a copy of the template; its folder goes with it."""
    with template.copied() as folder, open_shop(folder, port, own_codes, env, theme) as shop:
        shop.app.jinja_env.bytecode_cache = template.compiled(folder)
        _wait_for_worker(shop.app)
        yield shop


def _wait_for_worker(app: Flask) -> None:
    """Return when it has given its first sign of life, so that /readyz says ok."""
    end = time.monotonic() + heartbeat.LATE.total_seconds()
    with app.app_context():
        while not heartbeat.is_alive() and time.monotonic() < end:
            db.session.rollback()  # the next look is at a later moment
            time.sleep(SOON)
        db.session.remove()


def run(port: int, own_codes: bool, tell: Callable[[str], object]) -> None:
    """Serve one until a signal to end, or until whoever started it closes its stdin."""
    process.keep_little_memory()
    over = _told_to_end()
    sys.stdout = sys.stderr  # the log; stdout has the one line that programs read
    with opened(port, own_codes, env="demo") as shop:
        tell(shop.url)
        over.wait()


def _told_to_end() -> threading.Event:
    over = threading.Event()
    ends = [signal.SIGTERM, signal.SIGINT]  # whatever a shell in the background ignores
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup would have it
        ends.append(signal.SIGHUP)
    for number in ends:
        signal.signal(number, lambda _number, _frame: over.set())
    if _is_held(STDIN):
        threading.Thread(target=_until_closed, args=(over,), daemon=True).start()
    return over


def _is_held(number: int) -> bool:
    """Whether stdin is a pipe that somebody holds; a terminal or /dev/null is not."""
    try:
        mode = os.fstat(number).st_mode
    except OSError:  # closed from the start
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _until_closed(over: threading.Event) -> None:
    while os.read(STDIN, 1024):
        pass
    over.set()


def told(url: str, as_json: bool) -> str:
    """The line that says where the shop is."""
    if as_json:
        return json.dumps({"url": url, "pid": os.getpid()})
    return f"Shop  {url}/\nEnds with Ctrl-C."
