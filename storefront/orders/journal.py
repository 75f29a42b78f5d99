"""Where an order is on its way: the steps a shopper reads, dated."""

from dataclasses import dataclass
from datetime import date, datetime

from storefront.orders.models import Order
from storefront.payments.kinds import KINDS, Time

STEPS = ("placed", "preparing", "shipped", "delivered")
PREPAID = ("placed", "paid", "preparing", "shipped", "delivered")
DEFERRED = (*STEPS, "requested", "due", "paid")


@dataclass(frozen=True)
class Entry:
    """One step; no moment where none was noted, a day where that is known beforehand."""

    event: str
    at: datetime | None
    is_current: bool
    is_done: bool
    day: date | None = None


def journal(order: Order) -> list[Entry]:
    """The path of this order's payment, with what has happened on it."""
    happened = {event.event: event.at for event in order.events}
    path = _path(order)
    current = max((i for i, event in enumerate(path) if event in happened), default=0)
    days = {"due": order.request.due_on} if order.request else {}
    return [
        Entry(event, happened.get(event), i == current, i <= current, days.get(event))
        for i, event in enumerate(path)
    ]


def _path(order: Order) -> tuple[str, ...]:
    if order.status in {"cancelled", "returned"}:
        return ("placed", order.status)
    if _pays_later(order):
        return DEFERRED
    return PREPAID if KINDS[order.payment_code].time is Time.BEFORE else STEPS


def _pays_later(order: Order) -> bool:
    """Also once it is paid: what was asked for after delivery stays on the path."""
    was_asked = any(event.event == "requested" for event in order.events)
    return was_asked or order.payment_status in {"deferred", "requested", "overdue"}
