"""What was probably meant by a name that is not there."""

import inspect
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import FrameType
from typing import Any

from flask import current_app
from jinja2 import Environment, TemplateNotFound
from jinja2.runtime import Macro
from werkzeug.routing import BuildError

MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")
TAGS = (
    "block",
    "call",
    "elif",
    "else",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
)
MORE_TAGS = ("macro", "raw", "set", "with")
ENDS = (
    "endblock",
    "endcall",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endraw",
    "endset",
    "endwith",
)
FORMS = {  # what the words of an error look like, and what the name in them should have been
    "filter": re.compile(r"No filter named '(\w+)'"),
    "test": re.compile(r"No test named '(\w+)'"),
    "tag": re.compile(r"unknown tag '(\w+)'"),
    "argument": re.compile(r"macro '(\w+)' takes no keyword argument '(\w+)'"),
    "macro": re.compile(r"the template '([^']+)' .* does not export the requested name '(\w+)'"),
    "part": re.compile(r"has no attribute '(\w+)'"),
    "name": re.compile(r"^'(\w+)' is undefined"),
}


def of(error: BaseException, frame: FrameType | None, env: Environment) -> list[str]:
    """Up to three names that are there, the likeliest first."""
    if isinstance(error, TemplateNotFound):
        return close(str(error), env.list_templates())
    if isinstance(error, BuildError):
        return close(str(error.endpoint), current_app.view_functions)
    if isinstance(error, KeyError):
        return close(str(error.args[0]), current_app.extensions["assets"].addresses)
    for kind, form in FORMS.items():
        found = form.search(str(error))
        if found:
            return close(found[found.lastindex or 1], _names(kind, found, error, frame, env))
    return []


def close(name: str, names: Iterable[object]) -> list[str]:
    """Those that read much like it."""
    return get_close_matches(name, sorted({str(one) for one in names} - {name}), cutoff=0.6)


def _names(
    kind: str, found: re.Match[str], error: BaseException, frame: FrameType | None, env: Environment
) -> Iterable[str]:
    known: Mapping[str, Any] = frame.f_locals if frame else {}
    look = {
        "filter": lambda: env.filters,
        "test": lambda: env.tests,
        "tag": lambda: (*TAGS, *MORE_TAGS, *ENDS),
        "argument": lambda: _arguments(found[1], known),
        "macro": lambda: _macros(found[1], env),
        "part": lambda: _parts(getattr(error, "owner", None)),
        "name": lambda: [*known, *env.globals],
    }
    return look[kind]()


def _arguments(macro: str, known: Mapping[str, Any]) -> Iterable[str]:
    named = [one for one in known.values() if isinstance(one, Macro) and one.name == macro]
    return [argument for one in named for argument in one.arguments]


def _macros(template: str, env: Environment) -> Iterable[str]:
    return MACRO.findall(env.loader.get_source(env, template)[0]) if env.loader else []


def _parts(owner: object) -> Iterable[str]:
    if isinstance(owner, Mapping):
        return map(str, owner)
    return [name for name in dir(owner) if not name.startswith("_") and not inspect.ismodule(owner)]
