"""What differs from one photographing to the next, held still: time, and what is drawn by lot."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from storefront.core import clock
from storefront.gallery.page import Page
from storefront.sandbox import time

MOMENT = datetime(2026, 12, 1, 10, tzinfo=clock.JAPAN)  # an ordinary Tuesday
DRAWN = {  # by lot for each order, and what stands there instead, as long
    re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b"): "AB23-CD45",
}


@contextmanager
def held_time() -> Iterator[None]:
    """The shop of this process shows MOMENT and what it was moved on by, however long it takes."""
    clock.tell_by(lambda: MOMENT + timedelta(seconds=time.offset()))
    try:
        yield
    finally:
        time.install()


def still(page: Page) -> Page:
    """The page without what is drawn by lot."""
    html = page.html
    for drawn, instead in DRAWN.items():
        html = drawn.sub(instead, html)
    return replace(page, html=html)
