"""Starting the shop: migrating, seeding, and running web and worker together."""

import signal
import subprocess
import sys
import time
from types import FrameType

from storefront.config import Settings
from storefront.extensions import db, transaction
from storefront.kuroneko import transport
from storefront.sms import failover

# of a web process: so many serve others while every text and all of Yamato hangs
THREADS = failover.AT_ONCE + transport.AT_ONCE + 8
# or each thread keeps what it freed for itself, and the heap what one password check took
FEW_HEAPS = ("env", "MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=1048576")
YEAR = 365  # days of made-up trade that a new demo shop looks back on
PATIENCE = 8.0  # seconds for everything to end


def seed_if_empty(days_of_history: int = 0) -> bool:
    """The demo shop, with so many days of made-up trade where they are asked for."""
    from storefront.sandbox import demo, history

    if not demo.is_empty():
        return False
    with transaction():
        demo.seed()
        history.write(days_of_history)
    return True


def addresses(settings: Settings) -> list[str]:
    """What a person wants to open."""
    base = settings.base_url
    lines = [f"Shop           {base}/"]
    if not settings.is_production:
        lines += [
            f"Phone          {base}/sandbox/phone",
            f"Mailbox        {base}/sandbox/mailbox",
            f"Control panel  {base}/sandbox/",
        ]
    lines.append(f"Admin          {base}/admin/")
    return lines


def run(settings: Settings, workers: int) -> int:
    """Keep web and worker running until a signal, or until one of them dies: its exit code."""
    db.session.remove()  # a view kept open here would keep SQLite's log growing for ever
    children = [subprocess.Popen(command) for command in commands(settings, workers)]  # noqa: S603
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.1)
    code = 0 if stopping else max(child.poll() or 0 for child in children)
    _end(children)
    return code


def commands(settings: Settings, workers: int) -> list[list[str]]:
    """What serves the web, and what works behind it."""
    host = "127.0.0.1" if not settings.is_production else "0.0.0.0"  # noqa: S104
    python = [*FEW_HEAPS, sys.executable]
    web = [*python, "-m", "granian", "--interface", "wsgi", "--host", host]
    web += ["--port", str(settings.port), "--workers", str(workers)]
    web += ["--blocking-threads", str(THREADS), "--log-level", "error", "storefront.wsgi:app"]
    if settings.storefront_env == "development":  # a server that starts anew with changed code
        web = [
            *python,
            "-m",
            "flask",
            "--app",
            "storefront.wsgi",
            "run",
            "--reload",
            "--no-debugger",
        ]
        web += ["--host", host, "--port", str(settings.port)]
    return [web, [*python, "-m", "storefront", "worker"]]


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
