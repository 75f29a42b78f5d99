"""The table of promises: what each proof measured, when, and the command that shows it."""

import re
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).parents[2] / "docs" / "reliability.md"
ROW = re.compile(
    r"\| (.+) \| (.+) \| (.+) \| (.+) \| (\d{4}-\d\d-\d\d) \| `make prove only=(\w+)` \|"
)
HEAD = """\
# What the shop promises, and the figures

Written by `make prove`, which runs every proof at full count against the real server, worker and
database; `make proofs` runs the same code with small counts. One proof alone: its row's command,
which runs it on all that it has rows for. The verifier is who makes and judges the codes: the shop
with its own, or Yamato (the simulator, as in `make run`). A dash: the proof has no such part.

| promise | verifier | database | measured | on | command |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Figure:
    """One row; proof is the name of the test function."""

    promise: str
    verifier: str
    database: str
    measured: str
    on: str
    proof: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.proof, self.verifier, self.database

    def row(self) -> str:
        parts = f"{self.promise} | {self.verifier} | {self.database} | {self.measured}"
        return f"| {parts} | {self.on} | `make prove only={self.proof}` |"


def write(new: list[Figure], table: Path = TABLE) -> None:
    """Put new figures into the table, those of a proof together; rows of what did not run stay."""
    rows = {one.key: one for one in [*_read(table), *new]}
    proofs = {proof: place for place, (proof, *_) in reversed(list(enumerate(rows)))}
    ordered = sorted(rows.values(), key=lambda one: proofs[one.proof])
    table.write_text(HEAD + "".join(f"{one.row()}\n" for one in ordered))


def _read(table: Path) -> list[Figure]:
    text = table.read_text() if table.exists() else ""
    return [Figure(*found) for found in ROW.findall(text)]
