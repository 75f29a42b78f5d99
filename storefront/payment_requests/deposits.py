"""Money on the shop's own account: found there by somebody, and confirmed once."""

from datetime import date

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Deposit, Order, OrderEvent
from storefront.orders.owed_back import ENDED
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import lookup
from storefront.outbox import outbox
from storefront.payments.kinds import Check, Time, kind_of_code
from storefront.payments.status import PaymentEvent, states_before

LATE = "late-money"  # the event, and the beginning of the mail's kind


class Differs(Exception):
    """It is not what is owed: confirm it again, accepted, or with the right amount."""

    def __init__(self, over: int) -> None:
        super().__init__(f"it is {abs(over):,} yen {'over' if over > 0 else 'short'}")
        self.over = over


class NotOnThatDay(Exception):
    """The day has not come yet, or was before the order: give the one of the account."""


def may_come(order: Order) -> bool:
    """Whether its money is of those that come to the shop's own account, and is not there yet.

    Those of a hosted page and of the driver come otherwise; after an order's end money still may.
    """
    kind = kind_of_code(order.payment_code)
    is_prepaid = kind.time is Time.BEFORE and kind.check is not Check.HOSTED
    is_awaited = order.payment_status in {*states_before(PaymentEvent.PAID), *ENDED}
    return is_awaited and (is_prepaid or order.request is not None)


def confirm(order: Order, day: date, yen: int, *, is_accepted: bool = False) -> Deposit:
    """Yen came on a day in Japan: the order is paid, or the money is owed back where it had ended.

    Of two at once one counts, and so does the same day and amount given twice. Raises NotNow,
    NotOnThatDay, and Differs where it is not what is owed and that is not accepted.
    """
    if not placed_on(order) <= day <= clock.today():
        raise NotOnThatDay
    with transaction():
        deposit = _noted(order, day, yen) or _take(order, day, yen, is_accepted)
    db.session.refresh(order)
    outbox.wake_worker()
    return deposit


def placed_on(order: Order) -> date:
    return order.placed_at.astimezone(clock.JAPAN).date()


def _noted(order: Order, day: date, yen: int) -> Deposit | None:
    mine = (Deposit.order_id == order.id) & (Deposit.received_on == day) & (Deposit.yen == yen)
    return db.session.scalar(sa.select(Deposit).where(mine))


def _take(order: Order, day: date, yen: int, is_accepted: bool) -> Deposit:
    if not may_come(lookup.locked(order.id)):
        again = _noted(order, day, yen)  # by another who was here first
        if again is None:
            raise NotNow(f"The payment is {order.payment_status}: no money is awaited for it")
        return again
    if order.payment_status in ENDED:
        return _take_late(order, day, yen)
    over = yen - order.owed
    if over and not is_accepted:
        raise Differs(over)
    apply_payment_event(order, PaymentEvent.PAID, received=yen)
    return _note(order, day, yen, over)


def _take_late(order: Order, day: date, yen: int) -> Deposit:
    again = _noted(order, day, yen)
    if again is not None:
        return again
    now = clock.now()
    deposit = _note(order, day, yen, yen, is_late=True)
    ledger.record_late_money(order, yen, now)
    db.session.add(OrderEvent(order_id=order.id, at=now, event=LATE))
    outbox.add(f"{LATE}-mail", order.id, tag=str(deposit.id))
    return deposit


def _note(order: Order, day: date, yen: int, over: int, *, is_late: bool = False) -> Deposit:
    deposit = Deposit(
        order_id=order.id,
        received_on=day,
        yen=yen,
        over=over,
        is_late=is_late,
        noted_at=clock.now(),
    )
    db.session.add(deposit)
    db.session.flush()
    return deposit
