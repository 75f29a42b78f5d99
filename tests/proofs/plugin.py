"""Gathers the figures that proofs report, prints them, and writes those of a full run."""

import datetime
from collections.abc import Callable

import pytest

from tests.proofs import figures
from tests.proofs.figures import Figure
from tests.proofs.scale import IS_FULL

Report = Callable[[str, str], None]
KEPT = pytest.StashKey[list[Figure]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Report:
    """Reports what was promised and what was measured, both in a few words."""
    kept = request.config.stash.setdefault(KEPT, [])
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()

    def report(promise: str, measured: str) -> None:
        kept.append(Figure(promise, measured, today, request.function.__name__))

    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    kept = terminalreporter.config.stash.get(KEPT, [])
    for one in kept:
        terminalreporter.write_line(f"{one.promise}: {one.measured}")
    if kept and IS_FULL:
        figures.write(kept)
