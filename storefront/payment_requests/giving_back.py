"""Money that is owed back, and was sent to the shopper by somebody of the shop: noted once."""

from datetime import date

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, owed_back
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order, OrderEvent
from storefront.orders.owed_back import GivenBack
from storefront.orders.queries import lookup
from storefront.payment_requests.deposits import NotOnThatDay, placed_on

GIVEN_BACK = "given-back"  # the event


class MoreThanOwed(Exception):
    """Give what is owed back still, or less."""


def is_owed(order: Order) -> bool:
    return owed_back.yen_of(order) > 0


def confirm(order: Order, day: date, yen: int) -> GivenBack:
    """Yen were sent on a day in Japan. The same day and amount given twice counts once, whoever
    gives it. Raises NotNow where nothing is owed back, NotOnThatDay and MoreThanOwed."""
    if not placed_on(order) <= day <= clock.today():
        raise NotOnThatDay
    with transaction():
        lookup.locked(order.id)
        given = _noted(order, day, yen) or _note(order, day, yen)
    db.session.refresh(order)
    return given


def _noted(order: Order, day: date, yen: int) -> GivenBack | None:
    mine = (GivenBack.order_id == order.id) & (GivenBack.given_on == day) & (GivenBack.yen == yen)
    return db.session.scalar(sa.select(GivenBack).where(mine))


def _note(order: Order, day: date, yen: int) -> GivenBack:
    owed = owed_back.yen_of(order)
    if not owed:
        raise NotNow("Nothing is owed back for it")
    if yen > owed:
        raise MoreThanOwed
    now = clock.now()
    given = GivenBack(order_id=order.id, given_on=day, yen=yen, noted_at=now)
    db.session.add(given)
    ledger.record_given_back(order, yen, now)
    db.session.add(OrderEvent(order_id=order.id, at=now, event=GIVEN_BACK))
    return given
