"""Serving the simulator: as a process of its own, or in a thread beside the shop."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from storefront.kuroneko.simulator.server import PREFIX, Simulator

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HERE = "127.0.0.1"
ANY_FREE = 0


class Line(WSGIRequestHandler):
    """Writes nothing down for each request, and hangs up where nothing is to be answered."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def connection_dropped(
        self, error: BaseException, environ: "WSGIEnvironment | None" = None
    ) -> None:
        self.close_connection = True


def serve(simulator: Simulator, port: int) -> None:
    """Until the process is stopped."""
    _server(simulator, port).serve_forever()


def in_thread(simulator: Simulator) -> str:
    """Serve on a free port as long as the process lives; gives the address before the API."""
    return _start(simulator)[1]


@contextmanager
def running(simulator: Simulator) -> Iterator[str]:
    """As in_thread, but only for a while."""
    server, url = _start(simulator)
    try:
        yield url
    finally:
        server.shutdown()
        server.server_close()


def _start(simulator: Simulator) -> tuple[BaseWSGIServer, str]:
    server = _server(simulator, ANY_FREE)
    Thread(target=server.serve_forever, name="kuroneko-simulator", daemon=True).start()
    return server, f"http://{HERE}:{server.server_port}{PREFIX}"


def _server(simulator: Simulator, port: int) -> BaseWSGIServer:
    return make_server(HERE, port, simulator, threaded=True, request_handler=Line)
