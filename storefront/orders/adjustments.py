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
from storefront.payments.status import PaymentState
from storefront.ports.payments import DeferredGateway, GatewayUnknown, Invoice

OPEN = {PaymentState.AWAITING, PaymentState.DEFERRED, PaymentState.REQUESTED, PaymentState.OVERDUE}
SUMMARY = "お買い上げ商品"


class NotLess(Exception):
    """The new amount is not below the present one: cancel the order and place it anew."""


def reduce(order: Order, yen: int) -> None:
    """Lower the order's total to so many yen, tax included; its provider is told first.

    Raises NotNow, NotLess, or what the gateway raises.
    """
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
    outbox.wake_worker()


def _owed_before(order: Order) -> int:
    """Yen owed before the change; the order's row is locked for the transaction."""
    mine = sa.select(Order).where(Order.id == order.id).with_for_update()
    return db.session.scalars(mine).one().owed


def _require_open(order: Order) -> None:
    if order.payment_status not in OPEN:
        raise NotNow(f"The payment is {order.payment_status}: nothing can be taken off it")
    if kind_of_code(order.payment_code).check is Check.HOSTED:
        raise NotNow("Its number at the store is for the whole amount: cancel it")


def _tell_twice(order: Order, bill: Invoice) -> None:
    """Have the provider lower the amount; after an unknown outcome once more.

    No standing shows an amount, and lowering to the same amount twice is the same as once.
    """

    def ask(gateway: DeferredGateway, reference: str) -> None:
        gateway.reduce(reference, bill)

    try:
        tell(order, ask)
    except GatewayUnknown:
        tell(order, ask)


def reissue(order: Order, cause: str, words: str = "") -> None:
    """Have the provider send the invoice again; cause is the provider's code for the reason.

    Raises what the gateway raises.
    """
    require_own_contract(order)
    bill = bill_of(order, order.owed)
    tell(order, lambda gateway, reference: gateway.reissue(reference, bill, cause, words))
    with transaction():
        db.session.add(OrderEvent(order_id=order.id, at=clock.now(), event="reissued"))
    db.session.refresh(order)


def bill_of(order: Order, yen: int) -> Invoice:
    by = receipt.answers_of(order).customer
    return Invoice(
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
