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
    name: str


def of_shop(folder: Path) -> list[Process]:
    return list(_found(f"STOREFRONT_INSTANCE={folder}\0".encode()))


def children(folder: Path, parent: int, name: str = "") -> list[int]:
    """Those that this process started, all or those of a name."""
    known = of_shop(folder)
    return sorted(one.pid for one in known if one.parent == parent and name in {"", one.name})


def _found(mark: bytes) -> Iterator[Process]:
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (place / "environ").read_bytes():
                parent = (place / "stat").read_text().rsplit(")", 1)[1].split()[1]
                name = (place / "comm").read_text().strip()
                yield Process(int(place.name), int(parent), name)
