"""Whatever ends a shop, and whenever: all of it is gone, and its port is free."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, cycle, product
from pathlib import Path

import pytest

from tests.proofs.endings import KINDS, LEFT_ORPHANS, MAKE_RUN, MOMENTS, ROOT, SERVE, EndingShop
from tests.proofs.persistence import PATIENCE, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import IS_FULL
from tests.proofs.shop import RunningShop

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs Linux, to see every process"
)

PROMISED = 10.0  # seconds until all is gone
AT_ONCE = 3  # shops on one machine: most of the time is spent waiting for them
JUST_READY = "0 ms after ready"


def endings() -> list[tuple[str, str]]:
    """Each kind once, or each at each moment: as often as it has gone wrong."""
    if not IS_FULL:
        return list(zip(KINDS, cycle(MOMENTS), strict=False))
    return [
        (kind, moment)
        for kind, moment in product(KINDS, MOMENTS)
        for _ in range(20 if kind in LEFT_ORPHANS or moment == JUST_READY else 3)
    ]


def test_whatever_ends_it_nothing_is_left(seeded: Path, tmp_path: Path, figure: Report) -> None:
    folders = [shutil.copytree(seeded, tmp_path / f"shop{nth}") for nth in range(AT_ONCE)]
    tried = endings()

    shares = [tried[nth::AT_ONCE] for nth in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seconds = list(chain(*pool.map(end_each, folders, shares)))

    assert max(seconds) < PROMISED
    figure(
        f"{len(KINDS)} ways to end a shop, before its first page, 0 to 1,000 ms after it is ready "
        "and later: all is gone within 10 s, and the port is free",
        f"{len(tried)} endings, {max(seconds):.1f} s at most",
    )


def end_each(folder: Path, some: Iterable[tuple[str, str]]) -> list[float]:
    return [end_once(folder, kind, moment) for kind, moment in some]


def end_once(folder: Path, kind: str, moment: str) -> float:
    """Seconds until nothing was left."""
    shop = EndingShop(folder)
    shop.log.unlink(missing_ok=True)
    try:
        pid = shop.begin(kind)
        MOMENTS[moment](shop)
        began = time.monotonic()
        KINDS[kind](shop, pid)
        wait_until(shop.is_gone, PATIENCE)
        ended = time.monotonic()
        socket.create_server(("127.0.0.1", shop.port)).close()
        return ended - began
    finally:
        shop.clear_away()


@pytest.mark.parametrize("command", [SERVE, MAKE_RUN], ids=["serve", "make run"])
def test_a_taken_port_stops_the_start_with_one_line(
    lasting_shop: RunningShop, tmp_path: Path, command: list[str]
) -> None:
    other = EndingShop(tmp_path)
    port = str(lasting_shop.port)

    ended = subprocess.run(  # noqa: S603  # a command of ours
        command,
        cwd=ROOT,
        env={**other.inherited(), "PORT": port},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert ended.returncode != 0
    assert [line for line in ended.stderr.splitlines() if "PORT" in line] == [
        f"storefront: PORT: {port} is taken by another program; end that, or set another PORT"
    ]
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
