"""Starting the shop: where it listens, and web and worker together."""

import errno
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from flask import Flask

from storefront.app import connections
from storefront.app.supervisor import Service, supervise
from storefront.config.settings import Settings
from storefront.core import process
from storefront.worker import loop

APP = "storefront.wsgi:app"


def addresses(settings: Settings) -> list[str]:
    """Lines that name the addresses a person wants to open."""
    base = settings.base_url
    lines = [f"Shop           {base}/"]
    if not settings.is_production:
        lines += [
            f"Phone          {base}/sandbox/phone",
            f"Mailbox        {base}/sandbox/mailbox",
            f"Control panel  {base}/sandbox/",
            f"Design         {base}/design/",
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


def run(app: Flask, workers: int, clock: Callable[[], float] = time.monotonic) -> NoReturn:
    """Keep web and worker running until a signal to end, which this process does not survive."""
    process.keep_little_memory()
    connections.close(app)
    gc.freeze()  # as the processes share it
    web, worker = jobs(app, workers)
    supervise([Service("web", web), Service("worker", worker)], _told_to_end(), clock)
    sys.stdout.flush()
    os._exit(0)  # Python would first take itself to pieces, which nobody waits for gladly


def jobs(app: Flask, workers: int) -> tuple[Callable[[], object], Callable[[], object]]:
    """The work of the web's process and of the worker's, in processes that have the app; but code
    that is watched for changes is loaded anew, and only Linux forks whatever was loaded."""
    settings = app.config["SETTINGS"]
    if settings.storefront_env == "development" or sys.platform != "linux":
        with_us = ["--parent", str(os.getpid())]
        web, worker = ([*command, *with_us] for command in commands(settings, workers))
        return partial(os.execv, web[0], web), partial(os.execv, worker[0], worker)
    from storefront.app import web_server  # granian, which no other command needs

    where = settings.listen_on, settings.port
    web_process = partial(web_server.serve, lambda: app, *where, workers, _waiters(settings))
    return web_process, partial(loop.work, app)


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
    python = [sys.executable, "-m"]
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
