"""Serving the simulator, as a process of its own or in a thread of the shop's."""

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
    """A request handler that logs nothing and closes the connection where no answer is to be
    sent."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""
        pass

    def connection_dropped(
        self, error: BaseException, environ: "WSGIEnvironment | None" = None
    ) -> None:
        """End the connection without an answer."""
        self.close_connection = True


class Served:
    """A simulator on a free port, in a thread of this process, until close()."""

    def __init__(self, simulator: Simulator) -> None:
        self.process = os.getpid()  # a fork inherits the object, but neither thread nor socket
        self._server = _server(simulator, ANY_FREE)
        self._thread = Thread(
            target=self._server.serve_forever, args=(NOTICES_END,), name="yamato", daemon=True
        )
        self._thread.start()

    @property
    def url(self) -> str:
        """The base address, to which the name of an API is added."""
        return _url(self._server)

    @property
    def is_of_this_process(self) -> bool:
        """Whether the thread runs here, not in the process that this one was forked from."""
        return self.process == os.getpid()

    def close(self) -> None:
        """Stop serving and wait for the thread."""
        self._server.shutdown()
        self._thread.join()


def serve(simulator: Simulator, port: int, tell: Callable[[str], object]) -> None:
    """Serve on this port until the process is stopped; tell gets the address once it listens. A
    port that is taken raises SystemExit."""
    server = _server(simulator, port)
    tell(_url(server))
    server.serve_forever()


@contextmanager
def running(simulator: Simulator) -> Iterator[str]:
    """Serve on a free port inside the with block; gives the base address."""
    with closing(Served(simulator)) as served:
        yield served.url


def _url(server: BaseWSGIServer) -> str:
    return f"http://{HERE}:{server.server_port}{PREFIX}"


def _server(simulator: Simulator, port: int) -> BaseWSGIServer:
    return make_server(HERE, port, simulator, threaded=True, request_handler=Line)
