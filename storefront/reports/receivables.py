"""What is still to be paid, by how long ago it was ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.calendar import begin
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries.sales_conditions import IS_COUNTED, OWED
from storefront.payments.status import PaymentState

UNPAID = (
    PaymentState.AWAITING,
    PaymentState.DEFERRED,
    PaymentState.REQUESTED,
    PaymentState.OVERDUE,
)
AGES = (0, 15, 31, 61)  # days since the order, from which each bucket begins


@dataclass(frozen=True)
class Bucket:
    """Unpaid orders of one age; the last bucket has no oldest. Days are those of the orders."""

    youngest: int
    oldest: int | None
    orders: dict[PaymentState, int]
    yen: dict[PaymentState, int]

    @property
    def count(self) -> int:
        return sum(self.orders.values())

    @property
    def total(self) -> int:
        return sum(self.yen.values())

    @property
    def first_day(self) -> date | None:
        return None if self.oldest is None else clock.today() - timedelta(days=self.oldest)

    @property
    def last_day(self) -> date:
        return clock.today() - timedelta(days=self.youngest)


def by_age() -> list[Bucket]:
    """The youngest first, in one statement; every bucket, empty ones too."""
    today = clock.today()
    older_first = AGES[:0:-1]
    starts = {age: begin(today - timedelta(days=age - 1)) for age in older_first}
    age = sa.case(*((Order.placed_at < starts[one], one) for one in older_first), else_=AGES[0])
    query = (
        sa.select(age, Order.payment_status, sa.func.count(), sa.func.sum(OWED))
        .where(Order.payment_status.in_(UNPAID), IS_COUNTED)
        .group_by(age, Order.payment_status)
    )
    lines = db.session.execute(query).all()
    return [_bucket(nth, lines) for nth in range(len(AGES))]


def _bucket(nth: int, lines: Sequence[Any]) -> Bucket:
    youngest, following = AGES[nth], AGES[nth + 1 : nth + 2]
    mine = [one for one in lines if one[0] == youngest]
    return Bucket(
        youngest,
        following[0] - 1 if following else None,
        {PaymentState(status): count for _, status, count, _ in mine},
        {PaymentState(status): yen for _, status, _, yen in mine},
    )
