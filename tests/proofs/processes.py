"""The processes of a shop, whoever started them: all that know its folder."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One that lives; the dead that nobody asked about have no environment any more."""

    pid: int
    parent: int
    command: str


def of_shop(folder: Path) -> list[Process]:
    return list(_found(f"STOREFRONT_INSTANCE={folder}\0".encode()))


def children(folder: Path, parent: int, mark: str = "") -> list[int]:
    """Those that this process started, by a word of their command."""
    known = of_shop(folder)
    return sorted(one.pid for one in known if one.parent == parent and mark in one.command)


def _found(mark: bytes) -> Iterator[Process]:
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (place / "environ").read_bytes():
                parent = (place / "stat").read_text().rsplit(")", 1)[1].split()[1]
                command = (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                yield Process(int(place.name), int(parent), command)
