"""Requests a second of the list and of a product, beside the bare page of the same bytes."""

import re
import shutil
import statistics
import subprocess
from urllib.request import urlopen

from bench.figures import Figure
from bench.shops import bare_page, production_shop

SECONDS = 5
ROUNDS = 3
CONNECTIONS = 16
LEAST = 40  # percent of the bare page
PAGES = {"list page (24 products)": "/search", "product page": "/products/yunomi"}


def wrk() -> str:
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("The load comes from wrk: apt-get install wrk.")
    return found


def rate(url: str, seconds: int = SECONDS) -> float:
    """Answers a second of one address, as wrk counts them."""
    command = [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found or "Non-2xx" in told:
        raise SystemExit(told)
    return float(found[1])


def side_by_side(*urls: str, rounds: int = ROUNDS, seconds: int = SECONDS) -> list[float]:
    """The median rate of each, in interleaved rounds, so that a busy moment meets them all."""
    for url in urls:
        rate(url, 1)
    taken = [[rate(url, seconds) for url in urls] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def measure() -> list[Figure]:
    with production_shop() as shop, bare_page() as bare:
        return [_figure(name, shop.url + path, bare) for name, path in PAGES.items()]


def _figure(name: str, url: str, bare: str) -> Figure:
    size = len(urlopen(url).read())  # noqa: S310  # our own server
    ours, theirs = side_by_side(url, f"{bare}/{size}")
    share = ours / theirs * 100
    measured = f"{share:.0f} %: {ours:,.0f}/s against {theirs:,.0f}/s at {size:,} bytes"
    return Figure(f"{name}, share of the bare page", f"≥ {LEAST} %", measured, share >= LEAST)
