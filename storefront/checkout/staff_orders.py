"""Orders that somebody of the shop enters for a shopper who called or wrote.

Only methods that ask nothing of the shopper on the spot: no code to a phone, no credit to consent
to, no hosted page to pay on.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.catalogue.models import Variant
from storefront.checkout import journey as journeys
from storefront.checkout import placing, store
from storefront.checkout.journey import Journey
from storefront.checkout.legal.snapshot import snapshot
from storefront.checkout.models import Checkout
from storefront.core.extensions import db
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.shop import profile

Goods = Sequence[tuple[Variant, int]]


def is_possible(method: PaymentMethod) -> bool:
    """Whether staff may enter orders by this method."""
    return methods.needs_no_hold(method)


def possible(offered: Sequence[PaymentMethod]) -> list[PaymentMethod]:
    """The methods of these that staff may enter orders by."""
    return [one for one in offered if is_possible(one)]


def goods_of(pieces: Mapping[str, int]) -> tuple[list[tuple[Variant, int]], list[str]]:
    """Variants and pieces by SKU, and the SKUs that are not for sale."""
    query = sa.select(Variant).where(Variant.sku.in_(pieces))
    found = {one.sku: one for one in db.session.scalars(query) if one.is_for_sale}
    known = [(found[sku], count) for sku, count in pieces.items() if sku in found]
    return known, [sku for sku in pieces if sku not in found]


def drafted(goods: Goods, answers: OrderDetails) -> Journey:
    """The order as it would be, with its costs and what does not fit; nothing is stored."""
    shop, offered = profile.terms()
    lines = [
        CartLine(variant_id=one.id, variant=one, quantity=count, seen_price=one.price)
        for one, count in goods
    ]
    for line in lines:
        sa.orm.make_transient(line)
    draft = Checkout(id="staff", cart_id="staff")
    return Journey(draft, lines, shop, possible(offered), [], answers)


def enter(goods: Goods, answers: OrderDetails) -> Order:
    """Place the order by the same rules as a shopper's own; raises TooMany, SoldOut or Changed."""
    cart_id = None
    for variant, count in goods:
        cart_id = carts.put_in(cart_id, variant, count)
    if cart_id is None:
        raise placing.Changed
    checkout = store.begin(cart_id)
    store.keep_answers(checkout, answers)
    journey = journeys.load(checkout, cart_id)
    if journey.method is None or not is_possible(journey.method):
        raise placing.Changed
    return placing.place(journey, journey.key, snapshot(journey))
