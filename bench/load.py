"""Requests a second of the list and of a product, beside the bare page of the same bytes."""

import re
import shutil
import statistics
import subprocess
from urllib.request import urlopen

from bench.figures import Figure, at_least
from bench.shops import bare_page, production_shop

SECONDS = 5
ROUNDS = 3
CONNECTIONS = 16
LEAST = 40  # percent of the bare page
RENDERED = ("-H", "Cookie: cart=none")  # whoever may have a cart gets no page kept from before
PAGES = {"list page (24 products)": "/search", "product page": "/products/yunomi"}


def wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("The load comes from wrk: apt-get install wrk.")
    return found


def rate(*what: str, seconds: int = SECONDS) -> float:
    """Answers a second, as wrk counts them, of what it is told to ask for."""
    command = [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *what]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found or "Non-2xx" in told:
        raise SystemExit(told)
    return float(found[1])


def side_by_side(*all_: list[str], rounds: int = ROUNDS, seconds: int = SECONDS) -> list[float]:
    """The median rate of each, in interleaved rounds, so that a busy moment meets them all."""
    for what in all_:
        rate(*what, seconds=1)
    taken = [[rate(*what, seconds=seconds) for what in all_] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def measure() -> list[Figure]:
    with production_shop() as shop, bare_page() as bare:
        return [
            figure
            for name, path in PAGES.items()
            for figure in _figures(name, shop.url + path, bare)
        ]


def _figures(name: str, url: str, bare: str) -> list[Figure]:
    size = len(urlopen(url).read())  # noqa: S310  # our own server
    yardstick = f"{bare}/{size}"
    kept, rendered, theirs = side_by_side([url], [*RENDERED, url], [yardstick])
    beside = f"{{:,.0f}}/s against {theirs:,.0f}/s at {size:,} bytes"
    share = kept / theirs * 100
    again = f"{rendered / theirs * 100:.0f} %: {beside.format(rendered)}"
    return [
        at_least(f"{name}, share of the bare page", share, LEAST, "%", f": {beside.format(kept)}"),
        Figure(f"{name}, rendered for each request", "", again),
    ]
