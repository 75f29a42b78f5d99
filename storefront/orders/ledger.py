"""Double entry: what an order's money is made of; every order's entries sum to zero."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from storefront.extensions import db
from storefront.money import TaxPart
from storefront.orders.models import LedgerEntry, Order


def record_sale(order: Order, taxes: Iterable[TaxPart], at: datetime) -> None:
    """Owed by the shopper, against sales and tax of each rate, inside the caller's transaction."""
    entries = [("receivable", order.total)]
    for part in taxes:
        entries.append((f"sales_{part.rate.percent}", -part.net))
        entries.append((f"tax_{part.rate.percent}", -part.tax))
    rows = [
        {"order_id": order.id, "at": at, "account": account, "yen": yen} for account, yen in entries
    ]
    db.session.execute(sa.insert(LedgerEntry), rows)
