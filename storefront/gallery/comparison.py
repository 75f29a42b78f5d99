"""Photographs of now beside those of before: which states look different, are new or are gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageChops

from storefront.gallery.screenshots import Photograph, Wanted

SHEET = "compare.html"


class NothingToCompare(Exception):
    """Name the folder of an earlier `storefront screenshots --to`: this one holds no photograph."""


@dataclass(frozen=True)
class Comparison:
    """Names of files. Those that are the same in both folders stand nowhere."""

    changed: Sequence[str]
    new: Sequence[str]
    gone: Sequence[str]

    @property
    def lines(self) -> list[str]:
        parts = {"changed": self.changed, "new": self.new, "gone": self.gone}
        return [f"{what}: {name}" for what, names in parts.items() for name in names]


def compare(taken: Sequence[Photograph], wanted: Wanted, before: Path, after: Path) -> Comparison:
    """What was taken into the folder after, beside what the folder before holds of it.

    Writes a sheet into after. Raises NothingToCompare.
    """
    known = {path.name for path in before.glob("*.png")}
    if not known:
        raise NothingToCompare(f"no photograph in {before}")
    names = [one.name for one in taken]
    found = Comparison(
        [one for one in names if one in known and not _is_same(before / one, after / one)],
        [one for one in names if one not in known],
        sorted(one for one in known.difference(names) if wanted.asks_for(one)),
    )
    (after / SHEET).write_text(_sheet(found, before.resolve(), after.resolve()), encoding="utf-8")
    return found


def _is_same(before: Path, after: Path) -> bool:
    with Image.open(before) as one, Image.open(after) as other:
        if one.size != other.size:
            return False
        return ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox() is None


def _sheet(found: Comparison, before: Path, after: Path) -> str:
    """Each picture of before and of now, side by side."""
    parts = [
        *(_row(name, [before, after]) for name in found.changed),
        *(_row(name, [after], "new") for name in found.new),
        *(_row(name, [before], "gone") for name in found.gone),
    ]
    title = f"{len(found.changed)} changed, {len(found.new)} new, {len(found.gone)} gone"
    head = f'<meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
    return f'<!doctype html><html lang="en">{head}{"".join(parts)}</html>'


def _row(name: str, folders: Sequence[Path], what: str = "before, after") -> str:
    pictures = "".join(
        f'<a href="{address}"><img src="{address}" alt="{escape(name)}" width="390"></a> '
        for address in (escape((folder / name).as_uri()) for folder in folders)
    )
    return f"<h2>{escape(name)}: {what}</h2><p>{pictures}</p>"
