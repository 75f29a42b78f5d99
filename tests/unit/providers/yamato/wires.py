"""Two ways from the client to the simulator, which keep what was posted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from werkzeug.test import Client

from storefront.providers.yamato.protocol.transport import HEADERS, HttpLine, Reply, Timeout
from storefront.providers.yamato.simulator.server import PREFIX, Simulator

BASE = f"http://yamato.test{PREFIX.rstrip('/')}"


@dataclass
class InProcess:
    """The simulator's WSGI app called without a socket; keeps what was posted."""

    simulator: Simulator
    posted: list[bytes] = field(default_factory=list)

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        body = urlencode(fields).encode()
        self.posted.append(body)
        kind = HEADERS["Content-Type"]
        answer = Client(self.simulator).post(urlsplit(url).path, data=body, content_type=kind)
        return Reply(answer.status_code, answer.get_data())


@dataclass
class OverSocket:
    """The shop's own line, real bytes and all; keeps what it was given to post."""

    inner: HttpLine = field(default_factory=HttpLine)
    posted: list[bytes] = field(default_factory=list)

    def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
        self.posted.append(urlencode(fields).encode())
        return self.inner.post(url, fields, patience)
