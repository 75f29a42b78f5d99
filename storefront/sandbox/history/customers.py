"""Made-up customers, with phone numbers from a block that is given to nobody."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

MOST = 1400
OFTEN = 1.7  # how much more often the first of them come back than the last
KNOWN = tomllib.loads(Path(__file__).with_name("people.toml").read_text(encoding="utf-8"))
SURNAMES, GIVEN, PLACES = KNOWN["surnames"], KNOWN["given"], KNOWN["places"]
BUILDINGS = ("", "", "", "コーポさくら", "メゾン欅", "グランハイツ", "パークサイド")
PREFIXES = {"090": 52, "080": 33, "070": 15}  # how many of a hundred have such a number


@dataclass(frozen=True)
class Person:
    """A customer's name, reading, address, mail address and phone number."""

    name: str
    name_kana: str
    postal_code: str
    prefecture: str
    city: str
    street: str
    building: str
    tel: str
    email: str


def somebody(chance: Random) -> Person:
    """One of the MOST customers at random, some of them more often than others."""
    return person(int(MOST * chance.random() ** OFTEN))


@lru_cache(MOST)
def person(number: int) -> Person:
    """The customer with this number, always the same one. The phone number begins with 0N0-0, as no
    mobile number does."""
    chance = Random(f"person {number}")  # noqa: S311
    surname, given = chance.choice(SURNAMES), chance.choice(GIVEN)
    postal_code, prefecture, city, street, _ = chance.choices(PLACES, [one[-1] for one in PLACES])[
        0
    ]
    building = chance.choice(BUILDINGS)
    return Person(
        name=f"{surname[0]} {given[0]}",
        name_kana=f"{surname[1]} {given[1]}",
        postal_code=postal_code,
        prefecture=prefecture,
        city=city,
        street=f"{street}{chance.randint(1, 5)}-{chance.randint(1, 20)}-{chance.randint(1, 15)}",
        building=f"{building}{chance.randint(1, 9)}0{chance.randint(1, 6)}号" if building else "",
        tel=f"{some_prefix(chance)}0{chance.randint(1_000_000, 9_999_999)}",
        email=f"{given[2]}.{surname[2]}{number}@example.com",
    )


def some_prefix(chance: Random) -> str:
    """The beginning of a mobile number, at random."""
    return chance.choices(list(PREFIXES), list(PREFIXES.values()))[0]
