"""Time for one: a checkout and its order grow older, and nobody else does.

There is one clock. What a checkout has of time are the moments that are kept of it: when its code
was sent and how long that lives, when its payment is due, when a job of it is to be done. Moved
back by so many seconds they stand as they would if the clock had gone on for this checkout alone.
The seconds so far are its head start.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storefront.admin.auth import models as people
from storefront.bulk.models import BulkJob, BulkResult
from storefront.cart.models import Cart
from storefront.catalogue.models import ProductImport, StockHold
from storefront.checkout.models import Checkout, CheckoutCount, SavedDetails
from storefront.core import clock
from storefront.core.extensions import Base, UtcDateTime, db, transaction, upsert
from storefront.orders.models import (
    Deposit,
    LedgerEntry,
    Order,
    OrderCheck,
    OrderEvent,
    PaymentRequest,
    SearchIndexEntry,
    Shipment,
)
from storefront.orders.owed_back import GivenBack
from storefront.outbox.models import Heartbeat, OutboxRow
from storefront.payments.models import HostedSession, YamatoConnection
from storefront.providers.yamato.credit.late_refusals import NOT_PLACED
from storefront.providers.yamato.models import CreditAttempt, YamatoCall
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.sandbox import subjects, time
from storefront.sandbox.models import (
    SandboxGuest,
    SandboxHeadStart,
    SandboxMail,
    SandboxRequest,
    SandboxText,
)
from storefront.sandbox.phone import origins, phone
from storefront.shop.models import Shop
from storefront.sms.models import TextCount
from storefront.verification.models import Challenge, LimitSlot
from storefront.worker.handlers import OF_ORDERS

Ids = frozenset[Any]


@dataclass(frozen=True)
class Belongings:
    """Ids of a checkout and of what came of it; credits are the numbers it has at Yamato."""

    checkout: str
    carts: Ids
    challenges: Ids
    orders: Ids
    attempts: Ids
    credits: Ids
    texts: Ids

    @property
    def users(self) -> Ids:
        """By which of its ids a limit knows that it was used."""
        return self.challenges | self.carts | {self.checkout}


def _jobs(one: Belongings) -> sa.ColumnElement[bool]:
    of_order = OutboxRow.kind.in_(OF_ORDERS) & OutboxRow.about.in_(one.orders)
    return of_order | ((OutboxRow.kind == NOT_PLACED) & OutboxRow.about.in_(one.attempts))


# Each table with a moment stands in one of the two that follow.
MOVED: dict[type[Base], Callable[[Belongings], sa.ColumnElement[bool]]] = {
    Checkout: lambda one: Checkout.id == one.checkout,
    Cart: lambda one: Cart.id.in_(one.carts),
    StockHold: lambda one: StockHold.cart_id.in_(one.carts),
    Challenge: lambda one: Challenge.checkout_id == one.checkout,
    LimitSlot: lambda one: LimitSlot.used_by.in_(one.users),
    HostedSession: lambda one: (
        (HostedSession.checkout_id == one.checkout) | HostedSession.order_id.in_(one.orders)
    ),
    CreditAttempt: lambda one: CreditAttempt.checkout_id == one.checkout,
    YamatoCall: lambda one: YamatoCall.order_number.in_(one.credits),
    CreditRecord: lambda one: CreditRecord.order_number.in_(one.credits),
    SandboxText: lambda one: SandboxText.id.in_(one.texts),
    Order: lambda one: Order.id.in_(one.orders),
    SearchIndexEntry: lambda one: SearchIndexEntry.order_id.in_(one.orders),
    OrderCheck: lambda one: OrderCheck.order_id.in_(one.orders),
    OrderEvent: lambda one: OrderEvent.order_id.in_(one.orders),
    Shipment: lambda one: Shipment.order_id.in_(one.orders),
    PaymentRequest: lambda one: PaymentRequest.order_id.in_(one.orders),
    LedgerEntry: lambda one: LedgerEntry.order_id.in_(one.orders),
    OutboxRow: _jobs,
}
KEPT: dict[type[Base], str] = {
    Deposit: "the day that the bank names",
    GivenBack: "the day that the bank names",
    SandboxMail: "nothing waits for a mail",
    SandboxGuest: "a browser's, for an hour",
    SandboxRequest: "a journal",
    SavedDetails: "a browser's, for its next checkout",
    CheckoutCount: "counts of a day",
    TextCount: "counts of a day",
    Heartbeat: "the worker's",
    BulkJob: "the owner's",
    BulkResult: "the owner's",
    ProductImport: "the owner's",
    YamatoConnection: "the owner's",
    Shop: "the owner's",
    people.Person: "the owner's",
    people.Passkey: "the owner's",
    people.RecoveryCode: "the owner's",
    people.AdminSession: "the owner's",
    people.HeldRequest: "the owner's",
    people.PasskeyChallenge: "the owner's",
    people.AuditEntry: "the owner's",
}
IN_JSON = {(CreditRecord, "dates")}  # by name, as ISO texts


def moments(table: type[Base]) -> list[str]:
    """The attributes of a table that hold a moment or a day."""
    columns = sa.inspect(table).column_attrs
    return [one.key for one in columns if _is_moment(one.columns[0].type, (table, one.key))]


def _is_moment(kind: Any, column: tuple[type[Base], str]) -> bool:
    return isinstance(kind, UtcDateTime | sa.DateTime | sa.Date) or column in IN_JSON


def of(checkout_id: str) -> int:
    """Seconds that a checkout is ahead of the shop's clock."""
    mine = sa.select(SandboxHeadStart.seconds).where(SandboxHeadStart.checkout_id == checkout_id)
    return db.session.scalar(mine) or 0


def now_of(checkout_id: str) -> datetime:
    """What time it is for a checkout."""
    return clock.now() + timedelta(seconds=of(checkout_id))


def move_to(checkout_id: str, moment: datetime) -> None:
    """Let it be a moment for a checkout and its order; raises time.OutOfReach."""

    def seconds_to_go(now: datetime) -> int:
        time.refuse_moments_out_of_reach(now, moment)
        return max(0, math.ceil((moment - now).total_seconds()))

    _move_on(checkout_id, seconds_to_go)


def advance(checkout_id: str, seconds: int) -> None:
    """Let a checkout and its order grow older by at most a year; raises time.OutOfReach."""

    def seconds_to_go(now: datetime) -> int:
        time.refuse_steps_out_of_reach(now, seconds)
        return seconds

    _move_on(checkout_id, seconds_to_go)


def _move_on(checkout_id: str, seconds_to_go: Callable[[datetime], int]) -> None:
    """A day, such as the last one to pay, moves when midnight in Japan is passed on the way."""
    with transaction(of=f"time of {checkout_id}"):
        now = now_of(checkout_id)
        seconds = seconds_to_go(now)
        by = timedelta(seconds=seconds)
        days, one = _japan_day(now + by) - _japan_day(now), _belongings(checkout_id)
        for table, which in MOVED.items():
            _move(table, which(one), by, days)
        _note(checkout_id, seconds)


def _japan_day(moment: datetime) -> date:
    return moment.astimezone(clock.JAPAN).date()


def _move(table: type[Base], which: sa.ColumnElement[bool], by: timedelta, days: timedelta) -> None:
    mine = sa.select(table).where(which).with_for_update(of=table)
    for row in db.session.scalars(mine):
        for name in moments(table):
            setattr(row, name, _earlier(getattr(row, name), by, days))
    db.session.flush()


def _earlier(value: Any, by: timedelta, days: timedelta) -> Any:
    if isinstance(value, datetime):
        return value - by
    if isinstance(value, date):
        return value - days
    if isinstance(value, dict):
        return {key: (datetime.fromisoformat(at) - by).isoformat() for key, at in value.items()}
    return value


def _note(checkout_id: str, seconds: int) -> None:
    more = upsert(SandboxHeadStart).values(checkout_id=checkout_id, seconds=seconds)
    sum_ = SandboxHeadStart.seconds + more.excluded.seconds
    keys = [SandboxHeadStart.checkout_id]
    db.session.execute(more.on_conflict_do_update(index_elements=keys, set_={"seconds": sum_}))


def _belongings(checkout_id: str) -> Belongings:
    orders = db.session.scalars(sa.select(Order).where(Order.checkout_id == checkout_id)).all()
    attempt = CreditAttempt.checkout_id == checkout_id
    return Belongings(
        checkout_id,
        carts=_ids(Checkout.cart_id, Checkout.id == checkout_id),
        challenges=_ids(Challenge.id, Challenge.checkout_id == checkout_id),
        orders=frozenset(order.id for order in orders),
        attempts=_ids(CreditAttempt.id, attempt),
        credits=_ids(CreditAttempt.order_number, attempt),
        texts=_texts(checkout_id, orders),
    )


def _ids(column: Any, which: sa.ColumnElement[bool]) -> Ids:
    return frozenset(db.session.scalars(sa.select(column).where(which)))


def _texts(checkout_id: str, orders: Sequence[Order]) -> Ids:
    typed = db.session.scalar(sa.select(Checkout.answered).where(Checkout.id == checkout_id))
    details = [typed or {}, *(order.customer for order in orders)]
    numbers = set[str]().union(*map(subjects.numbers_in, details))
    texts = [text for number in numbers for text in phone.all_to(number)]
    return frozenset(
        text_id for text_id, owner in origins.of_texts(texts).items() if owner == checkout_id
    )
