"""Asking for the payment of a delivered order, and reminding of it: what is due when."""

import secrets
import string
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.payment_events import apply_payment_event
from storefront.orders.queries import payment_facts
from storefront.outbox import outbox
from storefront.payments.collectors import Collector
from storefront.payments.kinds import Time, kind_of_code
from storefront.payments.status import PaymentEvent, PaymentState

PAID_WITHIN = timedelta(days=14)  # of the day it is asked for, as with Yamato
REMINDED = timedelta(days=-3)  # before the last day
OVERDUE = timedelta(days=1)  # after it
PRESSED = timedelta(days=7)  # after the shopper was told that it is overdue
OFFICE_HOURS = time(10, 0, tzinfo=clock.JAPAN)
LIFE = timedelta(days=90)  # of a link
LETTERS, TOKEN_LENGTH = string.ascii_letters + string.digits, 22
MOST_LINKS, BETWEEN_LINKS = 3, timedelta(seconds=60)


class TooSoon(Exception):
    """A link was sent less than a minute ago or three times already, or nothing is to be paid."""


def shop_collects(order: Order) -> bool:
    """Whether the shop asks for the money after delivery, and not the provider of the credit."""
    pays_later = kind_of_code(order.payment_code).time is Time.LATER
    return pays_later and payment_facts.collector_of(order) is Collector.SHOP


def new_token() -> str:
    """131 random bits in letters and digits: phones end a link before a dash or underscore."""
    return "".join(secrets.choice(LETTERS) for _ in range(TOKEN_LENGTH))


def issue(order_id: int) -> None:
    """Ask for the money of a delivered order: its link, its messages, the days of later ones.

    Called again it changes nothing.
    """
    order = db.session.get_one(Order, order_id)
    if order.payment_status != PaymentState.DEFERRED or not shop_collects(order):
        return
    with transaction():
        if not apply_payment_event(order, PaymentEvent.REQUESTED):
            return
        due_on = clock.today() + PAID_WITHIN
        db.session.add(
            PaymentRequest(
                order_id=order.id,
                token=new_token(),
                issued_at=clock.now(),
                due_on=due_on,
                links_sent=0,
            )
        )
        for kind, due_at in _schedule(due_on):
            outbox.add(kind, order.id, due_at=due_at)
    outbox.wake_worker()


def _schedule(due_on: date) -> list[tuple[str, datetime | None]]:
    reminded, overdue = _at_ten(due_on + REMINDED), _at_ten(due_on + OVERDUE)
    return [
        ("request-mail", None),
        ("request-sms", None),
        ("reminder-mail", reminded),
        ("reminder-sms", reminded),
        ("overdue", overdue),
    ]


def _at_ten(day: date) -> datetime:
    return datetime.combine(day, OFFICE_HOURS)


def fall_overdue(order_id: int) -> None:
    """Mark an unpaid request as overdue and plan its messages."""
    order = db.session.get_one(Order, order_id)
    if order.payment_status != PaymentState.REQUESTED:
        return
    with transaction():
        if apply_payment_event(order, PaymentEvent.OVERDUE):
            pressed = _at_ten(clock.today() + PRESSED)
            for way in ("mail", "sms"):
                outbox.add(f"overdue-{way}", order.id)
                outbox.add(f"press-{way}", order.id, due_at=pressed)
    outbox.wake_worker()


def send_link_again(order: Order) -> None:
    """Send the link again at the shopper's wish; raises TooSoon."""
    if order.payment_status not in {PaymentState.REQUESTED, PaymentState.OVERDUE}:
        raise TooSoon
    now = clock.now()
    with transaction():
        waited = PaymentRequest.link_sent_at.is_(None) | (
            PaymentRequest.link_sent_at <= now - BETWEEN_LINKS
        )
        mine = (PaymentRequest.order_id == order.id) & (PaymentRequest.links_sent < MOST_LINKS)
        claim = sa.update(PaymentRequest).where(mine, waited)
        claim = claim.values(links_sent=PaymentRequest.links_sent + 1, link_sent_at=now)
        claimed = db.session.scalar(claim.returning(PaymentRequest))
        if claimed is None:
            raise TooSoon
        for way in ("mail", "sms"):
            outbox.add(f"link-{claimed.links_sent}-{way}", order.id)
    outbox.wake_worker()


def by_token(token: str) -> tuple[Order, PaymentRequest] | None:
    """None for a link that is unknown or older than ninety days."""
    fresh = PaymentRequest.issued_at > clock.now() - LIFE
    query = sa.select(PaymentRequest).where(PaymentRequest.token == token, fresh)
    request = db.session.scalar(query)
    if request is None:
        return None
    order = sa.select(Order).where(Order.id == request.order_id)
    return db.session.scalars(order.options(joinedload(Order.events))).unique().one(), request
