"""A merchant's contract, and how quickly this Yamato answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

Text = Callable[[str, str, int], object]  # a national number, the words, seconds they are of use
Fault = tuple[int | None, float]  # a status of HTTP, if any, and real seconds before the answer


NO_FAULT: Fault = (None, 0.0)


@dataclass(frozen=True)
class Terms:
    """A merchant's contract, and how this Yamato behaves: lifetime and tries of a code, yen that a
    person may owe, seconds of silence and slowness.

    text sends a code; lenient leaves sandbox numbers, 080-0XXX-XXXX included, out of the sum that a
    person owes.
    """

    merchant: str
    password: str = field(repr=False)
    shop: str
    host: str
    text: Text
    lifetime: timedelta = timedelta(minutes=3)
    tries: int = 3
    credit_limit: int = 55_000  # yen that one person may owe, over all merchants
    lenient: bool = False
    fault: Callable[[], Fault] = field(default=lambda: NO_FAULT, repr=False)
    silence: float = 30.0  # seconds for which an unanswered connection is held open
    slowness: float = 14.0  # seconds until a slow request is looked at
