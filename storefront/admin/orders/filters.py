"""Reads the filters of the list of orders from its URL."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from storefront.admin.orders import wording
from storefront.admin.orders.access import opened
from storefront.core.japanese import half_width
from storefront.orders.queries import search_index
from storefront.orders.queries.listing import Wanted

SEARCH = "order-search"
NOTHING = "-"  # the digest of words that nobody can be searched for by


@dataclass(frozen=True)
class Narrowed:
    """The filters of a list: wanted for the query, typed and asked for the page that shows them
    again."""

    wanted: Wanted
    typed: str
    asked: dict[str, str]
    before: str
    after: str

    @property
    def on_credit(self) -> Wanted:
        """The query for orders on credit alone."""
        return replace(self.wanted, is_on_credit=True)


def narrowed(args: Mapping[str, str]) -> Narrowed:
    """The filters that an address names; unknown values are left out."""
    asked = {
        "q": args.get("q", ""),
        "status": _one_of(args.get("status", ""), wording.statuses()),
        "payment": _one_of(args.get("payment", ""), wording.payments()),
        "standing": _one_of(args.get("standing", ""), wording.standings()),
        "group": _one_of(args.get("group", ""), wording.groups()),
        "method": args.get("method", "")[:40],
        "since": _day(args.get("since", "")),
        "until": _day(args.get("until", "")),
    }
    typed = opened(asked["q"], SEARCH) if asked["q"] else ""
    wanted = Wanted(
        status=asked["status"],
        payment=asked["payment"],
        standing=asked["standing"],
        method=asked["method"],
        group=asked["group"],
        since=date.fromisoformat(asked["since"]) if asked["since"] else None,
        until=date.fromisoformat(asked["until"]) if asked["until"] else None,
        digests=(search_index.sought(typed) or (NOTHING,)) if typed else (),
    )
    given = {name: value for name, value in asked.items() if value}
    return Narrowed(wanted, typed, given, args.get("before", ""), args.get("after", ""))


def _one_of(value: str, known: Mapping[str, str]) -> str:
    return value if value in known else ""


def _day(text: str) -> str:
    try:
        return date.fromisoformat(half_width(text)).isoformat()
    except ValueError:
        return ""
