"""What a part of the bench found: figures beside their aims, printed and kept in the docs."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

TABLE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """\
# How fast and how light the shop is

Written by `make bench`; one part alone: the command in its row. The shop runs under its
production settings, with the sandbox's sender and mailbox at its ends; the yardstick is a bare
Flask and Jinja page of the same bytes with one SQLite read, under the same server in the same run.
Times differ from machine to machine: read the ratios.

| what | aim | measured | kept | on | command |
|---|---|---|---|---|---|
"""
ROW = re.compile(r"\| (.+) \| (.*) \| (.+) \| (yes|no|–) \| (.+) \| `python -m bench (\w+)` \|")


@dataclass(frozen=True)
class Figure:
    """One row of the table; kept is None where there is nothing to keep to."""

    what: str
    aim: str
    measured: str
    kept: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "yes", False: "no", None: "–"}[self.kept]


def at_most(what: str, measured: float, most: float, unit: str, extra: str = "") -> Figure:
    text = f"{measured:,.{1 if most < 100 else 0}f} {unit}{extra}"
    return Figure(what, f"≤ {most:g} {unit}", text, measured <= most)


def at_least(what: str, measured: float, least: float, unit: str, extra: str = "") -> Figure:
    return Figure(what, f"≥ {least:g} {unit}", f"{measured:.0f} {unit}{extra}", measured >= least)


def machine() -> str:
    """Which day, how many cores, and how busy they were with other things."""
    load = os.getloadavg()[2]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    return f"{day}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.0f}"


def write(part: str, figures: Iterable[Figure], table: Path = TABLE) -> None:
    """Put a part's rows into the table; those of other parts stay."""
    text = table.read_text() if table.exists() else ""
    others = [
        row for row in text.splitlines() if ROW.fullmatch(row) and f"bench {part}`" not in row
    ]
    command = f"`python -m bench {part}`"
    rows = [
        f"| {one.what} | {one.aim} | {one.measured} | {one.verdict} | {machine()} | {command} |"
        for one in figures
    ]
    table.write_text(HEAD + "".join(f"{row}\n" for row in [*others, *rows]))
