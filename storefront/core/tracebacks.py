"""What a log may say of a fault: its class and where it happened, first in which template."""

import linecache
import re
import traceback
from dataclasses import dataclass
from types import FrameType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

ASKED_FOR = re.compile(r"has no (?:attribute|element) (.+)")


@dataclass(frozen=True)
class TemplatePlace:
    """A line of a template that was being rendered; its frame has the names known there."""

    file: str
    line: int
    frame: FrameType


def traced(error: BaseException) -> dict[str, object]:
    """Never the exception's own words, which may quote a phone number, a text or a password; but
    Jinja's about a template, which quote the template."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {**_of_template(error), "error": type(error).__name__, "where": where}


def template_places(error: BaseException) -> list[TemplatePlace]:
    """Where rendering was, from the template that was asked for to the innermost include."""
    return [
        TemplatePlace(frame.f_code.co_filename, line, frame)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if "__jinja_exception__" in frame.f_globals  # Jinja's own mark of a template's frame
    ]


def _of_template(error: BaseException) -> dict[str, object]:
    places = template_places(error)
    if not places:
        return {}
    words = _words(error, places[-1].file)
    said = {"message": words} if words else {}
    return {"template": f"{places[-1].file}:{places[-1].line}", **said}


def _words(error: BaseException, file: str) -> str:
    """Jinja's; a name that the template does not hold was computed, and may be a shopper's."""
    if not isinstance(error, TemplateSyntaxError | UndefinedError | TemplateNotFound):
        return ""
    words = error.message or ""
    asked_for = ASKED_FOR.search(words)
    name = words if isinstance(error, TemplateNotFound) else asked_for[1] if asked_for else ""
    return words if name.strip("'\"") in "".join(linecache.getlines(file)) else ""
