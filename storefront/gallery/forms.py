"""The forms of a page, as a program without a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
MARKS = ("id", "data-testid")
UNSENT = {"button", "submit", "image", "reset", "file"}  # kinds of input that carry no answer


@dataclass
class Form:
    """Where a form goes and what it would send; marks are the ids and test ids of all in it."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)  # by their test ids

    def pressed(self, mark: str) -> dict[str, str]:
        """The fields, with the button of that mark where it has a value of its own."""
        name, value = self.buttons.get(mark, ("", ""))
        return {**self.fields, **({name: value} if name else {})}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""))
            self.forms.append(self._open)
        if self._open is not None:
            self._open.marks |= {given[name] for name in MARKS if name in given}
            self._take(self._open, tag, given)

    def _take(self, form: Form, tag: str, given: Attributes) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and _is_sent(given):
            form.fields[name] = value
        elif tag == "button" and "data-testid" in given:
            form.buttons[given["data-testid"]] = name, value
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in form.fields):
            form.fields[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._textarea = ""


def _is_sent(given: Attributes) -> bool:
    kind = given.get("type", "text")
    if "disabled" in given or kind in UNSENT:
        return False
    return kind not in {"radio", "checkbox"} or "checked" in given


def read(html: str) -> list[Form]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms
