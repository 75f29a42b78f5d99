"""Reads a page strictly: what a browser would mend is a fault."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "button", "label", "legend", "dt", "summary"}
BLOCK = {"article", "aside", "details", "div", "dl", "fieldset", "figure", "footer", "form"}
BLOCK |= {"h1", "h2", "h3", "h4", "header", "hr", "main", "nav", "ol", "p", "pre", "section"}
BLOCK |= {"table", "ul"}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup"},
    "table": {"thead", "tbody", "tfoot", "caption"},
    "tr": {"th", "td"},
}
NEVER_INSIDE_ITSELF = {"form", "a", "button", "label", "main"}


@dataclass
class Element:
    """One element of a page, with what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: "list[Element | str]" = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def elements(self) -> "list[Element]":
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def choice(self) -> str:
        """What an option stands for: its words, where they are its value."""
        return self.attributes.get("value", self.text)

    @property
    def text(self) -> str:
        """Everything that is read, with single spaces."""
        parts = [one if isinstance(one, str) else one.text for one in self.children]
        return " ".join("".join(parts).split())

    def all(self, *tags: str, **attributes: str) -> "list[Element]":
        """Descendants of these tags (any, if none) with these attributes, in source order."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self._walk()
            if (not tags or one.tag in tags)
            and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attributes: str) -> "Element":
        found = self.all(*tags, **attributes)
        assert len(found) == 1, f"{len(found)} of {tags} {attributes}"
        return found[0]

    def by_testid(self, testid: str) -> "Element":
        return self.one(data_testid=testid)

    def has(self, testid: str) -> bool:
        return bool(self.all(data_testid=testid))

    def ancestors(self) -> "Iterator[Element]":
        if self.parent is not None:
            yield self.parent
            yield from self.parent.ancestors()

    def _walk(self) -> "Iterator[Element]":
        for child in self.elements:
            yield child
            yield from child._walk()


class Reader(HTMLParser):
    """Reads strictly: what a browser would mend is a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.open = Element("#page")
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        doubled = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        self.faults += [f"<{tag}> says {name} twice" for name in doubled]
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.faults += _misplaced(element)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag: str) -> None:
        if tag != self.open.tag:
            self.faults.append(f"</{tag}> ends <{self.open.tag}>")
        self.open = self.open.parent or self.root

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def _misplaced(element: Element) -> list[str]:
    parent = element.parent or element
    around = [one.tag for one in element.ancestors()]
    faults = []
    if parent.tag in CHILDREN and element.tag not in CHILDREN[parent.tag]:
        faults.append(f"<{element.tag}> straight in <{parent.tag}>")
    if element.tag in NEVER_INSIDE_ITSELF and element.tag in around:
        faults.append(f"<{element.tag}> inside another")
    inside = next((one for one in around if one in PHRASING_ONLY), None)
    heading_in_summary = inside in {"summary", "legend"} and re.match("h[1-4]", element.tag)
    if inside and element.tag in BLOCK and not heading_in_summary:
        faults.append(f"<{element.tag}> inside <{inside}>")
    return faults


def read(html: str) -> tuple[Element, list[str]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    if reader.open is not reader.root:
        reader.faults.append(f"<{reader.open.tag}> is never closed")
    return reader.root, reader.faults


def parsed(html: str) -> Element:
    return read(html)[0]
