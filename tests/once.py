"""What is made once a run of the tests and read by all its processes."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that make() has filled in the first process that asks for it, while others wait.

    xdist gives each process a folder of its own below one of the run; without it a run is one
    process.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        made = factory.mktemp(name)
        make(made)
        return made
    folder = factory.getbasetemp().parent / name
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = folder.parent / f"{name}.begun"
            shutil.rmtree(begun, ignore_errors=True)  # of a process that did not come to its end
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder
