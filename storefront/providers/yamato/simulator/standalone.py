"""Serving the simulator: as a process of its own, or in a thread beside the shop."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from storefront.providers.yamato.simulator.server import PREFIX, Simulator

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

HERE = "127.0.0.1"
ANY_FREE = 0
NOTICES_END = 0.1  # seconds at most until a server in a thread sees that it is closed


class Line(WSGIRequestHandler):
    """Writes nothing down for each request, and hangs up where nothing is to be answered."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def connection_dropped(
        self, error: BaseException, environ: "WSGIEnvironment | None" = None
    ) -> None:
        self.close_connection = True


class Served:
    """A simulator on a free port in a thread of this process, until it is closed."""

    def __init__(self, simulator: Simulator) -> None:
        self.process = os.getpid()  # a fork inherits the object, but neither thread nor socket
        self._server = _server(simulator, ANY_FREE)
        self._thread = Thread(
            target=self._server.serve_forever, args=(NOTICES_END,), name="yamato", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The address before the API."""
        return _url(self._server)

    @property
    def is_of_this_process(self) -> bool:
        return self.process == os.getpid()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()


def serve(simulator: Simulator, port: int, tell: Callable[[str], object]) -> None:
    """Until the process is stopped; tells its address once it listens.

    A port that is taken raises SystemExit, after werkzeug has said so.
    """
    server = _server(simulator, port)
    tell(_url(server))
    server.serve_forever()


@contextmanager
def running(simulator: Simulator) -> Iterator[str]:
    """The address of one that is served for a while."""
    with closing(Served(simulator)) as served:
        yield served.url


def _url(server: BaseWSGIServer) -> str:
    return f"http://{HERE}:{server.server_port}{PREFIX}"


def _server(simulator: Simulator, port: int) -> BaseWSGIServer:
    return make_server(HERE, port, simulator, threaded=True, request_handler=Line)
