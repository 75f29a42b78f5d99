"""What is done with a placed order: ship it, say that it arrived, cancel it."""

import sqlalchemy as sa

from storefront.catalogue import stock
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, moves, owed_back
from storefront.orders.models import Order, Shipment
from storefront.orders.moves import BeingMoved as BeingMoved
from storefront.orders.moves import NotNow as NotNow
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.provider_calls import tell
from storefront.orders.status import TRANSITIONS, Transition
from storefront.outbox import outbox
from storefront.payments import hosted_sessions
from storefront.payments.kinds import Time, kind_of_code
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.payments import ProviderStatus, TrackedParcel

ENDED = {
    PaymentState.PAID,
    PaymentState.CANCELLED,
    PaymentState.REFUNDED,
}  # nothing is left to be cancelled
DELIVERED_ROW = "delivered"  # the outbox row by which collecting hears of it
CANCELLED_BY_SHOPPER = "cancelled-by-shopper"  # the event, and the row for the owner's audit log
APPROVED, CANCELLED = {ProviderStatus.APPROVED}, {ProviderStatus.CANCELLED}
SHIPPED = {
    ProviderStatus.SHIPPED,
    ProviderStatus.IN_DOUBT,
    ProviderStatus.SOLD,
    ProviderStatus.REQUESTED,
    ProviderStatus.PAID,
}


class NotPaid(Exception):
    """The order is to be paid before it is shipped, and is not paid."""


def prepare(order: Order) -> None:
    """Mark the order as being packed; raises NotNow."""
    with transaction():
        moves.make(order, Transition.PREPARE, "preparing")
    _read_again(order)


def take_back(order: Order) -> None:
    """Mark the order as returned: its credit is cancelled, a paid amount is to be given back.

    The pieces stay out of stock until somebody has looked at them. Raises NotNow, also where the
    order was paid meanwhile, or what the gateway raises.
    """
    moves.require(order, Transition.RETURN)
    seen = _is_as_paid(order)
    with moves.claimed(order, Transition.RETURN) as claim:
        _end_credit(order)
        with transaction():
            moves.make(order, Transition.RETURN, "returned", seen, claim=claim)
            _give_back_money(order)
            outbox.add("returned-mail", order.id)
    _read_again(order)


def ship(order: Order, slip: TrackedParcel) -> None:
    """Ship the order under a tracking number; its provider is told first.

    Raises NotNow, NotPaid, or what the gateway raises; then nothing has changed.
    """
    moves.require(order, Transition.SHIP)
    if (
        kind_of_code(order.payment_code).time is Time.BEFORE
        and order.payment_status != PaymentState.PAID
    ):
        raise NotPaid
    with moves.claimed(order, Transition.SHIP) as claim:
        tell(order, lambda gateway, reference: gateway.ship(reference, slip), SHIPPED)
        with transaction():
            moves.make(order, Transition.SHIP, "shipped", claim=claim)
            parcel = Shipment(carrier=slip.carrier, slip=slip.number, shipped_at=clock.now())
            parcel.order_id = order.id
            db.session.add(parcel)
            outbox.add("shipped-mail", order.id, tag=slip.number)
    _read_again(order)


def change_slip(order: Order, slip: TrackedParcel) -> None:
    """Change the tracking number at the provider and here; the shopper gets another mail.

    Raises NotNow, or what the gateway raises.
    """
    parcel = _parcel(order)
    old = parcel.slip
    tell(order, lambda gateway, reference: gateway.change_slip(reference, old, slip))
    with transaction():
        same = (Shipment.order_id == order.id) & (Shipment.slip == old)
        change = sa.update(Shipment).where(same).values(carrier=slip.carrier, slip=slip.number)
        if db.session.scalar(change.returning(Shipment)) is None:
            raise NotNow("The slip was changed meanwhile")
        outbox.add("shipped-mail", order.id, tag=slip.number)
    _read_again(order)


def withdraw_slip(order: Order) -> None:
    """Withdraw the tracking number: the order is being prepared again.

    Raises NotNow, or what the gateway raises.
    """
    _parcel(order)
    with moves.claimed(order, Transition.UNSHIP) as claim:
        tell(order, lambda gateway, reference: gateway.withdraw_slip(reference), APPROVED, APPROVED)
        with transaction():
            moves.make(order, Transition.UNSHIP, "unshipped", claim=claim)
            db.session.execute(sa.delete(Shipment).where(Shipment.order_id == order.id))
    _read_again(order)


def deliver(order: Order) -> bool:
    """Mark the order as delivered; cash on delivery counts as paid. Raises NotNow.

    Returns False where the order was delivered already.
    """
    if order.status == TRANSITIONS[Transition.DELIVER][1]:
        return False
    moves.require(order, Transition.DELIVER)
    with transaction():
        moves.make(order, Transition.DELIVER, "delivered")
        arrived = sa.update(Shipment).where(Shipment.order_id == order.id)
        db.session.execute(arrived.values(delivered_at=clock.now()))
        if kind_of_code(order.payment_code).time is Time.DOOR:
            apply_payment_event(
                order, PaymentEvent.PAID, is_told=False
            )  # whoever paid at the door knows
        outbox.add(DELIVERED_ROW, order.id)
    _read_again(order)
    outbox.wake_worker()
    return True


def cancel(order: Order) -> None:
    """Cancel an order before it is shipped.

    Its credit is cancelled, the pieces go back into stock, a paid amount is to be given back.
    Raises NotNow, also where the order was paid meanwhile (the owner then decides anew), or what
    the gateway raises.
    """
    _cancel(order, Transition.CANCEL, "cancelled")


def cancel_by_shopper(order: Order) -> None:
    """The same at the shopper's own wish, until the order is being prepared."""
    _cancel(order, Transition.CANCEL_BY_SHOPPER, CANCELLED_BY_SHOPPER)


def _cancel(order: Order, move: Transition, event: str) -> None:
    moves.require(order, move)
    seen = _is_as_paid(order)
    with moves.claimed(order, move) as claim:
        _end_credit(order)
        with transaction():
            moves.make(order, move, event, seen, claim=claim)
            _call_off(order)
            if event == CANCELLED_BY_SHOPPER:
                outbox.add(CANCELLED_BY_SHOPPER, order.id)
    _read_again(order)


def lapse(order: Order) -> None:
    """Cancel an order whose money did not come within its days to pay.

    Raises NotNow where the money came meanwhile or the order has ended.
    """
    with transaction():
        is_unpaid = Order.payment_status == PaymentState.AWAITING
        moves.make(order, Transition.CANCEL, "lapsed", is_unpaid)
        _call_off(order)
    _read_again(order)


def _call_off(order: Order) -> None:
    _give_back_money(order)
    stock.put_back({line.variant_id: line.quantity for line in order.lines})
    outbox.add("cancelled-mail", order.id)


def _end_credit(order: Order) -> None:
    """Cancel the order's credit, or its provider would go on to ask for the money.

    An amount that the provider has paid out already is given back by the shop itself.
    """
    if order.payment_status not in ENDED:
        tell(order, lambda gateway, reference: gateway.cancel(reference), CANCELLED, CANCELLED)


def _give_back_money(order: Order) -> None:
    """Book the end of the payment, inside the caller's transaction.

    What was paid on a hosted page is given back by its provider, in the worker.
    """
    hosted_sessions.owe_back_all(order.id)
    is_paid = order.payment_status == PaymentState.PAID
    apply_payment_event(order, PaymentEvent.REFUNDED if is_paid else PaymentEvent.CANCELLED)
    ledger.record_reversal(order, clock.now(), is_by_hand=owed_back.goes_by_hand(order))


def _parcel(order: Order) -> Shipment:
    moves.require(order, Transition.UNSHIP)
    if not order.shipments:
        raise NotNow("The order has no parcel")
    return order.shipments[0]


def _is_as_paid(order: Order) -> sa.ColumnElement[bool]:
    """SQL condition: the order is still paid, or still unpaid, as it was when read."""
    is_paid = order.payment_status == PaymentState.PAID
    return (
        Order.payment_status == PaymentState.PAID
        if is_paid
        else Order.payment_status != PaymentState.PAID
    )


def _read_again(order: Order) -> None:
    db.session.refresh(order)
    outbox.wake_worker()
