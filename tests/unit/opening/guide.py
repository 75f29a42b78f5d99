"""The words of docs/owners.md that name something on the owner's pages, and of operating.md."""

import re

from tests.wheel import ROOT

HALVES = dict(
    zip(("ja", "en"), (ROOT / "docs/owners.md").read_text().split("\n---\n"), strict=True)
)
OPERATING = (ROOT / "docs/operating.md").read_text()
NAMED = re.compile(r"\*\*(.+?)\*\*|\[([^\]\n]+)\](?!\()")  # **a menu → its page**, [a button]


def named(language: str) -> set[str]:
    """Menus, pages, links and buttons."""
    found = (bold or button for bold, button in NAMED.findall(HALVES[language]))
    return {one.strip() for words in found for one in words.split("→")}
