"""Whether the shop may sell: everything the law wants said is there, and something is for sale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from storefront.catalogue.models import Product
from storefront.checkout.legal import demo_leftovers
from storefront.checkout.legal.demo_leftovers import Leftover
from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from storefront.shop import profile
from storefront.shop.models import Shop


@dataclass(frozen=True)
class Facts:
    """What the items are looked for in: the shop's row, its public payment methods, and whether any
    product is public."""

    shop: Shop
    methods: Sequence[PaymentMethod]
    has_goods: bool


@dataclass(frozen=True)
class Item:
    """One thing that has to be said; law is its number on the final screen (特商法12条の6)."""

    key: str
    is_filled: bool
    law: int | None = None


class Incomplete(Exception):
    """The shop cannot open yet: ask the owner to fill in the items that it names."""

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__(", ".join(item.key for item in items))
        self.items = items


PROFILE = ("seller", "manager", "address", "phone", "email", "hours")
NEEDED = (*PROFILE, "cancel_terms")  # of the profile: an open shop never does without them
FOUND: dict[str, tuple[Callable[[Facts], bool], int | None]] = {
    "goods": (lambda facts: facts.has_goods, 1),
    "price": (lambda facts: facts.has_goods, 2),
    "shipping": (lambda facts: bool(facts.shop.offered), 2),
    "payment": (lambda facts: bool(facts.methods), 3),
    "payment_time": (
        lambda facts: bool(facts.methods) and all(one.payment_time for one in facts.methods),
        3,
    ),
    "delivery_time": (lambda facts: bool(facts.shop.offered), 4),
    "period": (lambda _facts: True, 5),  # the last two too: every shop's legal page says them
    "cancel_terms": (lambda facts: bool(facts.shop.cancel_terms), 6),
    "limits": (lambda _facts: True, None),
    "environment": (lambda _facts: True, None),
}


def items() -> list[Item]:
    """All items that a shop needs before it opens, each with whether it is there; what is left of
    the demo shop counts as missing."""
    shop, methods = profile.terms()
    published = sa.select(Product.id).where(Product.published).limit(1)
    facts = Facts(shop, methods, db.session.scalar(published) is not None)
    found = [Item(name, bool(getattr(shop, name))) for name in PROFILE]
    found += [Item(key, is_there(facts), law) for key, (is_there, law) in FOUND.items()]
    return found + [Item(one.what, False) for one in _of_the_demo()]


def _of_the_demo() -> list[Leftover]:
    """One of each kind: the page of it names every place."""
    return list({one.what: one for one in demo_leftovers.found()}.values())


def open_shop() -> None:
    """Let shoppers order; raises Incomplete while an item is missing."""
    with transaction():
        if missing := [item for item in items() if not item.is_filled]:
            raise Incomplete(missing)
        shop = profile.shop()
        shop.is_open, shop.is_new = True, False


def close_shop() -> None:
    """Take no more orders; goods are still shown."""
    with transaction():
        profile.shop().is_open = False
