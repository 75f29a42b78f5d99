"""How long the shop takes to start when everything is there already."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure
from bench.shops import seed
from tests.proofs.shop import RunningShop, started

ROUNDS = 3
MOST_APP, MOST_SERVING = 0.5, 3.0  # seconds
MAKE = """
import time, storefront
begun = time.perf_counter()
storefront.create_app()
print(time.perf_counter() - begun)
"""


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        made = statistics.median(_seconds_to_make(folder) for _ in range(ROUNDS))
        serving = statistics.median(_seconds_to_serve(Path(folder)) for _ in range(ROUNDS))
    return [
        Figure("create_app()", f"≤ {MOST_APP} s", f"{made:.2f} s", made <= MOST_APP),
        Figure(
            "second start until it serves, worker included",
            f"< {MOST_SERVING} s",
            f"{serving:.1f} s",
            serving < MOST_SERVING,
        ),
    ]


def _seconds_to_make(folder: str) -> float:
    names = {"STOREFRONT_ENV": "demo", "STOREFRONT_INSTANCE": folder}
    command = [sys.executable, "-c", MAKE]
    told = subprocess.run(  # noqa: S603  # a command of ours
        command, env={**os.environ, **names}, capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def _seconds_to_serve(folder: Path) -> float:
    begun = time.monotonic()
    with started(RunningShop(folder)):
        return time.monotonic() - begun
