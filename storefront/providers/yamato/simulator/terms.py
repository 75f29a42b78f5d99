"""What one merchant has agreed with Yamato, and how patient this Yamato is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

Text = Callable[[str, str, int], object]  # a national number, the words, seconds they are of use


@dataclass(frozen=True)
class Terms:
    """A merchant's contract; lenient leaves the sandbox's numbers, 080-0XXX-XXXX included, out of
    the unpaid balance."""

    merchant: str
    password: str = field(repr=False)
    shop: str
    host: str
    text: Text
    lifetime: timedelta = timedelta(minutes=3)
    tries: int = 3
    balance: int = 55_000  # yen that one person may owe, over all merchants
    lenient: bool = False
    silence: float = 30.0  # seconds for which an unanswered connection is held open
    slowness: float = 14.0  # seconds until a slow request is looked at
