"""make bench: every part of the bench in turn, or those that are named."""

import sys
from importlib import import_module

from bench import figures

PARTS = (
    "statements",
    "load",
    "checkout",
    "growth",
    "orders",
    "memory",
    "start",
    "sizes",
    "lighthouse",
)


def main(named: list[str]) -> None:
    if unknown := set(named) - set(PARTS):
        raise SystemExit(f"No part {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    for part in named or PARTS:
        found = import_module(f"bench.{part}").measure()
        for one in found:
            print(f"{one.verdict:4} {one.what:48} {one.aim:16} {one.measured}", flush=True)
        figures.write(part, found)


if __name__ == "__main__":
    main(sys.argv[1:])
