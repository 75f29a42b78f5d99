"""Files that only the shop's own user may read: whoever else is on the machine is a stranger."""

import os
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def folder(path: Path) -> Path:
    """It is there, with its parents, and closed to others."""
    path.mkdir(FOLDER, parents=True, exist_ok=True)
    _close(path, FOLDER)
    return path


def file(path: Path) -> Path:
    """It is there, empty at first, and closed to others, with what SQLite writes beside it."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE))
    for one in (path, *path.parent.glob(f"{path.name}-*")):
        _close(one, FILE)
    return path


def append(path: Path, line: str) -> None:
    """In one write, so that lines of several processes never mix."""
    to = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, FILE)
    try:
        os.write(to, f"{line}\n".encode())
    finally:
        os.close(to)


def _close(path: Path, mode: int) -> None:
    with suppress(PermissionError):  # another's, who has to see to it
        path.chmod(mode)
