"""The table of promises keeps a row for each verifier and database of a proof."""

from dataclasses import replace
from pathlib import Path

from tests.proofs import figures
from tests.proofs.figures import Figure

ROW = Figure("a promise", "own", "SQLite", "1 round", "2026-11-29", "test_a_promise")


def promises(table: Path) -> list[tuple[str, str, str]]:
    rows = [
        line.split(" | ") for line in table.read_text().splitlines() if "make prove only" in line
    ]
    return [(row[1], row[2], row[3]) for row in rows]


def test_a_proof_has_a_row_for_each_verifier_and_database(tmp_path: Path) -> None:
    table = tmp_path / "table.md"
    figures.write([ROW, replace(ROW, promise="another", proof="test_another")], table)

    figures.write([replace(ROW, verifier="Yamato"), replace(ROW, database="PostgreSQL")], table)

    assert promises(table) == [
        ("own", "SQLite", "1 round"),
        ("Yamato", "SQLite", "1 round"),
        ("own", "PostgreSQL", "1 round"),
        ("own", "SQLite", "1 round"),
    ]


def test_a_new_figure_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    table = tmp_path / "table.md"
    figures.write([ROW], table)

    figures.write([replace(ROW, measured="2 rounds")], table)

    assert promises(table) == [("own", "SQLite", "2 rounds")]
