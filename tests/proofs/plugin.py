"""Gathers the figures that proofs report, prints them, and writes those of a full run."""

import datetime
from collections.abc import Callable, Generator

import pytest

from tests.proofs import figures
from tests.proofs.figures import Figure
from tests.proofs.scale import IS_FULL

OWN, SQLITE = "own", "SQLite"  # of every demo shop, unless its proof says otherwise
NONE = "–"  # where no shop is in it
Report = Callable[[str, str], None]
KEPT = pytest.StashKey[list[Figure]]()


@pytest.fixture(scope="session")
def verifier(request: pytest.FixtureRequest) -> str:
    """Who makes and judges the codes; grounds.on_both_verifiers has a test run on each."""
    return getattr(request, "param", OWN)


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> str:
    """Which database the shop has; grounds.on_both_databases has a test run on each."""
    return getattr(request, "param", SQLITE)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Report:
    """Reports what was promised and what was measured, both in a few words."""
    of_test = request.node.stash.setdefault(KEPT, [])
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()

    def part(fixture: str, usual: str) -> str:
        if fixture in request.fixturenames:
            return str(request.getfixturevalue(fixture))
        return usual if "seeded" in request.fixturenames else NONE

    def report(promise: str, measured: str) -> None:
        parts = part("verifier", OWN), part("database", SQLITE)
        of_test.append(Figure(promise, *parts, measured, today, request.function.__name__))

    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A proof that failed has no figures: what it measured is no promise kept."""
    report = yield
    if report.when == "call" and report.passed:
        of_test = item.stash.setdefault(KEPT, [])
        item.config.stash.setdefault(KEPT, []).extend(of_test)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    kept = terminalreporter.config.stash.get(KEPT, [])
    for one in kept:
        parts = f"{one.verifier}, {one.database}"
        terminalreporter.write_line(f"{one.promise} ({parts}): {one.measured}")
    if kept and IS_FULL:
        figures.write(kept)
