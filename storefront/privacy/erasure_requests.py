"""A person asks the shop to erase what it knows of them."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.privacy import erasure, freed_pages, person, unordered_data
from storefront.privacy.closed_orders import why_open
from storefront.privacy.person import Person

ERASING = "erasing"  # of two at once one comes after the other


@dataclass(frozen=True)
class Found:
    """Orders by their numbers; those that are left each with why: a word of privacy.closed."""

    orders: list[str]
    left: dict[str, str]
    is_at_the_checkout: bool = False

    @property
    def is_nothing(self) -> bool:
        return not self.orders and not self.left and not self.is_at_the_checkout


def told(found: Found) -> dict[str, object]:
    """For the audit log: whose they were stands nowhere."""
    return {"orders": found.orders, "left": sorted(found.left)}


def look_up(one: Person) -> Found:
    """What would be erased now."""
    reasons = _reasons([order.id for order in person.orders_of(one)])
    left = {number: why for number, why in reasons.items() if why}
    gone = [number for number, why in reasons.items() if not why]
    return Found(gone, left, unordered_data.is_at_the_checkout(one))


def erase(one: Person, record: Callable[[Found], object] = told) -> Found:
    """Erase what may be erased, all of it or nothing, and say what is left.

    Orders that are not closed stay whole, and so does what belongs to them; their person may be
    erased later. An order that is placed at the same moment is one of those. record writes down
    that it was done, in the same transaction.
    """
    with transaction(of=ERASING):
        ids = [order.id for order in person.orders_of(one)]
        gone = [order.number for order in erasure.erase(ids, why_open() == "")]
        left = {number: why for number, why in _reasons(ids).items() if number not in gone}
        found = Found(gone, left, unordered_data.is_at_the_checkout(one))
        unordered_data.erase(one)
        if not left and not found.is_at_the_checkout:
            unordered_data.erase_counts(one)
        record(found)
    freed_pages.overwrite()
    return found


def _reasons(ids: list[int]) -> dict[str, str]:
    query = sa.select(Order.number, why_open()).where(Order.id.in_(ids))
    return dict(db.session.execute(query.order_by(Order.placed_at.desc())).all())
