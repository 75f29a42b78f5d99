"""Starting the shop: where it listens, and web and worker together."""

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from storefront.app.supervisor import Service, supervise
from storefront.config.settings import Settings

APP = "storefront.wsgi:app"
# glibc otherwise keeps memory that was freed: an arena a thread, and a password check's in the heap
FEW_HEAPS = ("env", "MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=1048576")


def addresses(settings: Settings) -> list[str]:
    """Lines that name the addresses a person wants to open."""
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


def port_fault(settings: Settings) -> str:
    """A line that says why the port cannot be listened on; empty where it can.

    A port is taken where anything listens on it, on any interface: granian would share it silently,
    and requests would go to either.
    """
    host, port = settings.listen_on, settings.port
    own = _listening_fails(host, port)
    if own not in {0, errno.EADDRINUSE}:
        return f"HOST, PORT: nobody may listen on {host}, port {port} ({os.strerror(own)})"
    everywhere = ("0.0.0.0", "::")  # noqa: S104  # tried, not kept
    if errno.EADDRINUSE in {own, *(_listening_fails(one, port) for one in everywhere)}:
        return f"PORT: {port} is taken by another program; end that, or set another PORT"
    return ""


def _listening_fails(host: str, port: int) -> int:
    """The number of the error, or 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        return error.errno or 0
    return 0


def run(settings: Settings, workers: int, clock: Callable[[], float] = time.monotonic) -> NoReturn:
    """Keep web and worker running until a signal to end, which this process does not survive."""
    web, worker = commands(settings, workers)
    with_us = ["--parent", str(os.getpid())]
    services = [Service("web", [*web, *with_us]), Service("worker", [*worker, *with_us])]
    supervise(services, _told_to_end(), clock)
    sys.stdout.flush()
    os._exit(0)  # Python would first take itself to pieces, which nobody waits for gladly


def _told_to_end() -> Callable[[], bool]:
    """Asks whether a signal to end has come."""
    came: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        is_nohup = number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN
        if not is_nohup:
            signal.signal(number, lambda number, _frame: came.append(number))
    return lambda: bool(came)


def commands(settings: Settings, workers: int) -> list[list[str]]:
    """Command lines of the web process and of the worker."""
    python = [*FEW_HEAPS, sys.executable, "-m"]
    web = [*python, "storefront.app.web_server"]
    web += ["--host", settings.listen_on, "--port", str(settings.port)]
    web += ["--reload"] if settings.storefront_env == "development" else []
    web += ["--workers", str(workers), "--waiters", str(_waiters(settings)), APP]
    return [web, [*python, "storefront", "worker"]]


def _waiters(settings: Settings) -> int:
    """Requests of a web process that may wait for a text or a mail of the sandbox."""
    if settings.is_production:
        return 0
    from storefront.sandbox.phone import inbox  # never loaded where real shoppers are

    return inbox.AT_ONCE
