"""Which addresses a postal code stands for, from Japan Post's list as kept beside this file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storefront.shipping.prefectures import PREFECTURES

# immutable: no lock and no journal, so the package may lie on a read-only disk
LIST = Path(__file__).with_name("postal_codes.sqlite3").as_uri() + "?mode=ro&immutable=1"

ADDRESSES = """
SELECT city.jis / 1000, city.name, town.name
FROM town JOIN city ON city.jis = town.city
WHERE town.code = ? ORDER BY town.place
"""


@dataclass(frozen=True)
class Address:
    """Where a postal code leads; town is empty where the code covers the rest of a city."""

    prefecture: str
    city: str
    town: str


def find(code: str) -> list[Address]:
    """Every address of seven plain digits, in the order of Japan Post; none for an unknown code."""
    # a connection a call costs a tenth of a millisecond, and no thread or fork can share it
    with closing(sqlite3.connect(LIST, uri=True)) as postal_codes:
        rows = postal_codes.execute(ADDRESSES, (code,)).fetchall()
    return [Address(PREFECTURES[jis - 1][0], city, town) for jis, city, town in rows]
