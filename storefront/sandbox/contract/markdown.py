"""The contract for people: docs/contract.md, written from the document for programs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from storefront.sandbox.contract.calls import CALLS

Part = Mapping[str, Any]
HEAD = """\
# The contract

What shoppers' bookmarks, flows of QA, designers' templates and other people's programs may rely
on. `storefront contract --write docs/contract.md` writes this page from the same code that serves
`GET /sandbox/contract.json`; tests hold both to what the shop does, and a frozen list
(`tests/unit/contract/frozen.json`) to what was promised. A change here is a breaking one, and
stands in the change log.
"""
ADDRESSES = """\
Japanese has no prefix, English lives below `/en`. A form's `action` is absolute within the site,
and its first button does the main thing. Every POST of the shop (small partials aside) answers
303, or 422 with the same screen and everything typed.
"""
SCREENS = """\
`data-step` of `<main>` names the step, `data-state` the state of the screen, `data-reason` of
`ng-banner` why a check failed.
"""
IDS = """\
Roles and labels come first in tests; an id stands on the element that it names. Money also
carries `data-yen`, states `data-state`, the legal items of confirmation and code entry
`data-law`.
"""
NUMBERS = """\
090-0000-NNNN, and 070-0WWW-NNNN for any WWW, choose what happens. Any other number gets a random
code at once. The reason is that of the failed check to which the number leads; "own" where the
shop judges the code, "yamato" where Yamato does.
"""
GALLERY = """\
`POST /sandbox/states` with `{"slug": …}` brings a new shopper there; `storefront screenshots`
photographs them all. The columns are the HTTP status of the page and the marks it carries.
"""
CALLS_HEAD = """\
Only outside production, else 404. A POST takes `application/json` and needs no CSRF token; what
is refused is 4xx with `{"error": …}`. `GET /sandbox/openapi.json` has the schemas.
"""


def text(document: Part) -> str:
    """The contract's document as Markdown, with a table for each part."""
    parts = [
        HEAD,
        "## Addresses\n",
        ADDRESSES,
        _addresses(document["addresses"]),
        "### The owner's side\n",
        _addresses(document["admin_addresses"]),
        "## Steps, states, reasons\n",
        SCREENS,
        _screens(document),
        "## Form fields\n",
        _lists(document["fields"], "form"),
        "## Test ids\n",
        IDS,
        _lists(document["test_ids"], "screen"),
        "### The owner's side\n",
        _names(document["admin_test_ids"]) + "\n",
        "## Calls of the sandbox\n",
        CALLS_HEAD,
        _table(("call", "does"), [(f"`{one.method} {one.path}`", one.does) for one in CALLS]),
        f"Events: {_names(document['events'])}\n",
        "## Numbers\n",
        NUMBERS,
        _numbers(document["numbers"]),
        "## Orders and payments\n",
        _moves(document["orders"]["moves"], "order"),
        _moves(document["payments"]["moves"], "payment"),
        _methods(document["payments"]["methods"]),
        f"Ways to pay after delivery: {_names(document['payments']['means'])}\n",
        "## Goods of the demo shop\n",
        _goods(document),
        "## Seconds, tries, texts\n",
        _limits(document),
        "## States of the gallery\n",
        GALLERY,
        _gallery(document["gallery"]),
    ]
    return "\n".join(parts)


def _addresses(addresses: Iterable[Part]) -> str:
    rows = [
        (f"`{one['path']}`", " ".join(one["methods"]), "also `/en`" if one["has_language"] else "")
        for one in addresses
    ]
    return _table(("path", "methods", ""), rows)


def _screens(document: Part) -> str:
    states = {f"`data-state` of {name}": its for name, its in document["states"].items()}
    named = {"`data-step`": document["steps"], **states, "`data-reason`": document["reasons"]}
    return _table(("mark", "values"), [(mark, _names(its)) for mark, its in named.items()])


def _lists(lists: Mapping[str, Sequence[str]], of: str) -> str:
    return _table((of, "names"), [(name, _names(its)) for name, its in lists.items()])


def _numbers(numbers: Iterable[Part]) -> str:
    rows = [
        (
            one["ending"],
            ", ".join(one["verifiers"]),
            one["code"] or "–",
            one["happens_en"],
            one["leads_to_en"],
            _reasons(one["reasons"]),
        )
        for one in numbers
    ]
    return _table(("ending", "verifier", "code", "what happens", "leads to", "reason"), rows)


def _reasons(by_verifier: Mapping[str, str | None]) -> str:
    known = {verifier: reason for verifier, reason in by_verifier.items() if reason}
    if len(set(known.values())) < 2:
        return next((f"`{reason}`" for reason in known.values()), "–")
    return ", ".join(f"{verifier}: `{reason}`" for verifier, reason in known.items())


def _moves(moves: Mapping[str, Sequence[str]], of: str) -> str:
    rows = [(f"`{state}`", _names(targets) or "–") for state, targets in moves.items()]
    return _table((f"{of} is", "may become"), rows)


def _methods(methods: Iterable[Part]) -> str:
    rows = [
        (
            f"`{one['code']}`",
            f"{one['fee']}円",
            f"{one['most']:,}円" if one["most"] else "–",
            one["pays"],
            f"`{one['begins']}`",
            one["check"],
        )
        for one in methods
    ]
    return _table(("payment method", "fee", "up to", "paid", "begins as", "check"), rows)


def _goods(document: Part) -> str:
    rows = [
        (
            f"`{one['slug']}`",
            f"`{v['sku']}`",
            one["name"],
            f"{v['price']:,}円",
            f"{one['tax']} %",
            v,
        )
        for one in document["goods"]
        for v in one["variants"]
    ]
    goods = _table(
        ("slug", "SKU", "name", "price, tax incl.", "tax", "stock"),
        [(*row, f"{variant['stock']}") for *row, variant in rows],
    )
    parcels = [
        f"`{one['code']}` {one['fee']}円, free from {one['free_from']:,}円 of goods"
        for one in document["delivery"]
    ]
    return f"{goods}\nDelivery: {'; '.join(parcels)}.\n"


def _limits(document: Part) -> str:
    seconds = document["seconds"]
    second, third = seconds["resend"]
    lives = ", ".join(f"{one}: {its}" for one, its in seconds["lives"].items())
    return (
        f"A code lives so many seconds: {lives}. It bears {document['tries']} tries. A checkout "
        f"sends {document['texts']} texts,\nthe second after {second} seconds, the third after "
        f"{third} more.\n"
    )


def _gallery(states: Iterable[Part]) -> str:
    rows = [
        (
            f"`{one['slug']}`",
            one["title"],
            f"{one['status']}",
            _names(one[mark] for mark in ("step", "state", "reason") if one[mark]),
        )
        for one in states
    ]
    return _table(("slug", "shows", "status", "step, state, reason"), rows)


def _names(names: Iterable[str]) -> str:
    return " · ".join(f"`{name}`" for name in names)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
