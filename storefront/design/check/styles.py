"""What browsers would skip in a style sheet, and what would hurt who looks at it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tinycss2
from tinycss2.color5 import parse_color

from storefront.design.check.findings import Finding, perhaps
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import SHOP, Source

PROPERTIES = Path(__file__).with_name("properties.txt")  # those that Chromium 156 knows
NOT_SEEN = re.compile(r'/\*.*?\*/|"[^"\n]*"|\'[^\'\n]*\'', re.DOTALL)
NO_COLOUR = {"transparent", "currentcolor", "inherit"}
SYSTEM = {"canvas", "canvastext", "linktext", "highlight", "buttonborder", "mark", "marktext"}
FIELD = re.compile(r"(^|[\s,>])(input|select|textarea)(?!\[type=.(radio|checkbox))|\.code\b")
PRESSED = re.compile(r"(^|[\s,>])(button|select|summary)\b|\.btn\b")
OUTLINE = ("outline", "outline-style", "outline-width")
HEIGHT = ("min-block-size", "block-size", "min-height", "height")
TAP, PIXELS = 44, 16
NOT_PRESSED = re.compile(r"^(main|h1|\.summary|#error-summary)\b[^,]*$")


def look(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    for path, text in source.styles.items():
        yield from _Sheet(path, text, source, knowledge).look()


@cache
def properties() -> frozenset[str]:
    return frozenset(PROPERTIES.read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class _Brace:
    """place: line and column; indent: of its line; is_alone: whether nothing else stands there."""

    opens: bool
    place: tuple[int, int]
    indent: int
    is_alone: bool

    def is_astray(self, begun: "_Brace") -> bool:
        """Whether it closes something else, as its line shows."""
        return self.is_alone and begun.place[0] != self.place[0] and begun.indent != self.indent


def _braces_of(text: str) -> Iterator[_Brace]:
    """Those of rules, without those in comments and strings."""
    shown = NOT_SEEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for number, line in enumerate(shown.split("\n"), 1):
        indent = len(line) - len(line.lstrip())
        for found in re.finditer(r"[{}]", line):
            place = (number, found.start() + 1)
            yield _Brace(found[0] == "{", place, indent, line.strip() == "}")


class _Sheet:
    def __init__(self, path: Path, text: str, source: Source, knowledge: Knowledge) -> None:
        self.path, self.text, self.source, self.knowledge = path, text, source, knowledge
        self.sets_tokens = path.name == "tokens.css"

    def _say(self, node: Any, rule: str, words: str) -> Finding:
        return Finding(self.path, node.source_line, node.source_column, rule, words)

    def look(self) -> Iterator[Finding]:
        unbalanced = list(self._braces())
        if unbalanced:  # what follows would be read wrongly
            yield from unbalanced
            return
        rules = tinycss2.parse_stylesheet(self.text, skip_comments=True, skip_whitespace=True)
        yield from self._rules(rules)

    def _braces(self) -> Iterator[Finding]:
        """An opening brace is closed in its own column, as all our sheets are written; where that
        does not tell, what is left open or closed too often does."""
        is_open: list[_Brace] = []
        for brace in _braces_of(self.text):
            if brace.opens:
                is_open.append(brace)
                continue
            begun = is_open.pop() if is_open else None
            if begun is None:
                yield Finding(self.path, *brace.place, "css-braces", "this } closes nothing")
            elif brace.is_astray(begun):
                yield Finding(self.path, *begun.place, "css-braces", "this { is not closed")
                return
        for begun in is_open[-1:]:
            yield Finding(self.path, *begun.place, "css-braces", "this { is not closed")

    def _rules(self, rules: Sequence[Any]) -> Iterator[Finding]:
        for rule in rules:
            if rule.type == "error":
                line = self.text.split("\n")[rule.source_line - 1]
                column = len(line) - len(line.lstrip()) + 1
                yield Finding(self.path, rule.source_line, column, "css-syntax", rule.message)
            elif rule.type == "at-rule":
                yield from self._at_rule(rule)
            elif rule.type == "qualified-rule":
                yield from self._block(rule, tinycss2.serialize(rule.prelude).strip())

    def _at_rule(self, rule: Any) -> Iterator[Finding]:
        name = rule.lower_at_keyword
        if name == "import":
            yield self._say(rule, "css-import", "@import")
        if name == "media":
            yield from self._widths(rule)
        if name in {"font-face", "page"}:
            yield from self._block(rule, f"@{name}")
        elif rule.content is not None:
            inner = tinycss2.parse_blocks_contents(
                rule.content, skip_comments=True, skip_whitespace=True
            )
            yield from self._rules(inner)

    def _widths(self, rule: Any) -> Iterator[Finding]:
        for width in re.findall(r"\((--[\w-]+)\)", tinycss2.serialize(rule.prelude)):
            if width not in self.knowledge.widths:
                words = f"no width {width}{perhaps(width, self.knowledge.widths)}"
                yield self._say(rule, "unknown-width", words)

    def _block(self, rule: Any, selector: str) -> Iterator[Finding]:
        inner = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        for one in inner:
            if one.type == "declaration":
                yield from self._declaration(one, selector)
        yield from self._rules([one for one in inner if one.type != "declaration"])

    def _declaration(self, one: Any, selector: str) -> Iterator[Finding]:
        name, value = one.lower_name, tinycss2.serialize(one.value).strip()
        is_token = name.startswith("--")
        is_descriptor = selector.startswith("@")
        if not is_token and not is_descriptor and name not in properties():
            words = f"no property {name}{perhaps(name, properties())}"
            yield self._say(one, "unknown-property", words)
        if one.important and not _may_be_important(selector, self.text):
            yield self._say(one, "important", f"{name} is !important")
        yield from self._values(one.value)
        if not self.sets_tokens and not is_token:
            yield from self._colours(one.value)
        yield from self._for_people(one, name, value, selector)

    def _values(self, tokens: Sequence[Any]) -> Iterator[Finding]:
        for token in _each(tokens):
            if token.type == "function" and token.lower_name == "var":
                known = self.knowledge.tokens
                named = [part.value for part in token.arguments if part.type == "ident"]
                if named and named[0] not in known:
                    words = f"no token {named[0]}{perhaps(named[0], known)}"
                    yield self._say(token, "unknown-token", words)
            address = _address(token)
            if address and not re.match(r"data:|#|https?:", address) and not self._has(address):
                yield self._say(token, "missing-file", f"no file {address}")

    def _has(self, address: str) -> bool:
        near = self.path.parent / address.partition("?")[0].partition("#")[0]
        below = address.removeprefix("/static/").lstrip("./")
        roots = (SHOP.folder / "static", self.source.folder / "static")
        return near.is_file() or any((root / below).is_file() for root in roots)

    def _colours(self, tokens: Sequence[Any]) -> Iterator[Finding]:
        for token in _each(tokens):
            if token.type not in {"hash", "ident", "function"}:
                continue
            written = tinycss2.serialize([token])
            if written.lower() in NO_COLOUR | SYSTEM or "var(" in written or "color-mix" in written:
                continue
            if token.type == "ident" and not written.isalpha():
                continue
            if parse_color(token) is not None:
                yield self._say(token, "literal-colour", f"{written} stands in no token")

    def _for_people(self, one: Any, name: str, value: str, selector: str) -> Iterator[Finding]:
        is_without = name in OUTLINE and value in {"none", "0"}
        if is_without and not NOT_PRESSED.match(selector):
            yield self._say(one, "focus-ring", f"{selector} shows no focus")
        pixels = _pixels(value)
        if name == "font-size" and FIELD.search(selector) and 0 < pixels < PIXELS:
            yield self._say(one, "small-field", f"{value} in {selector}")
        if name in HEIGHT and PRESSED.search(selector) and 0 < pixels < TAP:
            yield self._say(one, "small-tap", f"{value} for {selector}")


def _may_be_important(selector: str, text: str) -> bool:
    """Words for the ear alone, and what a person has asked their device for."""
    return selector.startswith(".vh") or "prefers-reduced-motion" in text


def _each(tokens: Sequence[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from _each(getattr(token, "arguments", None) or getattr(token, "content", None) or [])


def _address(token: Any) -> str:
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(one.value) for one in token.arguments if one.type == "string"), "")
    return ""


def _pixels(value: str) -> float:
    """0 where it is no plain length."""
    found = re.fullmatch(r"([\d.]+)(px|rem)", value)
    return float(found[1]) * (16 if found[2] == "rem" else 1) if found else 0.0
