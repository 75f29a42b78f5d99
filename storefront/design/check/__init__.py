"""storefront theme check: what is wrong in templates and styles, told where it stands."""

from collections.abc import Iterable
from pathlib import Path

from storefront.design.check import kept, markup, names, styles, words
from storefront.design.check.findings import Finding
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import Source

LOOKS = (names.look, markup.look, kept.look, words.look, styles.look)


def check(sources: Iterable[Source], knowledge: Knowledge) -> list[Finding]:
    """Everything that is wrong, in the order of the files; empty where nothing is."""
    found = {one for source in sources for look in LOOKS for one in look(source, knowledge)}
    return sorted(found, key=lambda one: (one.path, one.line, one.column, one.rule))


def told(finding: Finding, root: Path) -> str:
    """As compilers tell it: file:line:column, the rule, the words."""
    path = finding.path.relative_to(root) if finding.path.is_relative_to(root) else finding.path
    return f"{path}:{finding.line}:{finding.column}: {finding.rule}: {finding.words}"
