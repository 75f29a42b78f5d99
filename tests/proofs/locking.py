"""Another process that keeps the shop's database to itself for a while."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@contextmanager
def locked(folder: Path, seconds: int) -> Iterator[float]:
    """Until the moment that is given, on this process's monotonic clock."""
    command = [sys.executable, "-c", HOLD, str(folder / "storefront.sqlite3"), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:  # noqa: S603  # ours
        assert holder.stdout
        assert holder.stdout.readline()
        yield time.monotonic() + seconds
