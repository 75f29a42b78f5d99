"""Charging less than was agreed, and having a bill issued again."""

from datetime import date

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, receipt
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order, OrderEvent
from storefront.orders.provider_calls import require_own_contract, tell
from storefront.outbox import outbox
from storefront.payments.kinds import Check, kind_of_code
from storefront.payments.status import State
from storefront.ports.payments import Bill, DeferredGateway, GatewayUnknown

OPEN = {State.AWAITING, State.DEFERRED, State.REQUESTED, State.OVERDUE}
SUMMARY = "お買い上げ商品"


class NotLess(Exception):
    """To charge more, an order is cancelled and placed anew."""


def reduce(order: Order, yen: int) -> None:
    """Charge so many yen in all, tax included. Raises NotNow, NotLess or as the gateway does."""
    _require_open(order)
    require_own_contract(order)
    if not 0 < yen < order.owed:
        raise NotLess
    _tell_twice(order, bill_of(order, yen))
    with transaction():
        owed = sa.func.coalesce(Order.reduced_to, Order.total)
        still = (Order.id == order.id) & (owed > yen) & Order.payment_status.in_(OPEN)
        less = sa.update(Order).where(still).values(reduced_to=yen)
        before = _owed_before(order)
        if db.session.scalar(less.returning(Order)) is None:
            raise NotNow("The order was changed meanwhile")
        ledger.record_reduction(order, before - yen, clock.now())
        db.session.add(OrderEvent(order_id=order.id, at=clock.now(), event="reduced"))
        outbox.add("reduced-mail", order.id, tag=str(yen))
    db.session.refresh(order)
    outbox.kick()


def _owed_before(order: Order) -> int:
    """As nobody else can change it until the transaction ends."""
    mine = sa.select(Order).where(Order.id == order.id).with_for_update()
    return db.session.scalars(mine).one().owed


def _require_open(order: Order) -> None:
    if order.payment_status not in OPEN:
        raise NotNow(f"The payment is {order.payment_status}: nothing can be taken off it")
    if kind_of_code(order.payment_code).check is Check.HOSTED:
        raise NotNow("Its number at the store is for the whole amount: cancel it")


def _tell_twice(order: Order, bill: Bill) -> None:
    """No standing shows an amount; but the same one told again is told once."""

    def ask(gateway: DeferredGateway, reference: str) -> None:
        gateway.reduce(reference, bill)

    try:
        tell(order, ask)
    except GatewayUnknown:
        tell(order, ask)


def reissue(order: Order, cause: str, words: str = "") -> None:
    """Another bill for the same amount; cause is the provider's own code for why."""
    require_own_contract(order)
    bill = bill_of(order, order.owed)
    tell(order, lambda gateway, reference: gateway.reissue(reference, bill, cause, words))
    with transaction():
        db.session.add(OrderEvent(order_id=order.id, at=clock.now(), event="reissued"))
    db.session.refresh(order)


def bill_of(order: Order, yen: int) -> Bill:
    by = receipt.answers_of(order).customer
    return Bill(
        total=yen,
        lines=((SUMMARY, 1, yen),),
        order_day=_day(order),
        ship_day=clock.today(),
        postal_code=by.postal_code,
        address=(by.prefecture, by.city, by.street, by.building),
        division=kind_of_code(order.payment_code).bill_division,
    )


def _day(order: Order) -> date:
    return order.placed_at.astimezone(clock.JAPAN).date()
