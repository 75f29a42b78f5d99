"""Moving an order from one status to the next: by one of several who try at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent
from storefront.orders.status import TRANSITIONS, Transition, can

LONGEST = timedelta(minutes=2)  # of a claim; a provider is asked twice for 32 seconds at most
UNTIL_KNOWN = timedelta(hours=1)  # of one that the worker goes on with


class NotNow(Exception):
    """The order's status forbids the action; the message names the status."""


class StillAsked(Exception):
    """The provider may have done it or not: the claim is kept, and the worker asks again."""


class BeingMoved(NotNow):
    """The order's provider is being asked for another; look again in a moment."""


def require(order: Order, move: Transition) -> None:
    """Raises NotNow where the order, as it was read, cannot be moved so."""
    if not can(order.status, move):
        raise NotNow(f"The order is {order.status}: it cannot be made to {move}")


@contextmanager
def claimed(
    order: Order, move: Transition, *, kept: datetime | None = None
) -> Iterator[datetime | None]:
    """Keep others from moving the order while its provider is asked; yields what make takes.

    Without that, one who ships and one who cancels would both have the provider's yes. An order
    that no provider carries is moved by one statement, and needs no claim. kept: a claim of before
    to go on with. StillAsked leaves the claim where it is. Raises NotNow.
    """
    if order.payment_reference is None:
        yield None
        return
    claim = kept or _claim(order, move)
    try:
        yield claim
    except StillAsked:
        raise
    except BaseException:
        with transaction():
            mine = sa.update(Order).where(Order.id == order.id, Order.claimed_until == claim)
            db.session.scalar(mine.values(claimed_until=None).returning(Order))
        raise


def _claim(order: Order, move: Transition) -> datetime:
    claim = clock.now() + LONGEST
    here = _standing_before(order, move)
    free = sa.update(Order).where(here, _is_mine(None)).values(claimed_until=claim)
    with transaction():
        if db.session.scalar(free.returning(Order)) is None:
            _refuse(order, move)
    return claim


def prolong(order: Order, claim: datetime | None) -> datetime:
    """Keep a claim until its outcome is known, inside the caller's transaction; raises NotNow where
    it has run out."""
    until = clock.now() + UNTIL_KNOWN
    mine = sa.update(Order).where(Order.id == order.id, Order.claimed_until == claim)
    if db.session.scalar(mine.values(claimed_until=until).returning(Order)) is None:
        raise NotNow("The claim has run out")
    return until


def make(
    order: Order,
    move: Transition,
    event: str,
    *also: sa.ColumnElement[bool],
    claim: datetime | None = None,
) -> None:
    """Change the order's status and note the event, inside the caller's transaction.

    Of two requests at once one succeeds, the other raises NotNow, and so does one whose claim has
    run out.
    """
    here = _standing_before(order, move)
    step = sa.update(Order).where(here, _is_mine(claim), *also)
    step = step.values(status=TRANSITIONS[move][1], claimed_until=None)
    if db.session.scalar(step.returning(Order)) is None:
        _refuse(order, move)
    db.session.add(OrderEvent(order_id=order.id, at=clock.now(), event=event))


def _standing_before(order: Order, move: Transition) -> sa.ColumnElement[bool]:
    return (Order.id == order.id) & Order.status.in_(TRANSITIONS[move][0])


def _is_mine(claim: datetime | None) -> sa.ColumnElement[bool]:
    """SQL condition: the order is claimed by this one, or by nobody where this one has no claim."""
    if claim is not None:
        return Order.claimed_until == claim
    return Order.claimed_until.is_(None) | (Order.claimed_until <= clock.now())


def _refuse(order: Order, move: Transition) -> None:
    now = db.session.scalars(sa.select(Order).where(Order.id == order.id)).one()
    if now.claimed_until is not None and now.claimed_until > clock.now():
        raise BeingMoved(f"The order is being moved: it cannot be made to {move}")
    raise NotNow(f"The order was moved meanwhile: it cannot be made to {move}")
