"""Files that only the shop's own user may read: whoever else is on the machine is a stranger."""

import os
from contextlib import suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600


def folder(path: Path) -> Path:
    """Make the folder and its parents, readable to the shop's own user alone."""
    path.mkdir(FOLDER, parents=True, exist_ok=True)
    _close(path, FOLDER)
    return path


def file(path: Path) -> Path:
    """Make the file where there is none, readable to the shop's own user alone.

    The same holds for the files that SQLite writes beside it.
    """
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, FILE))
    for one in (path, *path.parent.glob(f"{path.name}-*")):
        _close(one, FILE)
    return path


def append(path: Path, line: str) -> None:
    """Append a line in one write, so that lines of several processes never mix."""
    to = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, FILE)
    try:
        os.write(to, f"{line}\n".encode())
    finally:
        os.close(to)


def _close(path: Path, mode: int) -> None:
    with suppress(PermissionError):  # another's, who has to see to it
        path.chmod(mode)
