"""Double entry: what an order's money is made of; every order's entries sum to zero."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.core.money import TaxPart
from storefront.orders.models import LedgerEntry, Order


def record_sale(order: Order, taxes: Iterable[TaxPart], at: datetime) -> None:
    """Book the total as owed, against sales and tax of each rate; the caller's transaction."""
    entries = [("receivable", order.total)]
    for part in taxes:
        entries.append((f"sales_{part.rate.percent}", -part.net))
        entries.append((f"tax_{part.rate.percent}", -part.tax))
    _enter(order, entries, at)


def record_payment(order: Order, at: datetime, received: int | None = None) -> None:
    """Book the debt as paid. received: yen that came, where the amount differs.

    What came more or less than was owed is booked under `differences`.
    """
    cash = order.owed if received is None else received
    entries = [("cash", cash), ("receivable", -order.owed)]
    if cash != order.owed:
        entries.append(("differences", order.owed - cash))
    _enter(order, entries, at)


def record_late_money(order: Order, yen: int, at: datetime) -> None:
    """Book yen that came after the order's end; all of them are owed back."""
    _enter(order, [("cash", yen), ("owed_back", -yen)], at)


def record_reduction(order: Order, yen: int, at: datetime) -> None:
    """Book that so many yen less are owed."""
    _enter(order, [("receivable", -yen), ("reductions", yen)], at)


def record_given_back(order: Order, yen: int, at: datetime) -> None:
    """So much of what is owed back was sent."""
    _enter(order, [("owed_back", yen), ("cash", -yen)], at)


def record_reversal(order: Order, at: datetime, *, is_by_hand: bool = False) -> None:
    """Everything entered so far, the other way round, so that each account is empty again, but
    for what is owed back: of what goes back by hand that is all that came."""
    mine = LedgerEntry.order_id == order.id
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen)).where(mine)
    accounts = dict(db.session.execute(sums.group_by(LedgerEntry.account)).all())
    came = accounts.pop("cash", 0) + accounts.pop("owed_back", 0)
    accounts["owed_back" if is_by_hand else "cash"] = came
    _enter(order, [(account, -yen) for account, yen in accounts.items() if yen], at)


def _enter(order: Order, entries: list[tuple[str, int]], at: datetime) -> None:
    rows = [
        {"order_id": order.id, "at": at, "account": account, "yen": yen} for account, yen in entries
    ]
    if rows:
        db.session.execute(sa.insert(LedgerEntry), rows)
