"""Requests over the network, with the client that tests in one process use."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.test import Client

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PATIENCE = 60  # seconds; the shop's own promises are shorter
BROKEN_LINE = 502  # what the client says when nobody answered; the shop itself never says it


def client_of(url: str, browser: type[Client] = Client) -> Client:
    """A browser of its own on a running shop: redirects are not followed, cookies are kept."""
    proxy = ProxyMiddleware(_nowhere, {"shop": {"target": url}}, timeout=PATIENCE)
    [target] = proxy.targets.values()

    def carry(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        return proxy.proxy_to(target, environ["PATH_INFO"], "/")(environ, start)

    return browser(carry)


def _nowhere(_environ: object, _start: object) -> list[bytes]:
    raise AssertionError("every address is the shop's")
