"""The web's process, which `storefront serve` starts: granian, or Flask's server in development."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import click
from flask.cli import FlaskGroup
from granian.constants import Interfaces
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.server import MPServer
from werkzeug.serving import is_running_from_reloader
from werkzeug.utils import import_string

from storefront.core import polling, process
from storefront.providers.yamato.protocol import transport
from storefront.sms import failover

# of a web process: so many serve others while every text and all of Yamato hangs
THREADS = failover.AT_ONCE + transport.AT_ONCE + polling.AT_ONCE + 8
GRACE = 4  # seconds for requests under way, when a web process is told to end
# seconds: without its granian a web process answers until another granian has taken its place
HANDOVER = 3.0


@click.command()
@click.option("--parent", type=int, help="End when this process, which starts it, is gone.")
@click.option("--host", required=True)
@click.option("--port", type=int, required=True)
@click.option("--workers", type=int, default=1, show_default=True)
@click.option("--waiters", type=int, default=0, help="Requests that may wait, each a thread more.")
@click.option("--reload", is_flag=True, help="Start anew with changed code.")
@click.argument("app")
def main(
    parent: int | None, host: str, port: int, workers: int, waiters: int, reload: bool, app: str
) -> None:
    """Serve APP, given as module:name, until told to end."""
    if parent:
        process.end_with(os.getppid() if is_running_from_reloader() else parent)
    if reload:
        flask = ["--app", app, "run", "--reload", "--no-debugger"]
        FlaskGroup().main([*flask, "--host", host, "--port", str(port)])
    else:
        process.keep_little_memory()
        if multiprocessing.get_start_method() == "fork":
            import_string(app)  # once: the web processes share it
        serve(partial(import_string, app), host, port, workers, waiters)


def serve(
    load: Callable[[], Any], host: str, port: int, workers: int, waiters: int = 0
) -> NoReturn:
    """Serve what load gives in each web process, until told to end; this process ends with it."""
    server = _granian(host, port, workers, THREADS + waiters)
    server.serve(target_loader=partial(_load, os.getpid(), load))
    os._exit(0)  # Python would first take itself to pieces


def _granian(host: str, port: int, workers: int, threads: int) -> MPServer:
    server = MPServer(
        "storefront.wsgi:app",  # its name alone: target_loader gives it
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        http1_settings=HTTP1Settings(),
        http2_settings=HTTP2Settings(),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=GRACE,
    )
    # a hung-up terminal ends the shop, and whoever started this process says so
    server.on_startup(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    return server


def _load(granian: int, load: Callable[[], Any], _name: str) -> Any:
    """The app, in a web process that was started a moment ago.

    Granian's own handlers came along with the fork: they would swallow a signal until the app is
    there.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    process.end_with(granian, HANDOVER)
    return load()


if __name__ == "__main__":
    main()
