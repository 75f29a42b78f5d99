"""Where an order is on its way: the steps a shopper reads, dated."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from storefront.orders.fulfilment import CANCELLED_BY_SHOPPER
from storefront.orders.models import Order
from storefront.payments.kinds import Time, kind_of_code
from storefront.payments.status import PaymentState

STEPS = ("placed", "preparing", "shipped", "delivered")
PREPAID = ("placed", "paid", "preparing", "shipped", "delivered")
DEFERRED = (*STEPS, "requested", "due", "paid")
LATE = (*STEPS, "requested", "due", "overdue", "paid")
UNPAID = {"deferred", "requested", "overdue"}
STEP_OF = {CANCELLED_BY_SHOPPER: "cancelled", "lapsed": "cancelled"}  # of events with other names


@dataclass(frozen=True)
class Entry:
    """One step of an order; at is empty where no moment was noted, day is a planned one, or the
    last for a payment."""

    event: str
    at: datetime | None
    is_current: bool
    is_done: bool
    day: date | None = None


def progress_of(order: Order) -> list[Entry]:
    """The steps of an order by its way of paying, with the moments of those that are done."""
    happened = _happened(order)
    path = _path(order, happened)
    current = max((i for i, event in enumerate(path) if event in happened), default=0)
    days = {"due": order.request.due_on} if order.request else {}
    if order.pay_by and order.payment_status == PaymentState.AWAITING:
        days["paid"] = order.pay_by
    return [
        Entry(event, happened.get(event), i == current, i <= current, days.get(event))
        for i, event in enumerate(path)
    ]


def _happened(order: Order) -> dict[str, datetime]:
    """The moment of each step; an unshipped parcel was not shipped."""
    found: dict[str, datetime] = {}
    for event in order.events:
        found[STEP_OF.get(event.event, event.event)] = event.at
        if event.event == "unshipped":
            found.pop("shipped", None)
            found.setdefault("preparing", event.at)
    return found


def _path(order: Order, happened: Collection[str]) -> tuple[str, ...]:
    if order.status in {"cancelled", "returned"}:
        return ("placed", order.status)
    if "overdue" in happened:
        return LATE
    # also once it is paid: what was asked for after delivery stays on the path
    if "requested" in happened or order.payment_status in UNPAID:
        return DEFERRED
    return PREPAID if kind_of_code(order.payment_code).time is Time.BEFORE else STEPS
