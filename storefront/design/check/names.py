"""Names that Jinja would look for in vain."""

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, meta, nodes

from storefront.design.check.findings import Finding, perhaps
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import Source, Template

GIVEN = re.compile(r"\{# given: ([^#]*?)\. #\}")
EXTENDS = re.compile(r"""\{%-?\s*extends\s+["']([^"']+)""")
BINDS = re.compile(r"\{%-?\s*(?:set|for|with)\s+([\w, ]+?)\s*(?:=|\bin\b|%)")
ALWAYS = {
    "status",
    "request",
    "g",
    "session",
    "config",
    "self",
    "super",
    "loop",
    "caller",
    "varargs",
    "kwargs",
}
MAKES_ADDRESSES = ("url_for", "plain_url_for")


def look(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    for page in source.templates:
        try:
            tree = knowledge.tree(page)
        except TemplateSyntaxError as wrong:
            line, column = page.find("{", wrong.lineno)
            yield Finding(
                page.path,
                wrong.lineno,
                column if line == wrong.lineno else 1,
                "syntax",
                str(wrong.message),
            )
            continue
        yield from _Look(page, tree, knowledge).all()


class _Look:
    """One template's tree, gone through once a rule."""

    def __init__(self, page: Template, tree: nodes.Template, knowledge: Knowledge) -> None:
        self.page, self.tree, self.knowledge = page, tree, knowledge

    def all(self) -> Iterator[Finding]:
        yield from self._templates()
        yield from self._names()
        yield from self._macros()
        yield from self._filters()
        yield from self._addresses()

    def _at(self, node: nodes.Node, words: str, rule: str, said: str) -> Finding:
        line, column = self.page.find(words, node.lineno)
        return Finding(self.page.path, line, column, rule, said)

    def _templates(self) -> Iterator[Finding]:
        kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
        for node in self.tree.find_all(kinds):
            for name in _named(getattr(node, "template")):  # noqa: B009  # which each of them has
                is_optional = getattr(node, "ignore_missing", False)
                if name not in self.knowledge.pages and not is_optional:
                    said = f"no template {name}{perhaps(name, self.knowledge.pages)}"
                    yield self._at(node, name, "unknown-template", said)

    def _names(self) -> Iterator[Finding]:
        from_code = given(self.page, self.knowledge)
        if from_code is None:
            return
        known = {*ALWAYS, *self.knowledge.env.globals, *_bound(self.tree), *from_code}
        for name in sorted(self._undeclared() - known):
            node = next(one for one in self.tree.find_all(nodes.Name) if one.name == name)
            yield self._at(
                node, name, "unknown-name", f"nothing is called {name}{perhaps(name, known)}"
            )

    def _undeclared(self) -> set[str]:
        try:
            return meta.find_undeclared_variables(self.tree)
        except TemplateSyntaxError:  # a filter that is not there, which is told as such
            return set()

    def _macros(self) -> Iterator[Finding]:
        macros = dict(self.knowledge.macros(self.page))
        for node in self.tree.find_all(nodes.FromImport):
            yield from self._imported(node, macros)
        for call in self.tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in macros:
                yield from self._call(call, call.node.name, macros[call.node.name])

    def _imported(
        self, node: nodes.FromImport, macros: dict[str, nodes.Macro]
    ) -> Iterator[Finding]:
        """Adds those that are there."""
        theirs = _macros_of(node.template, self.knowledge)
        if theirs is None:
            return
        for name, alias in map(_alias, node.names):
            if name in theirs:
                macros[alias] = theirs[name]
            else:
                said = f"no macro {name} there{perhaps(name, theirs)}"
                yield self._at(node, name, "unknown-macro", said)

    def _call(self, call: nodes.Call, name: str, macro: nodes.Macro) -> Iterator[Finding]:
        arguments = [one.name for one in macro.args]
        for one in call.kwargs:
            if one.key not in arguments and not _takes(macro, "kwargs"):
                said = f"{name} takes no {one.key}{perhaps(one.key, arguments)}"
                yield self._at(call, f"{one.key}=", "macro-arguments", said)
        needed = arguments[: len(arguments) - len(macro.defaults)][len(call.args) :]
        missing = [one for one in needed if one not in {given.key for given in call.kwargs}]
        is_open = call.dyn_args or call.dyn_kwargs
        if missing and not is_open:
            yield self._at(
                call, f"{name}(", "macro-arguments", f"{name} needs {', '.join(missing)}"
            )
        if len(call.args) > len(arguments) and not _takes(macro, "varargs"):
            said = f"{name} takes {len(arguments)} at most: {', '.join(arguments)}"
            yield self._at(call, f"{name}(", "macro-arguments", said)

    def _filters(self) -> Iterator[Finding]:
        env = self.knowledge.env
        for node in self.tree.find_all(nodes.Filter):
            if node.name not in env.filters:
                said = f"no filter {node.name}{perhaps(node.name, env.filters)}"
                yield self._at(node, node.name, "unknown-filter", said)
            if node.name == "safe":
                yield self._at(node, "safe", "not-escaped", "safe writes a value as it is")
        for test in self.tree.find_all(nodes.Test):
            if test.name not in env.tests:
                said = f"no test {test.name}{perhaps(test.name, env.tests)}"
                yield self._at(test, test.name, "unknown-test", said)

    def _addresses(self) -> Iterator[Finding]:
        for call in self.tree.find_all(nodes.Call):
            first = call.args[0] if call.args else None
            if not isinstance(call.node, nodes.Name) or not isinstance(first, nodes.Const):
                continue
            name = str(first.value)
            if call.node.name in MAKES_ADDRESSES and name not in self.knowledge.endpoints:
                said = f"no address {name}{perhaps(name, self.knowledge.endpoints)}"
                yield self._at(call, name, "unknown-address", said)
            if call.node.name == "static_url" and name not in self.knowledge.files:
                said = f"no file static/{name}{perhaps(name, self.knowledge.files)}"
                yield self._at(call, name, "unknown-file", said)


def given(page: Template, knowledge: Knowledge) -> set[str] | None:
    """What a template is given: as its head says; a part that says nothing has its users' names.

    None where nothing tells: neither the template nor whoever uses it has such a head.
    """
    return _given(page, knowledge, frozenset())


def _given(page: Template, knowledge: Knowledge, seen: frozenset[str]) -> set[str] | None:
    said = GIVEN.search(page.text)
    if said:
        return set(re.split(r",\s+", said[1])) | _of_parents(page, knowledge)
    names: set[str] = set()
    users = knowledge.users.get(page.name, set())
    for user in (knowledge.pages[one] for one in users - seen):
        theirs = _given(user, knowledge, seen | {page.name})
        if theirs is None:
            return None
        names |= theirs | _set_in(user.text)
    return names if users else None


def _of_parents(page: Template, knowledge: Knowledge) -> set[str]:
    """What the templates that it extends bind outside of their blocks."""
    parents = [knowledge.pages[one] for one in EXTENDS.findall(page.text) if one in knowledge.pages]
    return {name for one in parents for name in _set_in(one.text) | _of_parents(one, knowledge)}


def _set_in(text: str) -> set[str]:
    """What a template binds by itself, by its text: enough to pass it on to its parts."""
    bound = BINDS.findall(text)
    imported = re.findall(r"\bas (\w+)", text)
    return {name.strip() for one in bound for name in one.split(",")} | set(imported)


def _bound(tree: nodes.Template) -> set[str]:
    """What a template binds outside of its blocks, which its blocks may use."""
    stored = {one.name for one in tree.find_all(nodes.Name) if one.ctx == "store"}
    macros = {one.name for one in tree.find_all(nodes.Macro)}
    modules = {one.target for one in tree.find_all(nodes.Import)}
    names = [name for one in tree.find_all(nodes.FromImport) for name in one.names]
    return stored | macros | modules | {alias for _name, alias in map(_alias, names)}


def _takes(macro: nodes.Macro, which: str) -> bool:
    return any(one.name == which for one in macro.find_all(nodes.Name))


def _alias(one: str | tuple[str, str]) -> tuple[str, str]:
    return one if isinstance(one, tuple) else (one, one)


def _named(node: nodes.Expr) -> list[str]:
    """The names that an include may have, as far as they are written."""
    if isinstance(node, nodes.Const):
        return [str(node.value)]
    if isinstance(node, nodes.CondExpr):
        return [*_named(node.expr1), *(_named(node.expr2) if node.expr2 else [])]
    return []


def _macros_of(node: nodes.Expr, knowledge: Knowledge) -> dict[str, nodes.Macro] | None:
    """The macros of another template; None where it is not there, or is wrong itself."""
    page = knowledge.pages.get(next(iter(_named(node)), ""))
    try:
        return knowledge.macros(page) if page else None
    except TemplateSyntaxError:
        return None
