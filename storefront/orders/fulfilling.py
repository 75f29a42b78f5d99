"""What the owner does with a placed order: ship it, say that it arrived, cancel it."""

import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import stock
from storefront.extensions import db, transaction
from storefront.orders import ledger
from storefront.orders.models import Order, OrderEvent, Shipment
from storefront.orders.moves import MOVES, Move, may
from storefront.orders.settling import settle
from storefront.orders.telling import tell
from storefront.outbox import rows
from storefront.payments import Slip, Standing
from storefront.payments.kinds import KINDS, Time
from storefront.payments.moves import News, State

DELIVERED_ROW = "delivered"  # the outbox row by which collecting hears of it
SHIPPED, CANCELLED = {Standing.SHIPPED, Standing.SOLD, Standing.REQUESTED}, {Standing.CANCELLED}


class NotNow(Exception):
    """The order does not stand where this can be done; its words say where it stands."""


class NotPaid(Exception):
    """It is paid in advance, and has not been yet."""


def prepare(order: Order) -> None:
    """Somebody has begun to pack it."""
    with transaction():
        _move(order, Move.PREPARE, "preparing")
    _read_again(order)


def take_back(order: Order) -> None:
    """The parcel came back; what was paid for it is to be given back."""
    _require(order, Move.RETURN)
    with transaction():
        _move(order, Move.RETURN, "returned")
        if not settle(order, News.CANCELLED):
            settle(order, News.REFUNDED)
        ledger.record_reversal(order, clock.now())
    _read_again(order)


def ship(order: Order, slip: Slip) -> None:
    """Raises NotNow, NotPaid, or what the provider's gateway raises; then nothing has changed."""
    _require(order, Move.SHIP)
    if KINDS[order.payment_code].time is Time.BEFORE and order.payment_status != State.PAID:
        raise NotPaid
    tell(order, lambda gateway, reference: gateway.ship(reference, slip), SHIPPED)
    with transaction():
        _move(order, Move.SHIP, "shipped")
        now = clock.now()
        parcel = Shipment(carrier=slip.carrier, slip=slip.number, shipped_at=now)
        parcel.order_id = order.id
        db.session.add(parcel)
        rows.add("shipped-mail", order.id, tag=slip.number)
    _read_again(order)


def change_slip(order: Order, slip: Slip) -> None:
    """The parcel goes under another number; the shopper hears of the new one."""
    parcel = _parcel(order)
    old = parcel.slip
    tell(order, lambda gateway, reference: gateway.change_slip(reference, old, slip))
    with transaction():
        same = (Shipment.order_id == order.id) & (Shipment.slip == old)
        change = sa.update(Shipment).where(same).values(carrier=slip.carrier, slip=slip.number)
        if db.session.scalar(change.returning(Shipment)) is None:
            raise NotNow("The slip was changed meanwhile")
        rows.add("shipped-mail", order.id, tag=slip.number)
    _read_again(order)


def withdraw_slip(order: Order) -> None:
    """The parcel did not leave: the order is being prepared again."""
    _parcel(order)
    tell(order, lambda gateway, reference: gateway.withdraw_slip(reference), {Standing.APPROVED})
    with transaction():
        _move(order, Move.UNSHIP, "unshipped")
        db.session.execute(sa.delete(Shipment).where(Shipment.order_id == order.id))
    _read_again(order)


def deliver(order: Order) -> bool:
    """The parcel arrived; cash on delivery is paid with it. False when that was known before."""
    if order.status == MOVES[Move.DELIVER][1]:
        return False
    _require(order, Move.DELIVER)
    with transaction():
        _move(order, Move.DELIVER, "delivered")
        arrived = sa.update(Shipment).where(Shipment.order_id == order.id)
        db.session.execute(arrived.values(delivered_at=clock.now()))
        if KINDS[order.payment_code].time is Time.DOOR:
            settle(order, News.PAID, is_told=False)  # whoever paid at the door knows
        rows.add(DELIVERED_ROW, order.id)
    _read_again(order)
    rows.kick()
    return True


def cancel(order: Order) -> None:
    """Before it is shipped. The pieces go back on the shelf; what was paid is to be given back."""
    _require(order, Move.CANCEL)
    tell(order, lambda gateway, reference: gateway.cancel(reference), CANCELLED)
    with transaction():
        _move(order, Move.CANCEL, "cancelled")
        if not settle(order, News.CANCELLED):
            settle(order, News.REFUNDED)
        stock.put_back({line.variant_id: line.quantity for line in order.lines})
        ledger.record_reversal(order, clock.now())
        rows.add("cancelled-mail", order.id)
    _read_again(order)


def _require(order: Order, move: Move) -> None:
    if not may(order.status, move):
        raise NotNow(f"The order is {order.status}: it cannot be made to {move}")


def _parcel(order: Order) -> Shipment:
    _require(order, Move.UNSHIP)
    if not order.shipments:
        raise NotNow("The order has no parcel")
    return order.shipments[0]


def _move(order: Order, move: Move, event: str) -> None:
    """Inside a transaction; of two at once one moves, the other raises NotNow."""
    sources, target = MOVES[move]
    here = (Order.id == order.id) & Order.status.in_(sources)
    step = sa.update(Order).where(here).values(status=target)
    if db.session.scalar(step.returning(Order)) is None:
        raise NotNow(f"The order was moved meanwhile: it cannot be made to {move}")
    db.session.add(OrderEvent(order_id=order.id, at=clock.now(), event=event))


def _read_again(order: Order) -> None:
    db.session.refresh(order)
    rows.kick()
