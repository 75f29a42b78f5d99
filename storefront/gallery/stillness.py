"""What differs from one photographing to the next, held still: time, and what is drawn by lot."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storefront.core import clock
from storefront.gallery.page import Page
from storefront.sandbox import time

MOMENT = datetime(2026, 12, 1, 1, tzinfo=UTC)  # ten o'clock in Japan, on an ordinary Tuesday
ORDER_NUMBER = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
NUMBER_TO_PAY_BY = re.compile(r"(?<=>)\d{7,}(?=<)")  # an account, or what a store is shown
BARS = re.compile(r'<rect x="\d+" y="8" width="\d+" height="\d+" fill="#000"/>')


@contextmanager
def held_time() -> Iterator[None]:
    """The shop of this process shows MOMENT and what it was moved on by, however long it takes."""
    clock.tell_by(lambda: MOMENT + timedelta(seconds=time.offset()))
    try:
        yield
    finally:
        time.install()


def still(page: Page) -> Page:
    """The page with other words, as long, for the numbers that are drawn by lot; a bar code is
    left empty."""
    html = ORDER_NUMBER.sub("AB23-CD45", page.html)
    html = NUMBER_TO_PAY_BY.sub(lambda found: "1" * len(found[0]), html)
    return replace(page, html=BARS.sub("", html))
