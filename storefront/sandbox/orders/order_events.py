"""Events of a placed order: its parcel is sent and delivered, its money comes in."""

import secrets
import time

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment, receipt
from storefront.orders.models import Order
from storefront.orders.payment_events import apply_payment_event
from storefront.payment_requests import lifecycle, provider_sync
from storefront.payments.models import HostedSession
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports.payments import Carrier, Outcome, TrackedParcel
from storefront.providers.yamato.simulator import events as yamatos
from storefront.sandbox import webhook_calls
from storefront.sandbox.orders import hosted
from storefront.sandbox.phone import scenarios
from storefront.sandbox.yamato import connection
from storefront.worker import periodic_tasks

PAYS_AT_ONCE = "0030"
HOSTED_NOTICE = "/webhooks/hosted"


def slip_number() -> str:
    """A tracking number that was not used before, with Yamato's check digit: the first eleven
    digits modulo 7."""
    body = secrets.randbelow(10**11)
    return f"{body:011d}{body % 7}"


def by_number(number: str) -> Order | None:
    """The order with this number, or None."""
    return db.session.scalar(sa.select(Order).where(Order.number == number))


def ship(order: Order) -> None:
    """Send the parcel; raises the errors of fulfilment.ship."""
    fulfilment.ship(order, TrackedParcel(Carrier.YAMATO, slip_number(), clock.today()))


def deliver(order: Order) -> None:
    """Deliver the parcel: Yamato is told first, then the shop. A number that pays at once has paid
    when this returns."""
    connection.play(order, yamatos.deliver, yamatos.bill)
    fulfilment.deliver(order)
    if lifecycle.shop_collects(order):
        _wait_for_request(order)
    else:
        provider_sync.refresh(order)
    answers = receipt.answers_of(order)
    if scenarios.ending(answers.phone) == PAYS_AT_ONCE and _is_asked(order):
        pay(order)


def _wait_for_request(order: Order) -> None:
    """The worker may be at it at this moment, in another process."""
    for _ in range(50):
        periodic_tasks.run_due()
        db.session.commit()  # or what the other has done would never be seen
        db.session.refresh(order)
        if order.payment_status != PaymentState.DEFERRED:
            return
        time.sleep(0.1)


def _is_asked(order: Order) -> bool:
    return order.payment_status in {PaymentState.REQUESTED, PaymentState.OVERDUE}


def pay(order: Order) -> None:
    """Pay the order where its money is collected, which then tells the shop; raises NotNow."""
    visit = db.session.scalar(sa.select(HostedSession).where(HostedSession.order_id == order.id))
    known = hosted.find(visit.token) if visit else None
    if known is not None and known.outcome == Outcome.ISSUED:
        hosted.end(known, Outcome.PAID)
        webhook_calls.post(HOSTED_NOTICE, {"visit": known.token})
    else:
        connection.play(order, yamatos.bill, yamatos.pay)
        _settle(order)
    db.session.refresh(order)
    periodic_tasks.run_due()
    db.session.refresh(order)


def _settle(order: Order) -> None:
    with transaction():
        moved = apply_payment_event(order, PaymentEvent.PAID)
    if not moved and order.payment_status != PaymentState.PAID:
        raise fulfilment.NotNow(f"The payment is {order.payment_status}: it cannot be paid now")
