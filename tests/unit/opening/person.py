"""Somebody at a browser: reads what a page says, follows its links, fills in and presses."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from werkzeug.datastructures import MultiDict
from werkzeug.test import Client, TestResponse

from tests.markup import Element, parsed

HOST = "shop.example.jp"
MOVED = {301, 302, 303, 307}
NOT_SENT = {"submit", "button", "reset", "file"}


@dataclass(frozen=True)
class Upload:
    """A file that somebody chooses."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Tick:
    """A box to be ticked, or one of several answers to be chosen."""


TICK = Tick()
Typed = Mapping[str, str | Upload | Tick]  # by the words beside a field


class Person:
    """Knows the words on the pages, and no address but those that somebody told."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.address = "/"
        self.html = ""
        self.page = Element("#page")
        self.words: set[str] = set()  # of links and buttons that were used

    def open(self, address: str) -> Self:
        """An address that somebody was told, or that a mail holds."""
        self._arrive(self.client.get(address), address)
        return self

    def follow(self, words: str) -> Self:
        self.words.add(words)
        return self.pick(words)

    def pick(self, words: str) -> Self:
        """The link that the shop's own data named: a product, an order."""
        return self.open(urljoin(self.address, _named(self.page.all("a"), words)["href"]))

    def press(self, words: str, typed: Typed | None = None, among: str = "") -> Self:
        """The button, after filling in its form; among: what else its form or row says."""
        self.words.add(words)
        button = _named(_buttons(self.page, among), words)
        form = _around(button, "form")[0]
        fields = _sent_as_it_is(form)
        for label, text in (typed or {}).items():
            _fill_in(fields, _field(form, label), text)
        if button.get("name"):
            fields[button["name"]] = button.get("value")
        action = urljoin(self.address, button.get("formaction") or form["action"])
        headers = {"Referer": urljoin(f"https://{HOST}", self.address)}
        if form.get("method") == "post":
            answer = self.client.post(action, data=fields, headers=headers)
        else:
            answer = self.client.get(action, query_string=fields, headers=headers)
        self._arrive(answer, action)
        return self

    def sees(self, *words: str) -> Self:
        text = self.page.one("main").text
        assert [one for one in words if one not in text] == [], f"{self.address}: {text}"
        return self

    def _arrive(self, answer: TestResponse, address: str) -> None:
        while answer.status_code in MOVED:
            address = urljoin(address, answer.location)
            answer = self.client.get(address)
        parts = urlsplit(address)
        self.address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self.html = answer.text
        self.page = parsed(self.html)
        assert answer.status_code == 200, f"{answer.status_code} at {address}: {self._refusal()}"

    def _refusal(self) -> str:
        said = self.page.all(data_testid="error-summary") or self.page.all("main")
        return " ".join(one.text for one in said) or self.html[:500]


def _named(found: list[Element], words: str) -> Element:
    """By all the words, or else by the first, as where the rest is for those who only listen."""
    whole = [one for one in found if words in {one.text, one.get("aria-label")}]
    begun = [one for one in found if one.text.startswith(words)]
    assert whole or begun, f"no {words} among {[one.text for one in found]}"
    return (whole or begun)[0]


def _buttons(page: Element, among: str) -> list[Element]:
    """That work without script, whose form or row says these words."""
    found = [one for one in page.all("button") if _around(one, "form")]
    return [one for one in found if any(among in x.text for x in _around(one, "form", "tr", "li"))]


def _around(element: Element, *tags: str) -> list[Element]:
    return [one for one in element.ancestors() if one.tag in tags]


def _sent_as_it_is(form: Element) -> "MultiDict[str, object]":
    """What a browser sends of a form that nobody touched."""
    fields: MultiDict[str, object] = MultiDict()
    for one in form.all("input", "select", "textarea"):
        kind = one.get("type")
        is_chosen = kind not in {"checkbox", "radio"} or "checked" in one
        if one.get("name") and "disabled" not in one and kind not in NOT_SENT and is_chosen:
            fields.add(one["name"], _value(one))
    return fields


def _value(field: Element) -> str:
    if field.tag == "textarea":
        return "".join(one for one in field.children if isinstance(one, str)).removeprefix("\n")
    if field.tag != "select":
        return field.get("value") or ("on" if field.get("type") in {"checkbox", "radio"} else "")
    options = field.all("option")
    chosen = [one for one in options if "selected" in one] or options[:1]
    return "".join(one.choice for one in chosen)


def _field(form: Element, label: str) -> Element:
    """The field beside which these words stand."""
    for one in form.all("label"):
        inside = one.all("input", "select", "textarea")
        if one.text == label or (one.text.startswith(label) and (inside or one.all("small"))):
            return inside[0] if inside else form.one(id=one["for"])
    raise AssertionError(f"no {label} among {[one.text for one in form.all('label')]}")


def _fill_in(fields: "MultiDict[str, object]", field: Element, text: str | Upload | Tick) -> None:
    name = field["name"]
    if isinstance(text, Upload):
        fields[name] = (io.BytesIO(text.content), text.name)
    elif isinstance(text, Tick):
        fields[name] = _value(field)
    elif field.tag == "select":
        fields[name] = _named(field.all("option"), text).choice
    else:
        fields[name] = text
