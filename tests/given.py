"""What each template is given, read from the code that renders it."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

STOREFRONT = Path(__file__).parents[1] / "storefront"
RENDERS = {"page", "render_template"}


@dataclass
class Given:
    """Of one template: the names, where one is a module, and what could not be read."""

    names: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)


def given_to_templates() -> dict[str, Given]:
    found: dict[str, Given] = defaultdict(Given)
    sources = [_Source(path) for path in sorted(STOREFRONT.rglob("*.py"))]
    wrappers = dict(one for source in sources for one in source.wrappers())
    for source in sources:
        for call in source.calls():
            name = _name(call.func)
            reader, inner = wrappers.get(source.key(name), (source, call))
            if inner is not call or name in RENDERS:
                for template in source.templates(call.args[0]):
                    reader.read(inner, found[template])
    return dict(found)


class _Source:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.nodes = list(ast.walk(self.tree))  # looked through often, walked once
        self.functions = {one.name: one for one in self.nodes if isinstance(one, ast.FunctionDef)}
        self.modules = dict(self._imported())
        self.constants = {
            target.id: one.value.value
            for one in self.tree.body
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
            for target in one.targets
            if isinstance(target, ast.Name)
        }

    def _imported(self) -> Iterator[tuple[str, Path]]:
        for one in self.nodes:
            if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("storefront"):
                folder = STOREFRONT.parent.joinpath(*str(one.module).split("."))
                for name in one.names:
                    path = folder / f"{name.name}.py"
                    if path.exists() or (folder / name.name).is_dir():
                        yield name.asname or name.name, path

    def key(self, function: str) -> str:
        """A private function is called in its own file only."""
        return f"{self.path}:{function}" if function.startswith("_") else function

    def wrappers(self) -> Iterator[tuple[str, tuple["_Source", ast.Call]]]:
        """Functions that are handed a template to render, and how they render it."""
        if not any(_name(call.func) in RENDERS for call in self.calls()):
            return
        for function in self.functions.values():
            for call in self.calls(function):
                is_handed = isinstance(call.args[0], ast.Name) and not self.templates(call.args[0])
                if _name(call.func) in RENDERS and is_handed and function.name not in RENDERS:
                    yield self.key(function.name), (self, call)

    def calls(self, inside: ast.AST | None = None) -> Iterator[ast.Call]:
        for call in ast.walk(inside) if inside else self.nodes:
            if isinstance(call, ast.Call) and call.args:
                yield call

    def templates(self, argument: ast.expr) -> list[str]:
        """Written there, or in a constant of this file."""
        values = [getattr(one, "value", None) for one in ast.walk(argument)]
        values += [self.constants.get(getattr(one, "id", "")) for one in ast.walk(argument)]
        return [
            one
            for one in values
            if isinstance(one, str) and one.endswith((".html", ".txt", ".xml"))
        ]

    def read(self, call: ast.Call, into: Given) -> None:
        for keyword in call.keywords:
            if keyword.arg is None:
                keys = self._keys(keyword.value)
                into.names |= keys
                if not keys:
                    into.unread.add(ast.unparse(keyword.value))
            elif keyword.arg != "status":
                into.names.add(keyword.arg)
                if isinstance(keyword.value, ast.Name) and keyword.value.id in self.modules:
                    into.modules.add(keyword.arg)

    def _keys(self, spread: ast.expr) -> set[str]:
        """The keys of the dictionary that a call returns or that was made in this file."""
        if isinstance(spread, ast.Call) and isinstance(spread.func, ast.Attribute):
            path = self.modules.get(ast.unparse(spread.func.value))
            return _Source(path)._returned(spread.func.attr) if path else set()
        return self._returned(_name(spread.func)) if isinstance(spread, ast.Call) else set()

    def _returned(self, function: str) -> set[str]:
        found: set[str] = set()
        for one in ast.walk(self.functions[function]) if function in self.functions else []:
            if isinstance(one, ast.Return) and isinstance(one.value, ast.Dict):
                for key, value in zip(one.value.keys, one.value.values, strict=True):
                    found |= self._keys(value) if key is None else {ast.literal_eval(key)}
        return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
