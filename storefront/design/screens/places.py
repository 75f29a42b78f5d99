"""Where the things that a page shows are written: files and lines, with links for an editor."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask
from jinja2 import meta

from storefront.gallery import states
from storefront.gallery.states import State

ROOT = Path(__file__).parents[3]
RECIPES = Path(states.__file__).parent


@dataclass(frozen=True)
class SourceLine:
    """A line of a file."""

    file: Path
    line: int = 1

    @property
    def path(self) -> str:
        """From the folder of the shop's sources, where it is below that."""
        is_ours = self.file.is_relative_to(ROOT)
        return str(self.file.relative_to(ROOT) if is_ours else self.file)

    @property
    def editor(self) -> str:
        return f"vscode://file{self.file}:{self.line}"


def recipe(state: State) -> SourceLine:
    """The line that names the state, else the function that leads there."""
    for path in sorted(RECIPES.glob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if f'"{state.slug}",' in line and line.strip().startswith(('State("', '"')):
                return SourceLine(path, number)
    code = inspect.unwrap(state.how).__code__
    return SourceLine(Path(code.co_filename), code.co_firstlineno)


def templates(app: Flask, name: str) -> list[SourceLine]:
    """The file of a template, and those that it includes, extends or takes macros from."""
    return [SourceLine(Path(file)) for file in _files(app, name)] if name else []


@lru_cache(256)
def _files(app: Flask, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_read(app, name, set())))


def _read(app: Flask, name: str, known: set[str]) -> Iterator[str]:
    if name in known or app.jinja_env.loader is None:
        return
    known.add(name)
    source, file, _is_fresh = app.jinja_env.loader.get_source(app.jinja_env, name)
    yield str(file)
    for other in meta.find_referenced_templates(app.jinja_env.parse(source)):
        if other:
            yield from _read(app, other, known)
