"""What is done with a placed order: ship it, say that it arrived, cancel it."""

from datetime import datetime

import sqlalchemy as sa

from storefront.catalogue import stock
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import ledger, moves, owed_back
from storefront.orders.models import Order, Shipment
from storefront.orders.moves import BeingMoved as BeingMoved
from storefront.orders.moves import NotNow as NotNow
from storefront.orders.moves import StillAsked as StillAsked
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.provider_calls import tell
from storefront.orders.status import TRANSITIONS, OrderStatus, Transition, can
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from storefront.payments import hosted_sessions
from storefront.payments.kinds import Time, kind_of_code
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    ProviderStatus,
    TrackedParcel,
)

ENDED = {
    PaymentState.PAID,
    PaymentState.CANCELLED,
    PaymentState.REFUNDED,
}  # nothing is left to be cancelled
DELIVERED_ROW = "delivered"  # the outbox row by which collecting hears of it
CANCELLED_BY_SHOPPER = "cancelled-by-shopper"  # the event, and the row for the owner's audit log
OWNERS_MAIL = "owner-cancelled-mail"
UNFINISHED_CANCELLATION = "finish-cancelling"  # the provider has not answered yet
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
    moves.require(order, Transition.CANCEL)
    seen = _is_as_paid(order)
    with moves.claimed(order, Transition.CANCEL) as claim:
        _end_credit(order)
        with transaction():
            moves.make(order, Transition.CANCEL, "cancelled", seen, claim=claim)
            _call_off(order)
    _read_again(order)


def cancel_by_shopper(order: Order) -> None:
    """The same at the shopper's own wish, until the order is being prepared.

    The provider is given no longer than a shopper's browser waits. Raises StillAsked where it is
    not known by then whether the credit is cancelled: the worker goes on, and until that is known
    nobody else moves the order.
    """
    move = Transition.CANCEL_BY_SHOPPER
    moves.require(order, move)
    seen = _is_as_paid(order)
    with moves.claimed(order, move) as claim:
        try:
            _end_credit(order, in_haste=True)
        except GatewayUnknown:
            _leave_to_worker(order, claim)
            raise StillAsked from None
        _cancelled_by_shopper(order, seen, claim)
    _read_again(order)


def _leave_to_worker(order: Order, claim: datetime | None) -> None:
    """The row names the claim that it goes on with, so that the worker takes nobody else's."""
    with transaction():
        until = moves.prolong(order, claim)
        outbox.add(UNFINISHED_CANCELLATION, order.id, tag=until.isoformat())
    outbox.wake_worker()


def is_being_cancelled(order: Order) -> bool:
    """Whether the shopper's cancellation waits for an answer of the provider."""
    return order.status == OrderStatus.PLACED and _kept_claim(order) is not None


def _kept_claim(order: Order) -> datetime | None:
    """The claim that a cancellation of the shopper has left to the worker, where it still holds."""
    claim = order.claimed_until
    if claim is None or claim <= clock.now() + moves.LONGEST:
        return None
    key = f"{UNFINISHED_CANCELLATION}:{order.id}:{claim.isoformat()}"
    is_open = OutboxRow.done_at.is_(None) & OutboxRow.gave_up.is_(False)
    row = sa.select(OutboxRow.id).where(OutboxRow.dedupe_key == key, is_open)
    return claim if db.session.scalar(row) is not None else None


def finish_cancelling(order_id: int) -> None:
    """Go on with a cancellation whose provider had not answered; the shopper hears how it ended.

    Raises GatewayUnavailable as long as that is not known.
    """
    order = db.session.get_one(Order, order_id)
    try:
        if can(order.status, Transition.CANCEL_BY_SHOPPER):
            _ask_again(order)
    except (NotNow, StillAsked) as later:
        raise GatewayUnavailable(str(later)) from later
    except GatewayRefused:
        db.session.refresh(order)
    if order.status != OrderStatus.CANCELLED:
        say_not_cancelled(order_id)


def say_not_cancelled(order_id: int) -> None:
    """The shopper, who was told that the provider is being asked, hears that it led to nothing."""
    with transaction():
        outbox.add("not-cancelled-mail", order_id)


def _ask_again(order: Order) -> None:
    seen = _is_as_paid(order)
    kept = _kept_claim(order)
    with moves.claimed(order, Transition.CANCEL_BY_SHOPPER, kept=kept) as claim:
        try:
            _end_credit(order)
        except (GatewayUnavailable, GatewayUnknown):
            raise StillAsked from None
        _cancelled_by_shopper(order, seen, claim)
    _read_again(order)


def _cancelled_by_shopper(
    order: Order, seen: sa.ColumnElement[bool], claim: datetime | None
) -> None:
    with transaction():
        moves.make(order, Transition.CANCEL_BY_SHOPPER, CANCELLED_BY_SHOPPER, seen, claim=claim)
        _call_off(order)
        outbox.add(CANCELLED_BY_SHOPPER, order.id)
        outbox.add(OWNERS_MAIL, order.id)


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


def _end_credit(order: Order, *, in_haste: bool = False) -> None:
    """Cancel the order's credit, or its provider would go on to ask for the money.

    An amount that the provider has paid out already is given back by the shop itself.
    """
    if order.payment_status not in ENDED:
        tell(
            order,
            lambda gateway, reference: gateway.cancel(reference),
            () if in_haste else CANCELLED,
            CANCELLED,
            in_haste=in_haste,
        )


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
