"""A year of made-up trade for the demo shop: what any day brought is the same every time.

It is written as it would have been left behind, straight into the tables: nothing is sent, nothing
waits in the outbox, and no stock is spent. Orders on credit that are not settled carry no number
of the provider's, which knows nothing of them: so nobody is asked about them.
"""

from datetime import timedelta
from random import Random

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.history import insert, seasons, statistics
from storefront.sandbox.history.orders import Stall, make

DAYS = 365


def is_wanted() -> bool:
    """Whether no order exists yet; made-up orders are never mixed with others."""
    return db.session.scalar(sa.select(Order.id).limit(1)) is None


def write(days: int = DAYS) -> None:
    """Write so many days of trade that end yesterday, inside the caller's transaction."""
    stall, now, today = Stall.opened(), clock.now(), clock.today()
    made = []
    for ago in range(days, 0, -1):
        day = today - timedelta(days=ago)
        chance = Random(f"sakura {day}")  # noqa: S311  # the same every time is what is wanted
        of_day = [make(stall, at, chance, now) for at in seasons.moments(day, chance)]
        statistics.write_day(day, of_day, chance)
        made += of_day
    insert.write(made)
    statistics.write_payment_texts(made)
