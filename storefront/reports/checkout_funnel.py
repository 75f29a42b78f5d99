"""The funnel: how far shoppers came in the checkout, and why they stopped.

Nothing is noted while a shopper is at it. Half a day after a checkout was last touched its end is
read from its row, its codes, its visits and its order, and added to the counts of that day; the
rows are erased a while later. Where several things failed the first one counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storefront.checkout.models import Checkout, CheckoutCount
from storefront.checkout.store import IDLE
from storefront.core import clock
from storefront.core.calendar import Span, japan_day
from storefront.core.extensions import db, upsert, whole_sum
from storefront.orders.models import Order
from storefront.payments.models import HostedSession
from storefront.ports.payments import Outcome
from storefront.verification.challenges import NO_FAILURE, Ended
from storefront.verification.models import Challenge

SETTLED = timedelta(hours=12)  # so late may a payment page still bring an order
AT_ONCE = 500
KEYS = ("day", "furthest", "failure", "failed_by", "placed_by")
PAGE_REFUSED, PAGE_LEFT = "page-refused", "page-left"  # how visits to payment pages fail
FAILED = [ended for ended in Ended if ended not in NO_FAILURE]
FAILED_PAGES = (Outcome.REFUSED, Outcome.ABANDONED, Outcome.OPEN)
NOT_SENT = (Ended.TOO_MANY, Ended.REFUSED, Ended.UNAVAILABLE)


class Reached(StrEnum):
    """How far a checkout came before its order; each includes those before it."""

    OPENED = "opened"
    CONFIRMED = "confirmed"  # the confirmation was shown
    ASKED = "asked"  # a code was asked for
    SENT = "sent"
    PROVEN = "proven"  # the code was right, or turned out not to be needed


@dataclass(frozen=True)
class End:
    """One way for checkouts to end, and how many did; no placed_by means that there is no order."""

    furthest: str
    failure: str
    failed_by: str
    placed_by: str
    checkouts: int

    def came_to(self, step: Reached) -> bool:
        return list(Reached).index(step) <= list(Reached).index(Reached(self.furthest))


def ends(span: Span) -> list[End]:
    """Those of checkouts last touched in the span; whoever is still at it is not counted."""
    is_over = Checkout.order_token.is_not(None) | (Checkout.touched_at < clock.now() - IDLE)
    fresh = _ends(Checkout.counted.is_(False), is_over, span.holds(Checkout.touched_at))
    columns = [getattr(CheckoutCount, one) for one in (*KEYS, "checkouts")]
    kept = sa.select(*columns).where(CheckoutCount.day.between(span.first, span.last))
    both = sa.union_all(fresh, kept).subquery()
    keys = [both.c[one] for one in KEYS[1:]]
    sums: sa.Select[Any] = sa.select(*keys, whole_sum(both.c.checkouts)).group_by(*keys)
    return [End(*one) for one in db.session.execute(sums)]


def fold() -> None:
    """Count the checkouts that are settled, each once, inside the caller's transaction."""
    for ids in _settled():
        lines = db.session.execute(_ends(Checkout.id.in_(ids))).mappings().all()
        if lines:
            insert = upsert(CheckoutCount)
            more = {"checkouts": CheckoutCount.checkouts + insert.excluded.checkouts}
            keys = [getattr(CheckoutCount, one) for one in KEYS]
            adds = insert.on_conflict_do_update(index_elements=keys, set_=more)
            db.session.execute(adds, [dict(one) for one in lines])


def _settled() -> Iterator[list[str]]:
    """Marked as counted as they are found, so that of two workers only one finds them."""
    is_due = Checkout.counted.is_(False) & (Checkout.touched_at < clock.now() - SETTLED)
    some = sa.select(Checkout.id).where(is_due).limit(AT_ONCE)
    mark = sa.update(Checkout).where(Checkout.id.in_(some), Checkout.counted.is_(False))
    marked = mark.values(counted=True).returning(Checkout.id)
    how = {"synchronize_session": False, "populate_existing": False}
    while ids := list(db.session.scalars(marked, execution_options=how)):
        yield ids


def _ends(*which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Checkouts grouped by how they ended; orders of a test connection are left out."""
    day = japan_day(Checkout.touched_at).label("day")
    is_real = sa.func.coalesce(Order.is_test, sa.false()).is_(sa.false())
    placed_by = sa.func.coalesce(Order.payment_code, "").label("placed_by")
    told = (
        sa.select(
            day,
            _furthest().label("furthest"),
            _first_failure(Challenge.ended, _page_failure()).label("failure"),
            _first_failure(Challenge.method, HostedSession.method).label("failed_by"),
            placed_by,
        )
        .outerjoin(Order, Order.token == Checkout.order_token)
        .where(*which, is_real)
        .subquery()
    )
    keys = [told.c[one] for one in KEYS]
    return sa.select(*keys, sa.func.count().label("checkouts")).group_by(*keys)


def _furthest() -> sa.ColumnElement[str]:
    ended = sa.func.coalesce(Challenge.ended, "")
    was_shown = Checkout.answered.is_not(None) | Checkout.order_token.is_not(None)
    return sa.case(
        (_has(Challenge.texts > 0, Challenge.passed_at.is_not(None)), Reached.PROVEN.value),
        (
            _has(Challenge.texts > 0, Challenge.generation > 0, ended.not_in(NOT_SENT)),
            Reached.SENT.value,
        ),
        (_has((Challenge.texts > 0) | (ended == Ended.TOO_MANY)), Reached.ASKED.value),
        (was_shown | _has(), Reached.CONFIRMED.value),
        else_=Reached.OPENED.value,
    )


def _has(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.exists().where(Challenge.checkout_id == Checkout.id, *which)


def _page_failure() -> sa.ColumnElement[str]:
    is_refused = HostedSession.outcome == Outcome.REFUSED
    return sa.case((is_refused, PAGE_REFUSED), else_=PAGE_LEFT)


def _first_failure(of_code: Any, of_page: Any) -> sa.ColumnElement[str]:
    """Of the codes, and where none has failed of the payment pages; empty where nothing has."""
    code = sa.select(of_code).where(
        Challenge.checkout_id == Checkout.id, Challenge.ended.in_(FAILED)
    )
    page = sa.select(of_page).where(
        HostedSession.checkout_id == Checkout.id, HostedSession.outcome.in_(FAILED_PAGES)
    )
    firsts = [
        code.order_by(Challenge.created_at, Challenge.id).limit(1),
        page.order_by(HostedSession.opened_at, HostedSession.token).limit(1),
    ]
    correlated = [one.correlate(Checkout).scalar_subquery() for one in firsts]
    return sa.func.coalesce(*correlated, "")
