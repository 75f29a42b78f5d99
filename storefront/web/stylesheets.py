"""The style sheets, joined from one file a component; a theme's stand behind them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "static/css"

# What stands later wins over what stands before it in the same layer.
SITE = (
    "tokens",
    "base",
    *(
        f"components/{name}"
        for name in (
            # layer components: parts that several screens share
            "alert-line",
            "back",
            "box",
            "brand",
            "button",
            "card",
            "closed-line",
            "cart-count",
            "chips",
            "code",
            "field",
            "fold",
            "further",
            "footer",
            "header",
            "picture",
            "pager",
            "price",
            "progress",
            "row",
            "skip",
            "stepper",
            "sticky",
            "error-summary",
            "sums",
            "thumb",
            "tile",
            "visually-hidden",
            "wait",
            # layer pages: catalogue
            "hero",
            "search",
            "news",
            "ways-row",
            "crumbs",
            "gallery",
            "large",
            "product",
            "options",
            "specs",
            # cart and checkout
            "cart",
            "brief",
            "beside",
            "postal-code",
            "choices",
            "order-form",
            "method",
            "refusal",
            "agreement",
            "code-entry",
            "payment-request",
            # sandbox
            "sandbox-banner",
            "sandbox-numbers",
            "provider",
            "sandbox",
            "scenarios",
            "handset",
            "letter",
            # law, help and orders
            "prose",
            "facts",
            "faq",
            "order",
            "order-progress",
            "paper",
            "print",
        )
    ),
)
ADMIN = tuple(
    f"admin/{name}"
    for name in (
        "frame",
        "crumbs",
        "choices",
        "with-unit",
        "rows",
        "tag",
        "facts",
        "filters",
        "figures-today",
        "doors",
        "sign-in",
        "fees",
        "days",
        "sample",
        "order-list",
        "order",
        "timeline",
        "job-bar",
        "sheet",
        "preview",
        "methods",
        "tabs",
        "fallback-order",
        "copyable",
        "variants",
        "pictures",
        "chart",
        "figures",
        "shop-state",
        "meter",
        "law",
        "hints",
    )
)
DESIGN = tuple(  # of the designers' kit, which no production process has
    f"design/{name}"
    for name in ("kit-tokens", "kit-base", "kit-states", "kit-frames", "kit-components")
)
BREAKPOINT = re.compile(r"@custom-media (--[\w-]+) (\([^)]+\));")
QUOTED = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
URL = rf"""url\(\s*(?:(?P<quoted>{QUOTED})|(?P<bare>[^\s"')]*))\s*\)"""
PARTS = re.compile(
    rf"/\*.*?(?:\*/|(?P<open>\Z))|{BREAKPOINT.pattern}|(?P<import>@import\b)"
    rf"|@media \((?P<width>--[\w-]+)\)|(?P<url>{URL})|{QUOTED}|(?P<brace>[{{}}])",
    re.DOTALL,
)
GAP = r"(?:\s|/\*(?:[^*]|\*(?!/))*\*/)"
NEEDLESS = re.compile(
    rf"(?P<kept>url\((?:{QUOTED}|[^\"')]*)\)|{QUOTED})"
    rf"|(?P<last>{GAP}*;{GAP}*(?=}}))|{GAP}*(?P<sign>[{{}};,>]){GAP}*|(?P<colon>:)\s+|{GAP}+"
)
LEFT = ("data:", "#")  # what a url() names that is no file

Address = Callable[[str], str]


class SheetFault(Exception):
    """Mend the sheet at the line that the words begin with."""

    def __init__(self, path: Path, line: int, words: str) -> None:
        super().__init__(f"{path}:{line}: {words}")
        self.path, self.line, self.words = path, line, words


class Unusable(LookupError):
    """Name another file: the words say why none can be used under this name."""


class StyleSheet(NamedTuple):
    """A file, and the cascade layer that it is put into whole; none where it names its own."""

    path: Path
    layer: str = ""


def own(names: Iterable[str]) -> list[StyleSheet]:
    """The shop's own sheets of these names, in their order."""
    return [StyleSheet(FOLDER / f"{name}.css") for name in names]


def joined(sheets: Iterable[StyleSheet], address: Address) -> str:
    """The sheets in their order, with the breakpoints of tokens.css in place of their names, and
    with the address of each file that a url() names.

    `@custom-media` is the form that the standard plans; no browser reads it yet. Raises
    SheetFault.
    """
    widths = dict(BREAKPOINT.findall((FOLDER / "tokens.css").read_text(encoding="utf-8")))
    texts = []
    for sheet in sheets:
        text = _SheetReader(sheet.path, widths, address).text()
        texts.append(f"@layer {sheet.layer} {{\n{text}}}\n" if sheet.layer else text)
    return "\n".join(texts)


def compact(text: str) -> str:
    """The same rules without comments, without the room between them, and without closing a layer
    that the next rule opens again."""
    blocks: list[str] = []
    layer = ""
    for block in _blocks(NEEDLESS.sub(_short, text).strip()):
        head, _, rest = block.partition("{")
        if layer and head == layer:
            blocks[-1] = blocks[-1].removesuffix("}") + rest
        else:
            blocks.append(block)
        layer = head if head.startswith("@layer ") else ""
    return "".join(blocks)


def _blocks(text: str) -> Iterator[str]:
    """Each rule with what stands within it, as one piece."""
    start = depth = 0
    for found in PARTS.finditer(text):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if found[0] == "}" and depth == 0:
            yield text[start : found.end()]
            start = found.end()
    yield text[start:]


def _short(found: re.Match[str]) -> str:
    if found["last"]:
        return ""
    return found["kept"] or found["sign"] or found["colon"] or " "


class _SheetReader:
    """One file, read from its first sign to its last."""

    def __init__(self, path: Path, widths: Mapping[str, str], address: Address) -> None:
        self.path, self.widths, self.address = path, widths, address
        self.written = path.read_text(encoding="utf-8")
        self.opened: list[int] = []  # where the braces stand that are not closed yet

    def text(self) -> str:
        text = PARTS.sub(self._part, self.written)
        if self.opened:
            raise self._fault(self.opened[-1], "this { is never closed")
        return text

    def _part(self, found: re.Match[str]) -> str:
        if found["open"] is not None:
            raise self._fault(found.start(), "this comment is never closed")
        if found["import"]:
            words = "@import would be one more request: write its rules into a sheet of the theme"
            raise self._fault(found.start(), words)
        if found["width"]:
            return f"@media {self._width(found)}"
        if found["url"]:
            return self._url(found)
        self._count(found)
        return "" if BREAKPOINT.fullmatch(found[0]) else found[0]

    def _width(self, found: re.Match[str]) -> str:
        if found["width"] not in self.widths:
            known = ", ".join(self.widths)
            raise self._fault(found.start(), f"no width has the name {found['width']}: {known}")
        return self.widths[found["width"]]

    def _url(self, found: re.Match[str]) -> str:
        name = found["quoted"][1:-1] if found["quoted"] else found["bare"]
        if name.startswith(LEFT):
            return found[0]
        file, rest = re.fullmatch(r"([^?#]*)(.*)", name, re.DOTALL).groups()  # type: ignore[union-attr]
        try:
            return f'url("{self.address(file)}{rest}")'
        except Unusable as why:
            raise self._fault(found.start(), f'url("{name}"): {why}') from why

    def _count(self, found: re.Match[str]) -> None:
        if found["brace"] == "{":
            self.opened.append(found.start())
        if found["brace"] == "}":
            if not self.opened:
                raise self._fault(found.start(), "this } closes nothing")
            self.opened.pop()

    def _fault(self, place: int, words: str) -> SheetFault:
        return SheetFault(self.path, self.written.count("\n", 0, place) + 1, words)
