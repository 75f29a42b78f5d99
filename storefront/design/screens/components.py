"""/design/components: each macro and partial with its parameters, in its states, with the call."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from jinja2 import nodes
from markupsafe import Markup

from storefront.design import bp
from storefront.design.screens import examples, frames
from storefront.design.screens.places import SourceLine
from storefront.web.rendering import page

OTHERWISE = {"form": "form as form_"}  # a name that templates have for something else
FOLDERS = ("components", "partials")
FORMS, INNER = "components/forms.html", ["choice", "field", "press", "textarea"]
MACRO = re.compile(r"(?:\{# ((?:(?!#\}).)*?)\s*#\}\n)?\{% macro (\w+)\(", re.DOTALL)
HEAD = re.compile(r"\A\{# (.*?)\s*#\}", re.DOTALL)
PARAMETERS = re.compile(r"\s(?:Takes|Reads) (?=\w+: )")


@dataclass(frozen=True)
class Component:
    """A macro or a partial, whose name is empty; parameters are said by its head comment."""

    file: str
    name: str
    about: str
    parameters: dict[str, str]
    place: SourceLine

    @property
    def title(self) -> str:
        return self.name or Path(self.file).stem

    @property
    def bring(self) -> str:
        """The line of a template by which it is there to be called."""
        name = OTHERWISE.get(self.name, self.name)
        return f'{{% from "{self.file}" import {name} %}}' if name else ""

    @property
    def calls(self) -> tuple[str, ...]:
        return examples.CALLS.get(self.file, {}).get(self.name, ())


def every() -> list[Component]:
    """In the order of their files."""
    return [one for name, path in _files() for one in _read(name, path)]


def _files() -> Iterator[tuple[str, Path]]:
    templates = Path(current_app.root_path) / "templates"
    for folder in FOLDERS:
        for path in sorted((templates / folder).glob("*.html")):
            yield f"{folder}/{path.name}", path


def _read(name: str, path: Path) -> Iterator[Component]:
    text = path.read_text(encoding="utf-8")
    if name.startswith("partials/"):
        found = HEAD.search(text)
        yield Component(name, "", *_said(found[1] if found else ""), SourceLine(path))
        return
    for macro in MACRO.finditer(text):
        line = text.count("\n", 0, macro.end()) + 1
        yield Component(name, macro[2], *_said(macro[1] or ""), SourceLine(path, line))


def _said(comment: str) -> tuple[str, dict[str, str]]:
    """What it is, and its parameters in words."""
    about, *parameters = PARAMETERS.split(f" {' '.join(comment.split())}", maxsplit=1)
    named = (
        [one.partition(": ") for one in parameters[0].rstrip(".").split("; ")] if parameters else []
    )
    return about.strip(), {name: words for name, _colon, words in named}


def defaults(component: Component) -> dict[str, str]:
    """What a macro takes for a parameter that is left out, by its name."""
    source = component.place.file.read_text(encoding="utf-8")
    tree = current_app.jinja_env.parse(source)
    macro = next((m for m in tree.find_all(nodes.Macro) if m.name == component.name), None)
    if macro is None:
        return {}
    named = [one.name for one in macro.args[len(macro.args) - len(macro.defaults) :]]
    return dict(zip(named, map(_written, macro.defaults), strict=True))


def _written(value: nodes.Expr) -> str:
    return repr(value.value) if isinstance(value, nodes.Const) else "…"


@bp.get("/components")
def components() -> ResponseReturnValue:
    """All of them, by file."""
    found = every()
    return page(
        "design/components.html",
        files={one.file: [c for c in found if c.file == one.file] for one in found},
        defaults=defaults,
        scheme="dark" if request.args.get("scheme") == "dark" else "light",
    )


@bp.get("/components/<folder>/<name>")
def component(folder: str, name: str) -> ResponseReturnValue:
    """One call as the shop shows it: ?macro= names the macro, ?n= which of its calls."""
    file, macro = f"{folder}/{name}", request.args.get("macro", "")
    calls = examples.CALLS.get(file, {}).get(macro, ())
    place, scheme = request.args.get("n", 0, type=int), request.args.get("scheme", "light")
    if not 0 <= place < len(calls) or scheme not in frames.SCHEMES:
        abort(404)
    html = render_template("design/example.html", shown=_shown(file, macro, calls[place]))
    answer = Response(frames.page(html, scheme), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = frames.policy(is_mail=False)
    return answer


def _shown(file: str, macro: str, call: str) -> Markup:
    """The call rendered, with all macros of its file and those that stand inside of others."""
    own = [OTHERWISE.get(name, name) for name in examples.CALLS[file] if macro]
    inner = [] if file == FORMS else INNER
    lines = [
        f'{{% from "{one}" import {", ".join(names)} %}}'
        for one, names in ((file, own), (FORMS, inner))
        if names
    ]
    template = current_app.jinja_env.from_string("".join([*lines, call]))
    context = examples.given()
    current_app.update_template_context(context)
    return Markup(template.render(context))  # noqa: S704  # our own template, which escapes
