"""What was acknowledged is on the disk, though the power goes the moment after."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront import create_app
from storefront.core.extensions import db
from tests import invariants
from tests.app_pool import close, settings
from tests.needs import missing
from tests.proofs.persistence import Buyer, Persistent, buy, plenty
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.services import Services
from tests.proofs.shop import RunningShop, copied, started

FULL = 2  # what SQLite calls synchronous=FULL
CALLS = "pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg"
LOG = "/storefront.sqlite3-wal>"
TOLD = re.compile(r"HTTP/1\.1 303.*location: /orders/")


class TracedServices(Services):
    """strace writes down what the web processes ask of the disk and of the network, in order."""

    @property
    def trace(self) -> Path:
        return self.folder / "trace.txt"

    def commands(self) -> list[list[str]]:
        web, worker = super().commands()
        strace = ["strace", "--follow-forks", "--decode-fds=path", "--string-limit=400"]
        return [[*strace, f"--trace={CALLS}", f"--output={self.trace}", *web], worker]


def test_a_completion_waits_for_the_disk(seeded: Path, tmp_path: Path, figure: Report) -> None:
    if shutil.which("strace") is None:
        missing("strace is not installed")
    with started(TracedServices(copied(seeded, tmp_path / "shop"))) as shop:
        initial = plenty(shop)
        for number in range(times(5, 1_000)):
            buy(shop.shopper(browser=Persistent), Buyer(number), "cod")
        with shop.database():
            invariants.check(initial)

    told, too_early = completions(shop.trace.read_text(errors="replace").splitlines())

    assert told == times(5, 1_000)
    assert too_early == 0
    figure(
        "an order is acknowledged only after its write-ahead log was synced to the disk (strace)",
        f"{told} of {told} completions after fdatasync",
    )


def completions(trace: Iterable[str]) -> tuple[int, int]:
    """How many were sent, and how many of them while the log held what was not synced since the
    one before."""
    told, too_early, is_synced = 0, 0, False
    for call in calls(trace):
        if is_sync(call):
            is_synced = True
        elif call.startswith("pwrite64") and LOG in call:
            is_synced = False
        elif TOLD.search(call):
            told += 1
            too_early += not is_synced
            is_synced = False
    return told, too_early


def is_sync(call: str) -> bool:
    return call.startswith(("fdatasync", "fsync")) and LOG in call and call.endswith("= 0")


def calls(trace: Iterable[str]) -> Iterator[str]:
    """Each at its beginning; a sync that another thread's call came into also at its end."""
    begun: dict[str, str] = {}
    for line in trace:
        thread, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[thread] = call
        if "resumed>" in call:
            if begun[thread].startswith(("fdatasync", "fsync")):
                yield begun[thread] + call
        else:
            yield call


def test_an_early_completion_would_be_noticed() -> None:
    write = '7 pwrite64(5</shop/storefront.sqlite3-wal>, "..."..., 24, 0) = 24'
    sync = "7 fdatasync(5</shop/storefront.sqlite3-wal>) = 0"
    begin, end = f"{sync[:-4]} <unfinished ...>", "7 <... fdatasync resumed>) = 0"
    tell = '9 writev(8<socket:[1]>, [{"HTTP/1.1 303 See Other\\r\\nlocation: /orders/a/complete'

    assert completions([write, sync, tell]) == (1, 0)
    assert completions([write, begin, end, tell]) == (1, 0)
    assert completions([write, begin, tell, end]) == (1, 1)
    assert completions([write, sync.replace("storefront", "queue"), tell]) == (1, 1)
    assert completions([write, sync, tell, write, tell]) == (2, 1)


def test_nobody_keeps_the_log_from_being_emptied(shop: RunningShop, figure: Report) -> None:
    plenty(shop)
    for number in range(times(1, 100)):
        buy(shop.shopper(browser=Persistent), Buyer(number), "cod")
    log = shop.folder / "storefront.sqlite3-wal"
    written = log.stat().st_size

    with shop.database(), db.engine.connect() as connection:
        emptied = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()

    assert tuple(emptied) == (0, 0, 0)
    figure(
        "no process of a running shop holds an old view of the database, so its log stays small",
        f"a log of {written:,} bytes was emptied beside web and worker",
    )


@pytest.mark.usefixtures("seeded")
def test_every_connection_commits_to_the_disk(tmp_path: Path, figure: Report) -> None:
    app = create_app(settings(tmp_path))  # its own: those of the pool wait for no disk
    with app.app_context(), ExitStack() as stack:
        connections = [stack.enter_context(db.engine.connect()) for _ in range(12)]
        found = [settings_of(connection) for connection in connections]
    close(app)

    assert found == [("wal", FULL)] * 12
    figure(
        "every connection to the database writes ahead and syncs at each commit",
        f"{len(found)} of {len(found)} connections: journal_mode=wal, synchronous=FULL",
    )


def settings_of(connection: sa.Connection) -> tuple[str, int]:
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    return journal, synchronous
