"""The owner's lists of orders: the newest first, as fast with a million as with a few."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer

from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.models import ON_CREDIT, Order, SearchIndexEntry
from storefront.orders.queries.groups import GROUPS, Group

SIZE = 50
MOST_COUNTED = 1000
PLACE = "%Y%m%d%H%M%S%f"

SHORT = (defer(Order.texts), defer(Order.screens))  # what no list shows

Place = tuple[datetime, int]


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed down to; empty values narrow nothing.

    digests are digests of the search index; group is one of orders/queries/groups.
    """

    status: str = ""
    payment: str = ""
    method: str = ""
    since: date | None = None
    until: date | None = None
    digests: tuple[str, ...] = ()
    standing: str = ""
    is_on_credit: bool = False
    group: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of orders; older and newer are the places at which the next pages begin."""

    orders: list[Order]
    older: str = ""
    newer: str = ""


def listed(wanted: Wanted, before: str = "", after: str = "", size: int = SIZE) -> Listed:
    """The page before or after a place in the list; without a place the newest."""
    if after and (place := _read(after)):
        found = _some(wanted, place, size, newest_first=False)
        orders = found[:size][::-1]
        if len(orders) == size:
            has_newer = len(found) > size
            return Listed(orders, _place(orders[-1]), _place(orders[0]) if has_newer else "")
        before = ""  # fewer than a page are newer: the first page is whole
    place = _read(before)
    found = _some(wanted, place, size)
    orders = found[:size]
    older = _place(orders[-1]) if len(found) > size else ""
    return Listed(orders, older, _place(orders[0]) if place and orders else "")


def count(wanted: Wanted) -> int:
    """The number of orders, counted up to MOST_COUNTED; one above that means more."""
    some = _narrowed(sa.select(sa.literal(1)).select_from(Order), wanted).limit(MOST_COUNTED + 1)
    return db.session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0


def by_numbers(numbers: list[str]) -> dict[str, Order]:
    """Orders by their numbers, a thousand in one statement."""
    found: dict[str, Order] = {}
    for start in range(0, len(numbers), MOST_COUNTED):
        some = Order.number.in_(numbers[start : start + MOST_COUNTED])
        query = sa.select(Order).where(some).options(*SHORT)
        found |= {order.number: order for order in db.session.scalars(query)}
    return found


def _some(
    wanted: Wanted, place: Place | None, size: int, *, newest_first: bool = True
) -> list[Order]:
    """The orders of a page and one more, which tells whether another page follows."""
    each = [replace(wanted, digests=(digest,)) for digest in wanted.digests] or [wanted]
    found = [order for one in each for order in _in_order(one, place, size, newest_first)]
    found.sort(key=lambda order: (order.placed_at, order.id), reverse=newest_first)
    return found[: size + 1]


def _in_order(wanted: Wanted, place: Place | None, size: int, newest_first: bool) -> list[Order]:
    """Orders in the list's order, of one digest at most: then an index has that order."""
    at, id_ = _keys(wanted)
    query = _narrowed(sa.select(Order).options(*SHORT), wanted)
    if place:
        moment, last = place
        reached = at <= moment if newest_first else at >= moment  # which an index can begin at
        is_beyond = (at != moment) | (id_ < last if newest_first else id_ > last)
        query = query.where(reached, is_beyond)
    by = (at.desc(), id_.desc()) if newest_first else (at, id_)
    return list(db.session.scalars(query.order_by(*by).limit(size + 1)))


def _keys(wanted: Wanted) -> tuple[Any, Any]:
    """The columns of the list's order: the search index's where a digest narrows the list."""
    if wanted.digests:
        return SearchIndexEntry.placed_at, SearchIndexEntry.order_id
    return Order.placed_at, Order.id


def _narrowed(query: sa.Select[Any], wanted: Wanted) -> sa.Select[Any]:
    at, _id = _keys(wanted)
    if wanted.digests:
        query = query.join(SearchIndexEntry, SearchIndexEntry.order_id == Order.id)
        query = query.where(SearchIndexEntry.digest.in_(wanted.digests))
    if wanted.is_on_credit:
        query = query.where(ON_CREDIT)
    if wanted.group:
        query = query.where(GROUPS[Group(wanted.group)])
    for column, value in (
        (Order.status, wanted.status),
        (Order.payment_status, wanted.payment),
        (Order.payment_code, wanted.method),
        (Order.standing, wanted.standing),
    ):
        query = query.where(column == value) if value else query
    query = query.where(at >= _midnight(wanted.since)) if wanted.since else query
    return query.where(at < _midnight(wanted.until, 1)) if wanted.until else query


def _midnight(day: date, days_later: int = 0) -> datetime:
    return datetime.combine(day + timedelta(days=days_later), time(0), tzinfo=clock.JAPAN)


def _place(order: Order) -> str:
    return f"{order.placed_at:{PLACE}}-{order.id}"


def _read(place: str) -> Place | None:
    """A place as an address has it; None for anything else."""
    at, _, id_ = place.partition("-")
    try:
        return datetime.strptime(f"{at}+0000", f"{PLACE}%z"), int(id_)
    except ValueError:
        return None
