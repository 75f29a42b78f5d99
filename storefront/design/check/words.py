"""Words that not everybody could read."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import TemplateSyntaxError, nodes

from storefront.design.check.findings import Finding
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import Source, Template

JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SAID = ("alt", "aria-label", "title", "placeholder")
IN_BOTH = ("sandbox/", "design/", "catalogue/robots")  # they say everything in both languages


def look(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    for page in source.templates:
        if page.name.startswith(IN_BOTH):
            continue
        yield from _said(page, knowledge)
        if page.name.endswith(".html"):
            yield from _Listener(page).listen()


def _said(page: Template, knowledge: Knowledge) -> Iterator[Finding]:
    try:
        tree = knowledge.tree(page)
    except TemplateSyntaxError:
        return  # told as such
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            yield from _sentence(page, call, knowledge)


def _sentence(page: Template, call: nodes.Call, knowledge: Knowledge) -> Iterator[Finding]:
    first = call.args[0] if call.args else None
    if not isinstance(first, nodes.Const):
        place = page.find("_(", call.lineno)
        yield Finding(page.path, *place, "not-a-literal", "_() of what is no plain text")
        return
    text = str(first.value)
    place = page.find(text.split("\n")[0], call.lineno)
    if not knowledge.english.get(text):
        yield Finding(page.path, *place, "no-english", f"no English for {text}")
    given = {one.key for one in call.kwargs}
    for name in sorted(set(PLACEHOLDER.findall(text)) ^ given):
        words = f"%({name})s is not given" if name not in given else f"no %({name})s in the words"
        yield Finding(page.path, *place, "placeholder", words)


class _Listener(HTMLParser):
    """Finds words that stand in the page as they are."""

    def __init__(self, page: Template) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.found: list[Finding] = []
        self.silent: list[str] = []  # open elements whose language is said

    def listen(self) -> list[Finding]:
        self.feed(self.page.html)
        self.close()
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.silent:
            self.silent.append(tag) if tag == self.silent[0] else None
        elif given.get("lang") == "ja" and tag != "input":
            self.silent.append(tag)
        else:
            for name in SAID:
                self._hear(given.get(name) or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._hear(data)

    def _hear(self, text: str) -> None:
        heard = JAPANESE.search(text)
        if heard is None:
            return
        line, _offset = self.getpos()
        before = text[: heard.start()]
        words = text[heard.start() :].split("\n")[0].strip()
        place = self.page.find(words, line + before.count("\n"))
        self.found.append(
            Finding(self.page.path, *place, "not-translated", f"{words} is in no _()")
        )
