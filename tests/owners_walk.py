"""From the owner's first page on to every page its links lead to, one of each view."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

HOME = "/admin/"
LINKS = re.compile(r'href="(/(?:en/)?admin[^"#]*)"')
Look = Callable[[str], str]  # an address to its HTML; empty for what is no page


def walk(app: Flask, look: Look, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Endpoint, address and HTML of each page and file, breadth first."""
    waiting, seen = [prefix + HOME], set()
    while waiting:
        address = waiting.pop(0)
        endpoint = _endpoint(app, address)
        if endpoint in seen:
            continue
        seen.add(endpoint)
        page = look(address)
        yield endpoint, address, page
        waiting += [html.unescape(one) for one in LINKS.findall(page)]


def _endpoint(app: Flask, address: str) -> str:
    path = urlsplit(address).path.removeprefix("/en")
    try:
        endpoint, _values = app.url_map.bind("127.0.0.1").match(path, "GET")
    except HTTPException:
        return f"nothing at {path}"
    return str(endpoint)
