"""What is wrong in a template or a style: which line of which file, and through which includes."""

import linecache
import os
import re
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from flask import current_app
from jinja2 import Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplateRuntimeError, UndefinedError
from jinja2.utils import missing

from storefront.core.tracebacks import TemplatePlace, template_places
from storefront.design import guesses
from storefront.web.stylesheets import SheetFault

PACKAGE = Path(__file__).parents[1]
AROUND = 4  # lines before and after the wrong one
LOOKED_FOR = re.compile(r"innermost block that needs to be closed is '(\w+)'")


class NoSuchPart(UndefinedError):
    """Knows of what thing a part was asked for that it has not."""

    def __init__(self, message: str, owner: object) -> None:
        super().__init__(message)
        self.owner = owner


class Strict(StrictUndefined):
    """A name that nobody gave is an error that knows what was asked for it."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        knowing = partial(NoSuchPart, owner=obj) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, cast("type[TemplateRuntimeError]", knowing))


@dataclass(frozen=True)
class TemplateLine:
    """A line of a file, whose name begins at the folder of the shop."""

    file: str
    line: int


@dataclass(frozen=True)
class ShownLine:
    number: int
    text: str
    is_wrong: bool


@dataclass(frozen=True)
class Mistake:
    """way: the lines that led to the wrong one, from the template that was asked for; meant: names
    that are there and read much like the one that is not."""

    message: str
    place: TemplateLine
    source: tuple[ShownLine, ...]
    way: tuple[TemplateLine, ...] = ()
    meant: tuple[str, ...] = ()


def at(file: str, line: int, message: str, *meant: str) -> Mistake:
    """A mistake in a line of a file that is no template."""
    return Mistake(message, _place(file, line), _source(file, line), meant=meant)


def of_sheet(fault: SheetFault) -> Mistake:
    return at(str(fault.path), fault.line, fault.words)


def of(error: BaseException) -> Mistake | None:
    """The part of a template or a sheet in an error; None where none has one."""
    if isinstance(error, SheetFault):
        return of_sheet(error)
    places = template_places(error)
    if not places and not isinstance(error, TemplateNotFound):
        return None
    file, line = _wrong_line(error, places)
    env = current_app.jinja_env
    return Mistake(
        _message(error),
        _place(file, line),
        _source(file, line),
        tuple(_place(one.file, one.line) for one in places[:-1]),
        tuple(guesses.of(error, places[-1].frame if places else None, env)),
    )


def _message(error: BaseException) -> str:
    if isinstance(error, TemplateNotFound):
        return f"template not found: {error}"
    words = getattr(error, "message", None) or str(error)
    is_jinjas = isinstance(error, TemplateSyntaxError | TemplateRuntimeError)
    return words if is_jinjas else f"{type(error).__name__}: {words}"


def _wrong_line(error: BaseException, places: list[TemplatePlace]) -> tuple[str, int]:
    """Of a block that is never closed the line that opens it; of a template that Python asks for
    in vain the line that does."""
    if not places:
        return _asking_line(error)
    file, line = places[-1].file, places[-1].line
    found = LOOKED_FOR.search(str(error)) if isinstance(error, TemplateSyntaxError) else None
    return file, (_opened(file, found[1], current_app.jinja_env) if found else None) or line


def _asking_line(error: BaseException) -> tuple[str, int]:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if Path(one.filename).is_relative_to(PACKAGE)]
    here = (ours or frames)[-1]
    return here.filename, here.lineno or 1


def _opened(file: str, tag: str, env: Environment) -> int | None:
    """The line of the last tag of this name that no end tag closes."""
    opened: list[int] = []
    tokens = list(env.lex(Path(file).read_text(encoding="utf-8")))
    for (_line, kind, _text), (_, _, _), (line, _, name) in zip(
        tokens, tokens[1:], tokens[2:], strict=False
    ):
        if kind == "block_begin" and name == tag:
            opened.append(line)
        elif kind == "block_begin" and name == f"end{tag}" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _place(file: str, line: int) -> TemplateLine:
    inside = Path(file).is_relative_to(PACKAGE.parent)
    return TemplateLine(os.path.relpath(file, PACKAGE.parent) if inside else file, line)


def _source(file: str, line: int) -> tuple[ShownLine, ...]:
    linecache.checkcache(file)
    lines = linecache.getlines(file)
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    numbers = range(first, last + 1)
    return tuple(ShownLine(n, lines[n - 1].rstrip("\n"), n == line) for n in numbers)
