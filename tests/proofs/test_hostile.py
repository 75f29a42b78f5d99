"""Whatever is sent to any address, the shop answers, logs nothing unhandled and stays its size."""

import json
import socket
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from random import Random

import pytest
from werkzeug.routing import Map

from tests.proofs.grounds import Ground, on_both_databases
from tests.proofs.hostile import Attack, Attacker
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times
from tests.proofs.shop import RunningShop, started
from tests.proofs.standings import STANDINGS, Holding, bring

SENDERS = 4  # at a time, each with a connection of its own
FRESH_EVERY = 150  # requests, until a sender stands somewhere else with other cookies
PATIENCE = 40.0  # seconds; the sandbox's slowest text takes 5
WARM_UP = 0.25  # of all requests: templates, caches and libraries are loaded then
GROWTH = 1.2


@dataclass
class Line:
    """One sender's connection, kept open as long as the shop keeps it."""

    port: int
    connection: socket.socket | None = None

    def send(self, attack: Attack) -> int | None:
        """The status; None where the request was none, and the shop hung up."""
        was_open = self.connection is not None
        status = self._try(attack)
        return self._try(attack) if status is None and was_open else status

    def _try(self, attack: Attack) -> int | None:
        try:
            line = self.connection or socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self.connection = line
            line.sendall(attack.raw)
            if not attack.is_http:
                line.shutdown(socket.SHUT_WR)
            return self._read(line, attack)
        except (OSError, HTTPException):
            self.hang_up()
            return None

    def _read(self, line: socket.socket, attack: Attack) -> int:
        with HTTPResponse(line, method=attack.method) as answer:
            answer.begin()
            answer.read()
            status, is_last = answer.status, answer.will_close
        if is_last or not attack.is_http:
            self.hang_up()
        return status

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


@dataclass
class Tally:
    """What came back, and the requests that should have been answered better."""

    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, attack: Attack, status: int | None) -> None:
        if status is not None:
            self.statuses[status] += 1
        self.unanswered += status is None
        if (status is None and attack.is_http) or (status or 0) >= 500:
            self.faults.append(f"{status}: {attack.raw[:3_000]!r}")


@pytest.fixture
def open_shop(ground: Ground, tmp_path: Path) -> Iterator[RunningShop]:
    """Believes signed callbacks, so that unsigned ones are refused by the signature."""
    shop = ground.shop(RunningShop, tmp_path / "shop", TWILIO_AUTH_TOKEN="token")
    with started(shop):
        yield shop


@on_both_databases
def test_hostile_requests_never_break_the_shop(open_shop: RunningShop, figure: Report) -> None:
    count = times(1_500, 100_000)
    with open_shop.database() as app:
        addresses = app.url_map
    before = len(open_shop.logged())

    first = send_all(open_shop, addresses, int(count * WARM_UP), SEED)
    warm = open_shop.memory()
    second = send_all(open_shop, addresses, count - int(count * WARM_UP), SEED + SENDERS)
    grown = max(after / warm[process] for process, after in open_shop.memory().items())

    faults = first.faults + second.faults
    assert faults == [], f"seed {SEED}, {len(faults)} in all, the first: {faults[0]}"
    assert unhandled(open_shop.logged()[before:]) == []
    assert grown < GROWTH, f"{warm} became {open_shop.memory()} kB"
    statuses = first.statuses + second.statuses
    figure(
        f"{count:,} hostile requests to all {len(list(addresses.iter_rules()))} addresses: "
        "no 5xx, nothing unhandled in the log, memory flat",
        f"{_families(statuses)}, 0 faults; the server grew by {(grown - 1) * 100:.0f} %",
    )


def send_all(shop: RunningShop, addresses: Map, count: int, seed: int) -> Tally:
    tally = Tally()

    def work(sender: int) -> None:
        random = Random(seed + sender)  # noqa: S311  # to be made again, not to be secret
        attacker = Attacker(random, addresses, f"127.0.0.1:{shop.port}")
        line = Line(shop.port)
        for number in range(count // SENDERS):
            if number % FRESH_EVERY == 0:
                holding = somewhere(shop, random)
            attack = attacker.attack(holding)
            tally.add(attack, line.send(attack))
        line.hang_up()

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(work, range(SENDERS)))
    return tally


def somewhere(shop: RunningShop, random: Random) -> Holding:
    """A shopper on their way; one whom another sender's reset meets holds nothing."""
    phone = f"080{random.randrange(10**8):08}"
    with suppress(AssertionError):
        return bring(shop.shopper(), random.choice(list(STANDINGS)), phone)
    return Holding({})


def unhandled(log: str) -> list[str]:
    """Lines that are no answer's line, and those that say a fault."""
    return [line for line in log.splitlines() if line.strip() and _is_fault(line)]


def _is_fault(line: str) -> bool:
    try:
        return json.loads(line)["level"] not in {"info", "warning"}
    except (ValueError, KeyError, TypeError):
        return True


def _families(statuses: Counter[int]) -> str:
    families = Counter[int]()
    for status, count in statuses.items():
        families[status // 100] += count
    return ", ".join(f"{count:,} × {family}xx" for family, count in sorted(families.items()))
