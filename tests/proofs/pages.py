"""Pages of other people, looked at while something else goes on."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

# milliseconds, 95 of 100 other pages; at small count another proof has the other core, and it is
# only shown that no page waits for what goes on
QUICK = times(3_000, 300)
PAGES = ("/search", "/products/yunomi", "/cart", "/checkout")


@contextmanager
def watched_pages(shop: RunningShop) -> Iterator[list[float]]:
    """A list that has, at the end, how many milliseconds each page took meanwhile."""
    is_over, took = threading.Event(), list[float]()
    with ThreadPoolExecutor(len(PAGES)) as pool:
        watched = [pool.submit(_watch, shop, path, is_over) for path in PAGES]
        try:
            yield took
        finally:
            is_over.set()
        took += [milliseconds for one in watched for milliseconds in one.result()]


def _watch(shop: RunningShop, path: str, is_over: threading.Event) -> list[float]:
    """One page, five times a second: how many milliseconds each took."""
    shopper, took = shop.shopper().put_in(), []
    due = time.monotonic()
    while not is_over.is_set():
        start = time.monotonic()
        assert shopper.get(path).status_code == 200
        took.append((time.monotonic() - start) * 1000)
        due += 0.2
        is_over.wait(max(0.0, due - time.monotonic()))
    return took
