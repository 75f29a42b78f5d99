"""Numbers for tests: fresh phones, those that choose what happens, and of parcels."""

import secrets
from collections.abc import Iterator
from itertools import count

ORDINARY = "0800"  # before seven digits; no cap counts its texts
SPREAD = 1_000_000  # ordinary numbers that one worker has


class Phone(str):
    """A number as eleven digits, and its kin that make something happen."""

    __slots__ = ()

    def ending(self, digits: str) -> str:
        """The number that makes a scenario happen, of this test alone: 0004 is refused."""
        return f"0700{self[4]}{self[-2:]}{digits}"


def fresh(worker: int = 0) -> Iterator[Phone]:
    """Ordinary numbers, of which no two workers of a run have the same.

    They begin anywhere, so that two runs on one shop hardly meet.
    """
    for nth in count(secrets.randbelow(SPREAD)):
        yield Phone(f"{ORDINARY}{worker % 10}{nth % SPREAD:06}")


def scenario(ending: str) -> str:
    """The sandbox number that makes this happen, one for everybody."""
    return f"0900000{ending}"


def tracking_number() -> str:
    """A new one of Yamato's form: its last digit is what the first eleven, divided by 7, leave."""
    body = secrets.randbelow(10**11)
    return f"{body:011d}{body % 7}"
