"""On what a proof runs: who makes and judges the codes, and which database the shop has.

A test that names nothing runs on the shop's own codes and SQLite; the marks below have it run on
each, and together on each pair.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.proofs.plugin import OWN as OWN
from tests.proofs.plugin import SQLITE as SQLITE
from tests.proofs.shop import Kind, copied

YAMATO = "Yamato"
VERIFIERS = {OWN: "off", YAMATO: ""}  # as KURONEKO_BASE_URL has it
POSTGRESQL = "PostgreSQL"

on_both_verifiers = pytest.mark.parametrize(
    "verifier", [OWN, YAMATO], indirect=True, scope="session"
)
on_both_databases = pytest.mark.parametrize(
    "database", [SQLITE, POSTGRESQL], indirect=True, scope="session"
)


@dataclass(frozen=True)
class Ground:
    """Shops of one verifier, each with a database of its own: the address where one is needed."""

    seeded: Path
    verifier: str
    new_database: Callable[[], Mapping[str, str]] = field(default=dict)

    def shop(self, kind: type[Kind], folder: Path, **environment: str) -> Kind:
        """A demo shop as new, not started yet."""
        chosen = {"KURONEKO_BASE_URL": VERIFIERS[self.verifier], **self.new_database()}
        return kind(copied(self.seeded, folder), **{**chosen, **environment})
