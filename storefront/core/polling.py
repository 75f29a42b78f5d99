"""Waiting for what another request is told: equal presses at once are one press."""

import time
from collections.abc import Iterator
from threading import BoundedSemaphore

from storefront.core.extensions import db

LOOKS, EVERY = 60, 0.05  # real seconds between two looks: the shop's clock moves no network
AT_ONCE = 16  # requests of a process that wait; it has more threads
PLACES = BoundedSemaphore(AT_ONCE)


def looks() -> Iterator[None]:
    """Yield once at once, then every 0.05 s for three seconds, with no transaction open between.

    Where too many requests wait already, yield once only: threads are left for other pages.
    """
    yield
    db.session.commit()
    if not PLACES.acquire(blocking=False):
        return
    try:
        for _ in range(LOOKS):
            time.sleep(EVERY)
            yield
            db.session.commit()
    finally:
        PLACES.release()
