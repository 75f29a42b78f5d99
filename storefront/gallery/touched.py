"""Which pages a change of the style sheets can be seen on, as far as their selectors tell."""

import re
from collections.abc import Iterable, Iterator, Mapping

from playwright.sync_api import Page as Tab

Rule = tuple[str, str, str]  # conditions around it, selectors, declarations

TOKEN = re.compile(r"(--[\w-]+)\s*:\s*([^;]*)")
PSEUDO = re.compile(r"::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
EVERYTHING = "*"
MATCHES = """([selectors, pages]) => pages.map((html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const isThere = (one) => {
    try { return page.querySelector(one) !== null; } catch { return true; }
  };
  return selectors.some(isThere);
})"""


def rules(css: str, around: str = "") -> Iterator[Rule]:
    """The rules of a sheet without comments, those inside of conditions too."""
    at = 0
    while (opened := css.find("{", at)) >= 0:
        head = css[at:opened].rpartition(";")[2].strip()
        closed = _end(css, opened)
        body = css[opened + 1 : closed]
        if head.startswith(("@media", "@layer", "@supports", "@container")):
            yield from rules(body, f"{around} {head}")
        else:
            yield around, head, body.strip()
        at = closed + 1


def _end(css: str, opened: int) -> int:
    """Where the brace that opens there is closed."""
    depth = 0
    for place in range(opened, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if depth == 0:
            return place
    return len(css)


def selectors(before: str, after: str) -> set[str]:
    """Of all that can look different: of rules that changed, and of those that use a token that
    did; pseudo-classes are left out, so that rather too many are touched."""
    old, new = set(rules(before)), set(rules(after))
    tokens = _tokens(old ^ new, old | new)
    shown, now_shown = (set(map(_without_tokens, one)) for one in (old, new))
    using = {one for one in shown | now_shown if any(f"var({name}" in one[2] for name in tokens)}
    seen = {one for one in (shown ^ now_shown) | using if one[2]}
    return {_plain(part) for _around, heads, _body in seen for part in heads.split(",")}


def _without_tokens(rule: Rule) -> Rule:
    around, heads, body = rule
    return around, heads, TOKEN.sub("", body).strip("; \n")


def _tokens(changed: Iterable[Rule], all_rules: Iterable[Rule]) -> set[str]:
    """Names of the tokens whose value changed, and of those that are made of them."""
    values = [found for one in changed for found in TOKEN.findall(one[2])]
    names = {name for name, _value in values if _count(values, name)}
    while more := {
        name
        for one in all_rules
        for name, value in TOKEN.findall(one[2])
        if name not in names and any(f"var({known}" in value for known in names)
    }:
        names |= more
    return names


def _count(values: Iterable[tuple[str, str]], name: str) -> bool:
    """Whether its values stand an odd number of times: each that stayed stands in both sheets."""
    mine = [value for one, value in values if one == name]
    return any(mine.count(value) % 2 for value in mine)


def _plain(selector: str) -> str:
    return (
        EVERYTHING
        if selector.strip().startswith("@")
        else (PSEUDO.sub("", selector).strip(" >+~") or EVERYTHING)
    )


def pages(tab: Tab, wanted: set[str], kept: Mapping[str, str]) -> set[str]:
    """Names of the pages, by their HTML, on which one of the selectors finds something."""
    names = list(kept)
    if not wanted or not names:
        return set()
    found = tab.evaluate(MATCHES, [sorted(wanted), [kept[name] for name in names]])
    return {name for name, is_touched in zip(names, found, strict=True) if is_touched}
