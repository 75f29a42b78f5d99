"""The table of promises: what each proof measured, when, and the command that shows it."""

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "reliability.md"
ROW = re.compile(r"\| (.+) \| (.+) \| (\d{4}-\d\d-\d\d) \| `make prove only=(\w+)` \|")
HEAD = """\
# What the shop promises, and the figures

Written by `make prove`, which runs every proof at full count against the real server, worker and
database; `make proofs` runs the same code with small counts. One proof alone: its row's command.

| promise | measured | on | command |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Figure:
    """One row; proof is the name of the test function."""

    promise: str
    measured: str
    on: str
    proof: str

    def row(self) -> str:
        return f"| {self.promise} | {self.measured} | {self.on} | `make prove only={self.proof}` |"


def write(new: list[Figure], table: Path = TABLE) -> None:
    """Put new figures into the table; rows of proofs that did not run stay."""
    rows = {one.proof: one for one in [*_read(table), *new]}
    table.write_text(HEAD + "".join(f"{one.row()}\n" for one in rows.values()))


def _read(table: Path) -> list[Figure]:
    text = table.read_text() if table.exists() else ""
    return [Figure(*found) for found in ROW.findall(text)]
