"""The files of a theme's folder: those it begins with, and its copies of the product's templates
with the originals that they were made from."""

import hashlib
from dataclasses import dataclass
from difflib import get_close_matches, unified_diff
from importlib.metadata import version
from pathlib import Path

from storefront.web import stylesheets, themes, tokens

TEMPLATES = Path(__file__).parents[1] / "templates"
PRODUCT = version("storefront")
COPIES, ORIGINALS = "templates", "originals"
DIGESTS = "SHA256SUMS"  # of the originals, as sha256sum -c reads them

STYLES = """/* Rules of the theme: they win over all of the shop's. Colours, corners and sizes of
   text are better changed in tokens.css. A file of static/ is named like url("img/hero.jpg"). */
"""
WORDS = """# A sentence of the shop, as its templates have it, and what the theme says instead{}.
msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# msgid "商品を見る"
# msgstr "{}"
"""


class NoTemplate(LookupError):
    """Name one of the product's templates."""


def begin(name: str) -> Path:
    """Make a theme that looks like the shop itself; raises FileExistsError."""
    folder = Path(themes.FOLDER) / name
    if folder.exists():
        raise FileExistsError(folder)
    for part in ("static", COPIES):
        (folder / part).mkdir(parents=True)
        (folder / part / ".gitkeep").touch()
    facts = {"name": name, "version": "0.1.0", "made_for": PRODUCT}
    texts = {
        themes.FACTS: "".join(f'{key} = "{value}"\n' for key, value in facts.items()),
        "tokens.css": _tokens(),
        "theme.css": STYLES,
        "words.po": WORDS.format("", "ja", "品物を見る"),
        "words.en.po": WORDS.format(" in English", "en", "See what we have"),
    }
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def _tokens() -> str:
    """The shop's own, each in a comment: a designer wakes what the theme is to change."""
    blocks = stylesheets.FOLDER / "tokens.css"
    rules = tokens.COMMENT.sub("", blocks.read_text(encoding="utf-8")).partition(":root")[2]
    lines = f":root{rules}".splitlines()
    return "\n".join(_asleep(line) for line in lines if line.strip()) + "\n"


def _asleep(line: str) -> str:
    declaration = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    return f"{indent}/* {declaration} */" if declaration.endswith(";") else line


def copy(folder: Path, file: str) -> Path:
    """Copy one of the product's templates into the theme; raises NoTemplate, FileExistsError."""
    original, target = _original(file), folder / COPIES / file
    if target.exists():
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(original.read_text(encoding="utf-8"), encoding="utf-8")
    note(folder, file)
    return target


def note(folder: Path, file: str) -> Path:
    """Keep today's original of a copy beside it, with its digest; raises NoTemplate."""
    text = _original(file).read_text(encoding="utf-8")
    kept = folder / ORIGINALS / file
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(text, encoding="utf-8")
    digests = _digests(folder) | {file: _digest(text)}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    (folder / ORIGINALS / DIGESTS).write_text("".join(lines), encoding="utf-8")
    return folder / COPIES / file


def _original(file: str) -> Path:
    path = (TEMPLATES / file).resolve()
    if path.is_file() and TEMPLATES in path.parents:
        return path
    names = [one.relative_to(TEMPLATES).as_posix() for one in TEMPLATES.rglob("*.*")]
    near = get_close_matches(file, names, n=1, cutoff=0.4)
    raise NoTemplate(f"no template {file}" + (f"; did you mean {near[0]}?" if near else ""))


def _digests(folder: Path) -> dict[str, str]:
    path = folder / ORIGINALS / DIGESTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Copy:
    """A theme's copy of a template: what it was made from, what it is, and what the product has
    today; empty where there is none."""

    file: str
    noted: str  # the digest of the original
    original: str
    mine: str
    now: str

    @property
    def is_outdated(self) -> bool:
        return _digest(self.now) != self.noted

    @property
    def difference(self) -> str:
        """Both sides against the original that they have in common."""
        product = _diff(self.original, self.now, f"{self.file}, as it was", "the product today")
        return product + _diff(self.original, self.mine, f"{self.file}, as it was", "the theme")


def _diff(one: str, other: str, name: str, other_name: str) -> str:
    lines = unified_diff(one.splitlines(), other.splitlines(), name, other_name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def copies(folder: Path) -> list[Copy]:
    """What the theme has instead of the product's templates; templates of its own are none."""
    digests = _digests(folder)
    found = sorted(path for path in (folder / COPIES).rglob("*") if path.is_file())
    names = [path.relative_to(folder / COPIES).as_posix() for path in found]
    return [
        Copy(
            name,
            digests.get(name, ""),
            _text(folder / ORIGINALS / name),
            _text(folder / COPIES / name),
            _text(TEMPLATES / name),
        )
        for name in names
        if name in digests or (TEMPLATES / name).is_file()
    ]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
