"""What browsers, keyboards and people who listen need of the markup."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from storefront.design.check.findings import Finding, perhaps
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import Source, Template

VOID = set(re.findall(r"\w+", "area base br col embed hr img input link meta source track wbr"))
MAY_STAY_OPEN = set(re.findall(r"\w+", "p li dt dd option tr td th thead tbody html head body"))
POINTING = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form"}
LABELLED = ("aria-label", "aria-labelledby", "title")
UNSEEN = {"hidden", "submit", "button", "reset", "image"}
HTMX_ID = re.compile(r"^#([\w-]+)$")

Attributes = list[tuple[str, str | None]]


def look(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    for page in source.templates:
        if page.name.endswith(".html"):
            yield from _Markup(page, knowledge).read()


class _Markup(HTMLParser):
    """Reads one template's markup; Jinja's tags are room to it."""

    def __init__(self, page: Template, knowledge: Knowledge) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.knowledge = page, knowledge
        self.found: list[Finding] = []
        self.open: list[tuple[str, int, int]] = []
        self.ids: set[str] = set()
        self.is_mail = page.name.startswith("mail/")

    def read(self) -> list[Finding]:
        self.feed(self.page.html)
        self.close()
        for tag, line, column in self.open:
            if tag not in MAY_STAY_OPEN:
                self._say("not-closed", f"<{tag}> is never closed", line, column)
        return self.found

    def _say(self, rule: str, words: str, line: int = 0, column: int = 0) -> None:
        here, offset = self.getpos()
        place = (line or here, column or offset + 1)
        self.found.append(Finding(self.page.path, *place, rule, words))

    def _say_at(self, words: str, rule: str, said: str) -> None:
        """At an attribute of the tag that is read."""
        line, offset = self.getpos()
        text = self.get_starttag_text() or ""
        at = max(text.find(words), 0)
        before = text[:at]
        line += before.count("\n")
        column = offset + at if "\n" not in before else at - before.rfind("\n") - 1
        self._say(rule, said, line, column + 1)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self._look_at(tag, attrs)
        if tag not in VOID:
            line, offset = self.getpos()
            self.open.append((tag, line, offset + 1))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self._look_at(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, (name, _, _) in enumerate(self.open) if name == tag]
        if not places:
            self._say("not-closed", f"</{tag}> closes nothing that is open")
            return
        for name, line, column in self.open[places[-1] + 1 :]:
            if name not in MAY_STAY_OPEN:
                self._say("not-closed", f"<{name}> is not closed before </{tag}>", line, column)
        del self.open[places[-1] :]

    def _look_at(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        self._ids(given)
        self._forbidden(tag, given)
        by_tag = getattr(self, f"_{tag}", None)
        if by_tag:
            by_tag(given)

    def _ids(self, given: dict[str, str]) -> None:
        one = given.get("id", "")
        for name in POINTING & given.keys():
            for target in given[name].split():
                self._needs(name, target)
        for name in ("hx-target", "href"):
            named = HTMX_ID.match(given.get(name, ""))
            if named:
                self._needs(name, named[1])
        if one and "x" * 4 not in one and one in self.ids and not self._is_a_choice():
            self._say_at("id=", "twice", f"the id {one} stands twice")
        self.ids.add(one)

    def _is_a_choice(self) -> bool:
        """Of two branches, one is shown: nobody can say here that both are."""
        line, _ = self.getpos()
        return "{% el" in "\n".join(self.page.text.split("\n")[:line])

    def _needs(self, name: str, target: str) -> None:
        if "xxxx" in target or target in self.knowledge.ids:
            return
        if any("{{" in one and _may_be(one, target) for one in self.knowledge.ids):
            return
        known = [one for one in self.knowledge.ids if "{" not in one]
        self._say_at(f"{name}=", "unknown-id", f"no id {target}{perhaps(target, known)}")

    def _forbidden(self, tag: str, given: dict[str, str]) -> None:
        if not self.is_mail:
            self._no_inline(tag, given)
            for name in ("src", "href") if tag in {"img", "script", "link", "iframe"} else ():
                if re.match(r"(https?:)?//", given.get(name, "")):
                    self._say_at(f"{name}=", "from-elsewhere", f"{given[name]} is of another site")
        if given.get("target") == "_blank" and "noopener" not in given.get("rel", ""):
            self._say_at("target=", "new-window", "a window of its own")
        if re.fullmatch(r"[1-9]\d*", given.get("tabindex", "")):
            self._say_at("tabindex=", "tab-order", f"tabindex {given['tabindex']}")

    def _no_inline(self, tag: str, given: dict[str, str]) -> None:
        if "style" in given:
            self._say_at("style=", "inline-style", "a style attribute")
        if tag == "style":
            self._say("inline-style", "a <style> element")
        if tag == "script" and not given.get("src") and given.get("type") in (None, "module"):
            self._say("inline-script", "a script in the page")
        for name in given:
            if re.match(r"on[a-z]+$|hx-on", name) or given[name].startswith("javascript:"):
                self._say_at(name, "inline-script", f"a script in {name}")

    def _html(self, given: dict[str, str]) -> None:
        if not given.get("lang"):
            self._say("no-language", "<html> has no lang")

    def _meta(self, given: dict[str, str]) -> None:
        scale = re.search(r"user-scalable=no|maximum-scale", given.get("content", ""))
        if given.get("name") == "viewport" and scale:
            self._say_at(scale[0], "zoom", f"{scale[0]} stops whoever needs large print")

    def _img(self, given: dict[str, str]) -> None:
        if "alt" not in given:
            self._say("no-alt", "a picture without alt")
        if not self.is_mail and not {"width", "height"} <= given.keys():
            self._say("no-size", "a picture without width and height")

    def _form(self, given: dict[str, str]) -> None:
        if any(tag == "form" for tag, _, _ in self.open):
            self._say("form-in-form", "a form within a form")
        if given.get("method", "").lower() != "post":
            return
        line, _ = self.getpos()
        rest = "\n".join(self.page.text.split("\n")[line - 1 :]).partition("</form>")[0]
        if "csrf_token" not in rest and "request.form" not in rest:
            self._say("form-token", "a form without csrf_token")

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type", "text").lower() not in UNSEEN:
            self._labelled("input", given)

    def _select(self, given: dict[str, str]) -> None:
        self._labelled("select", given)

    def _textarea(self, given: dict[str, str]) -> None:
        self._labelled("textarea", given)

    def _labelled(self, tag: str, given: dict[str, str]) -> None:
        own = given.get("id", "")
        is_within = any(name == "label" for name, _, _ in self.open)
        is_named = any(given.get(name) for name in LABELLED) or "ties(" in self._written()
        if not is_within and not is_named and not (own and self._has_label(own)):
            self._say("no-label", f"no label for this {tag}")

    def _written(self) -> str:
        """The tag as it stands in the template, Jinja's tags with it."""
        line, offset = self.getpos()
        rest = "\n".join(self.page.text.split("\n")[line - 1 :])[offset:]
        return rest[: len(self.get_starttag_text() or "")]

    def _has_label(self, own: str) -> bool:
        if "xxxx" in own:
            return "<label" in self.page.html
        return f'for="{own}"' in self.page.text


def _may_be(written: str, target: str) -> bool:
    """Whether an id such as `{{ f.id }}-hint` can be this one."""
    parts = re.split(r"\{\{.*?\}\}", written)
    return (
        len("".join(parts)) > 1
        and re.fullmatch(".+".join(map(re.escape, parts)), target) is not None
    )
