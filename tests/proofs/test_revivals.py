"""A process of the shop that dies comes back, and nobody waits for it."""

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.phone import mailbox
from tests import invariants
from tests.proofs import processes
from tests.proofs.hasty_serve import SPEED
from tests.proofs.persistence import PATIENCE, Crowd, plenty, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop, copied, started

pytestmark = [
    # the client does not hang up a line that broke under it
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux"),
]

SHOPPERS = 3
PROMISED = 3.0  # seconds without an answer, at most
STEADY = 30 / SPEED  # seconds of ours that are 30 on the supervisor's clock
LEASE_OVER = {"advance": 61}  # seconds; then another takes what a dead worker had claimed


class HastyShop(RunningShop):
    """Under the real supervisor, which takes a twentieth of a second for one."""

    def start(self) -> None:
        self.process = self.launch([sys.executable, "-m", "tests.proofs.hasty_serve"])
        self.wait_for(self.process)

    def granian(self) -> list[int]:
        return self._children("shop web")

    def worker(self) -> list[int]:
        return self._children("shop worker")

    def web_processes(self) -> list[int]:
        return [pid for one in self.granian() for pid in processes.children(self.folder, one)]

    def _children(self, name: str) -> list[int]:
        assert self.process
        return processes.children(self.folder, self.process.pid, name)


def test_a_dead_process_comes_back(seeded: Path, tmp_path: Path, figure: Report) -> None:
    rounds = times(1, 20)
    with started(HastyShop(copied(seeded, tmp_path / "shop"))) as shop:
        initial = plenty(shop)
        kinds = {kind: len(kind()) for kind in (shop.web_processes, shop.granian, shop.worker)}
        with Crowd(shop, SHOPPERS).buying() as bought, asked_all_the_time(shop) as pauses:
            for _ in range(rounds):
                for kind, count in kinds.items():
                    kill_one(kind, count)
        shop.shopper().client.post("/sandbox/clock", json=LEASE_OVER)
        with shop.database():
            orders = db.session.scalars(sa.select(Order.token)).all()
            assert sorted(orders) == sorted(one.token for one in bought)
            invariants.check(initial)
            assert Counter(one.to for one in mailbox.mails()) == Counter(
                one.buyer.email for one in bought
            )
        assert shop.logged().count("process_ended") == 2 * rounds
    assert max(pauses) < PROMISED
    figure(
        f"a web process, granian and the worker killed {rounds} times each during checkouts: all "
        "come back, no pause of answers over 3 s, nothing lost",
        f"{len(bought)} orders, each with its mail; {max(pauses):.1f} s without an answer at most",
    )


def kill_one(kind: Callable[[], list[int]], count: int) -> None:
    """Returns when it has come back and lived for as long as a steady life is."""
    wait_until(lambda: len(kind()) == count, PATIENCE)  # a new parent has no children at first
    before = kind()
    os.kill(before[0], signal.SIGKILL)
    wait_until(partial(are_others, kind, before), PATIENCE)
    time.sleep(STEADY)  # what is proven is what happens after so long a life


def are_others(kind: Callable[[], list[int]], before: list[int]) -> bool:
    now = kind()
    return len(now) == len(before) and before[0] not in now


@contextmanager
def asked_all_the_time(shop: RunningShop) -> Iterator[list[float]]:
    """Seconds from each answer to the next."""
    pauses: list[float] = []
    over = threading.Event()

    def ask() -> None:
        last = time.monotonic()
        while not over.wait(0.05):
            if answers(shop):
                now = time.monotonic()
                pauses.append(now - last)
                last = now

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield pauses
    finally:
        over.set()
        thread.join()


def answers(shop: RunningShop) -> bool:
    line = HTTPConnection("127.0.0.1", shop.port, timeout=2)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        line.close()
