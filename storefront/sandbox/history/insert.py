"""Made-up orders as rows of the tables, as the shop's own rules would have left them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from storefront.core.extensions import Base, db
from storefront.orders.models import (
    LedgerEntry,
    Order,
    OrderEvent,
    OrderLine,
    PaymentRequest,
    SearchIndexEntry,
    Shipment,
)
from storefront.orders.queries import search_index
from storefront.payments.collectors import Collector
from storefront.payments.models import HostedSession
from storefront.payments.status import PaymentState
from storefront.providers.yamato.protocol.identifiers import attempt_number
from storefront.sandbox.history import hosted_sessions
from storefront.sandbox.history.orders import Made, options
from storefront.sandbox.models import SandboxVisit

AT_ONCE = 500  # rows with their ids in one statement
SETTLED = {PaymentState.PAID, PaymentState.CANCELLED, PaymentState.REFUNDED}
KURONEKO, HOSTED = ("kuroneko_smartphone", "kuroneko_payslip"), ("card", "cvs")
MEANS = (("cvs", "bank", "card", "kuroneko_pay", "au"), (55, 15, 18, 6, 6))
CHAINS = ("seven", "lawson", "familymart")
EVENTS = {"called off": "cancelled"}  # as the shop calls it

Row = dict[str, Any]


def write(made: Sequence[Made]) -> None:
    """Insert the rows of these orders, many at a time."""
    ids = _ids([_order(one) for one in made])
    both = list(zip(ids, made, strict=True))
    _add(SearchIndexEntry, (row for id_, one in both for row in _marks(id_, one)))
    _add(OrderLine, (row for id_, one in both for row in _lines(id_, one)))
    _add(OrderEvent, (row for id_, one in both for row in _events(id_, one)))
    _add(LedgerEntry, (row for id_, one in both for row in _ledger(id_, one)))
    _add(Shipment, (row for id_, one in both for row in _shipment(id_, one)))
    _add(PaymentRequest, (row for id_, one in both for row in _request(id_, one)))
    by_page = [(id_, one) for id_, one in both if one.method.code in HOSTED]
    _add(HostedSession, (hosted_sessions.here(id_, one) for id_, one in by_page))
    _add(SandboxVisit, (hosted_sessions.there(one) for _, one in by_page))


def _ids(rows: list[Row]) -> list[int]:
    insert = sa.insert(Order).returning(Order.id, sort_by_parameter_order=True)
    found: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        found += db.session.scalars(insert, rows[start : start + AT_ONCE])
    return found


def _add(table: type[Base], rows: Iterable[Row]) -> None:
    if some := list(rows):
        db.session.execute(sa.insert(table), some)


def _order(one: Made) -> Row:
    is_known_there = one.method.code in KURONEKO and one.life.payment in SETTLED
    return {
        "number": one.number,
        "token": one.token,
        "key": one.key,
        "checkout_id": one.checkout_id,
        "challenge_id": None,
        "locale": "ja",
        "placed_at": one.at,
        "status": one.life.status,
        "payment_status": one.life.payment,
        "payment_code": one.method.code,
        "payment_reference": attempt_number(one.number, 1) if is_known_there else None,
        "customer": one.answers.dump(),
        "texts": one.texts,
        "screens": {},
        "goods": one.goods,
        "shipping": one.shipping,
        "fee": one.method.fee,
        "total": one.total,
        "is_marked": True,
        "asked_at": one.life.events[-1][0] if is_known_there else None,
    }


def _marks(order_id: int, one: Made) -> Iterable[Row]:
    """At once, so that a new demo shop can be searched without waiting for the worker."""
    for digest in search_index.digests_of(one.answers):
        yield {"digest": digest, "placed_at": one.at, "order_id": order_id}


def _lines(order_id: int, one: Made) -> Iterable[Row]:
    for variant, pieces in one.lines:
        yield {
            "order_id": order_id,
            "variant_id": variant.id,
            "sku": variant.sku,
            "name": variant.product.name,
            "option": options(variant),
            "price": variant.price,
            "quantity": pieces,
            "tax": variant.product.tax,
        }


def _events(order_id: int, one: Made) -> Iterable[Row]:
    for at, event in one.life.events:
        yield {"order_id": order_id, "at": at, "event": EVENTS.get(event, event)}


def _ledger(order_id: int, one: Made) -> Iterable[Row]:
    """The sale, the payment, and both the other way round where the order came to nothing."""
    entries = [(one.at, "receivable", one.total)]
    for part in one.taxes:
        entries.append((one.at, f"sales_{part.rate.percent}", -part.net))
        entries.append((one.at, f"tax_{part.rate.percent}", -part.tax))
    if paid := one.life.moment("paid"):
        entries += [(paid, "cash", one.total), (paid, "receivable", -one.total)]
    if undone := one.life.moment("called off") or one.life.moment("returned"):
        entries += [(undone, *rest) for rest in _reversed(entries)]
    for at, account, yen in entries:
        yield {"order_id": order_id, "at": at, "account": account, "yen": yen}


def _reversed(entries: Iterable[tuple[datetime, str, int]]) -> list[tuple[str, int]]:
    sums: dict[str, int] = {}
    for _, account, yen in entries:
        sums[account] = sums.get(account, 0) - yen
    return [(account, yen) for account, yen in sums.items() if yen]


def _shipment(order_id: int, one: Made) -> Iterable[Row]:
    shipped = one.life.moment("shipped")
    if shipped is None:
        return
    serial = 40_000_000_000 + int(one.key[:8], 16) % 10**9  # Yamato's last digit checks the rest
    yield {
        "order_id": order_id,
        "carrier": "yamato",
        "slip": f"{serial}{serial % 7}",
        "shipped_at": shipped,
        "delivered_at": one.life.moment("delivered"),
    }


def _request(order_id: int, one: Made) -> Iterable[Row]:
    issued, due_on = one.life.moment("requested"), one.life.due_on
    if issued is None or one.method.collector != Collector.SHOP:
        return
    paid, chance = one.life.moment("paid"), Random(one.key)  # noqa: S311
    means = chance.choices(*MEANS)[0] if paid else None
    number = f"{chance.randrange(10**11):011d}" if means == "cvs" else None
    yield {
        "order_id": order_id,
        "token": one.token[:22],
        "issued_at": issued,
        "due_on": due_on,
        "means": means,
        "store": chance.choice(CHAINS) if means == "cvs" else None,
        "number": number,
        "chosen_at": paid - timedelta(minutes=2) if paid else None,
    }
