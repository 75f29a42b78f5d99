"""What happened to a made-up order after it was placed, up to now."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from storefront.core import clock
from storefront.orders.status import OrderStatus
from storefront.payment_requests.lifecycle import OFFICE_HOURS, OVERDUE, PAID_WITHIN
from storefront.payments.kinds import KINDS, Time
from storefront.payments.status import PaymentState
from storefront.shipping.dates import DAY, working_days_after

CANCELLED, RETURNED = 0.03, 0.015
NEVER_PAID_BEFORE, NEVER_PAID_LATER = 0.07, 0.012
GIVEN_UP = timedelta(days=8)  # for money that was to come in advance
PAYS_AFTER = (0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 17, 22, 34)  # days, each as likely
PREPAYS_AFTER = (0, 0, 1, 1, 2, 3, 4, 6)
SAFELY_THERE = 3  # so many things happen to a parcel that does not come back
STATUSES = {
    "preparing": OrderStatus.PREPARING,
    "shipped": OrderStatus.SHIPPED,
    "delivered": OrderStatus.DELIVERED,
    "called off": OrderStatus.CANCELLED,
    "returned": OrderStatus.RETURNED,
}
PAYMENTS = {one.value: one for one in PaymentState}


@dataclass
class Life:
    """The events of an order until now, oldest first."""

    first_state: str
    events: list[tuple[datetime, str]] = field(default_factory=list)

    def moment(self, event: str) -> datetime | None:
        """When the event happened; None where it has not."""
        return next((at for at, one in self.events if one == event), None)

    @property
    def status(self) -> OrderStatus:
        """The order's status after these events."""
        moves = [STATUSES[event] for _, event in self.events if event in STATUSES]
        return moves[-1] if moves else OrderStatus.PLACED

    @property
    def payment(self) -> PaymentState:
        """The state of the payment after these events."""
        moves = [PAYMENTS[event] for _, event in self.events if event in PAYMENTS]
        return moves[-1] if moves else PaymentState(self.first_state)

    @property
    def due_on(self) -> date | None:
        """The last day to pay of a pay-later order; None while nobody has asked for the money."""
        asked = self.moment("requested")
        return asked.astimezone(clock.JAPAN).date() + PAID_WITHIN if asked else None


def live(code: str, placed: datetime, chance: Random, now: datetime) -> Life:
    """The events of an order by this payment method that was placed at this moment."""
    kind = KINDS[code]
    plan = {Time.BEFORE: _paid_before, Time.DOOR: _paid_at_door, Time.LATER: _paid_later}[kind.time]
    events = [(placed, "placed"), *plan(code, placed, chance)]
    return Life(kind.first_state, [one for one in events if one[0] <= now])


def _paid_before(code: str, placed: datetime, chance: Random) -> list[tuple[datetime, str]]:
    if code != "card" and chance.random() < NEVER_PAID_BEFORE:
        return _called_off(placed + GIVEN_UP, PaymentState.CANCELLED, chance)
    paid = placed if code == "card" else _later(placed, chance.choice(PREPAYS_AFTER), chance)
    events = [(paid, "paid")]
    if chance.random() < CANCELLED:
        return events + _called_off(paid, PaymentState.REFUNDED, chance)
    return events + _on_its_way(paid, chance, PaymentState.REFUNDED)


def _paid_at_door(_code: str, placed: datetime, chance: Random) -> list[tuple[datetime, str]]:
    if chance.random() < CANCELLED:
        return _called_off(placed, PaymentState.CANCELLED, chance)
    events = _on_its_way(placed, chance, PaymentState.REFUNDED)
    delivered = events[2][0]
    return [*events[:3], (delivered, "paid"), *events[3:]]


def _paid_later(code: str, placed: datetime, chance: Random) -> list[tuple[datetime, str]]:
    if chance.random() < CANCELLED:
        return _called_off(placed, PaymentState.CANCELLED, chance)
    events = _on_its_way(placed, chance, PaymentState.CANCELLED)
    by_shop = code == "kuroneko_smartphone"
    asked = events[2][0] + (timedelta(seconds=2) if by_shop else timedelta(days=2))
    if len(events) > SAFELY_THERE:
        return [*events[:3], (asked, "requested"), *events[3:]]
    events.append((asked, "requested"))
    paid = None if chance.random() < NEVER_PAID_LATER else _paying(asked, chance)
    due_on = asked.astimezone(clock.JAPAN).date() + PAID_WITHIN
    overdue = datetime.combine(due_on + OVERDUE, OFFICE_HOURS)
    if by_shop and (paid is None or paid > overdue):
        events.append((overdue, "overdue"))
    return events + ([(paid, "paid")] if paid else [])


def _paying(asked: datetime, chance: Random) -> datetime:
    return max(asked + timedelta(minutes=5), _later(asked, chance.choice(PAYS_AFTER), chance))


def _on_its_way(
    since: datetime, chance: Random, if_returned: PaymentState
) -> list[tuple[datetime, str]]:
    """Packed and shipped on a working day, there the day after or later; few come back."""
    day = since.astimezone(clock.JAPAN).date()
    packed = working_days_after(day, chance.choice((1, 1, 1, 2)))
    arrived = packed + chance.choice((1, 1, 1, 2, 3)) * DAY
    events = [
        (_at(packed, 9, 11, chance), "preparing"),
        (_at(packed, 14, 17, chance), "shipped"),
        (_at(arrived, 9, 19, chance), "delivered"),
    ]
    if chance.random() < RETURNED:
        back = _at(arrived + chance.randint(3, 6) * DAY, 11, 15, chance)
        events += [(back, "returned"), (back, if_returned.value)]
    return events


def _called_off(
    since: datetime, payment: PaymentState, chance: Random
) -> list[tuple[datetime, str]]:
    at = since + timedelta(minutes=chance.randint(40, 600))
    return [(at, "called off"), (at, payment.value)]


def _later(since: datetime, days: int, chance: Random) -> datetime:
    """So many days later by day, or within some hours."""
    if days == 0:
        return since + timedelta(minutes=chance.randint(20, 300))
    return _at(since.astimezone(clock.JAPAN).date() + days * DAY, 8, 21, chance)


def _at(day: date, first: int, last: int, chance: Random) -> datetime:
    hour = time(chance.randint(first, last - 1), chance.randrange(60), tzinfo=clock.JAPAN)
    return datetime.combine(day, hour)
