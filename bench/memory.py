"""What a web process holds in memory after many requests, and whether that grows."""

import re
import subprocess
import urllib.request
from itertools import cycle

from bench.buyer import Buyer
from bench.figures import Figure, at_most
from bench.load import CONNECTIONS, wrk
from bench.shops import ProductionShop, production_shop

FIRST, LATER = 10_000, 60_000
MOST, MOST_GROWTH = 80, 3  # MB
PATHS = ("/search", "/products/yunomi", "/en/products/uji-sencha", "/categories/tea", "/cart")
SLICE = 5  # seconds on one address


def measure() -> list[Figure]:
    with production_shop() as shop:
        for _ in range(20):
            Buyer(shop.url).buy()
        first = _after(shop, FIRST)
        later = _after(shop, LATER - FIRST)
    return [
        at_most(f"memory of a web process after {FIRST:,} requests", first, MOST, "MB"),
        at_most(f"its growth until {LATER:,} requests", later - first, MOST_GROWTH, "MB"),
    ]


def _after(shop: ProductionShop, requests: int) -> float:
    """MB resident of the largest web process after so many more requests."""
    for path in cycle(PATHS):
        if requests <= 0:
            break
        command = [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{SLICE}s", shop.url + path]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        found = re.search(r"(\d+) requests in", told)
        requests -= int(found[1]) if found else 0
    urllib.request.urlopen(f"{shop.url}/healthz").close()  # noqa: S310  # still serving
    return max(shop.memory().values()) / 1024
