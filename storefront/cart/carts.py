"""The cart: what is in it, and telling the shopper what changed since."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.cart.models import Cart, CartLine
from storefront.catalogue import stock
from storefront.catalogue.models import Product, Variant
from storefront.core import clock
from storefront.core.extensions import db, transaction

MOST = 99


class TooMany(Exception):
    """More than can be bought: offer what is left."""

    def __init__(self, available: int) -> None:
        super().__init__()
        self.available = available


@dataclass(frozen=True)
class Change:
    """What the shop had to change in a cart; old and new are yen or pieces."""

    what: Literal["price", "stock", "gone"]
    line_id: int
    product: Product
    old: int
    new: int


def name_of(cart_id: str | None) -> str:
    """By which transactions of one cart wait for each other."""
    return f"cart {cart_id}" if cart_id else ""


def lines(cart_id: str | None) -> Sequence[CartLine]:
    """The cart's lines with variant, product and pictures, in the order they were put in."""
    if cart_id is None:
        return []
    query = sa.select(CartLine).where(CartLine.cart_id == cart_id).order_by(CartLine.id)
    product = joinedload(CartLine.variant, innerjoin=True).joinedload(
        Variant.product, innerjoin=True
    )
    query = query.options(product.joinedload(Product.pictures))
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return found.unique().all()


def count(cart_id: str | None) -> int:
    if cart_id is None:
        return 0
    pieces = sa.select(sa.func.sum(CartLine.quantity)).where(CartLine.cart_id == cart_id)
    return db.session.scalar(pieces) or 0


def goods(cart: Sequence[CartLine]) -> int:
    return sum(line.variant.price * line.quantity for line in cart)


def put_in(cart_id: str | None, variant: Variant, quantity: int) -> str:
    """Add pieces, making the cart where there is none; returns its id. Raises TooMany."""
    variant_id = variant.id
    with transaction(of=name_of(cart_id)):
        cart = _open(cart_id)
        line = _line(cart.id, variant_id)
        wanted = quantity + (line.quantity if line else 0)
        _set(cart.id, line, _for_sale(variant_id), wanted)
        return cart.id


def set_quantity(cart_id: str, sku: str, quantity: int) -> bool:
    """Make a line hold so many pieces; 0 takes it out. Raises TooMany; False for an unknown sku."""
    with transaction(of=name_of(cart_id)):
        variant = db.session.scalar(_kept(sa.select(Variant).where(Variant.sku == sku)))
        if variant is None or db.session.get(Cart, cart_id) is None:
            return False
        line = _line(cart_id, variant.id)
        if quantity > 0 and variant.withdrawn:
            raise TooMany(0)
        if quantity > 0:
            _set(cart_id, line, variant, quantity)
        elif line:
            db.session.delete(line)
    return True


def move(cart_id: str) -> str:
    """The id of a new cart with all lines, and with what is held for them, inside the caller's
    transaction. Whoever still has the id from before has an empty cart."""
    cart = _open(None)
    lines = sa.update(CartLine).where(CartLine.cart_id == cart_id).values(cart_id=cart.id)
    db.session.execute(lines.execution_options(synchronize_session=False))
    stock.move_holds(cart_id, cart.id)
    return cart.id


def take_out_of_all(variant_ids: Collection[int]) -> None:
    """Nobody has them in a cart any more; inside the caller's transaction."""
    gone = sa.delete(CartLine).where(CartLine.variant_id.in_(variant_ids))
    db.session.execute(gone.execution_options(synchronize_session=False))


def _open(cart_id: str | None) -> Cart:
    cart = db.session.get(Cart, cart_id) if cart_id else None
    if cart is None:
        cart = Cart(id=secrets.token_hex(16))
        db.session.add(cart)
    cart.touched_at = clock.now()
    db.session.flush()
    return cart


def _line(cart_id: str, variant_id: int) -> CartLine | None:
    mine = (CartLine.cart_id == cart_id) & (CartLine.variant_id == variant_id)
    return db.session.scalar(sa.select(CartLine).where(mine))


def _for_sale(variant_id: int) -> Variant:
    query = sa.select(Variant).join(Product).where(Variant.id == variant_id)
    is_for_sale = Product.published.is_(True) & Variant.withdrawn.is_(False)
    variant = db.session.scalar(_kept(query.where(is_for_sale)))
    if variant is None:
        raise TooMany(0)
    return variant


def _kept(variant: sa.Select[Variant]) -> sa.Select[Variant]:
    """It is not deleted before the transaction ends; one that is being deleted is not found."""
    return variant.with_for_update(read=True, key_share=True, of=Variant)


def _set(cart_id: str, line: CartLine | None, variant: Variant, quantity: int) -> None:
    most = min(MOST, variant.available + stock.held_for(cart_id).get(variant.id, 0))
    if quantity > most:
        raise TooMany(most)
    if line is None:
        line = CartLine(cart_id=cart_id, variant_id=variant.id, seen_price=variant.price)
        db.session.add(line)
    line.quantity = quantity  # a price that changed since is still to be told


def look_over(cart_id: str | None, cart: Sequence[CartLine] | None = None) -> list[Change]:
    """Bring a cart up to date with the catalogue, and say what that changed."""
    cart = lines(cart_id) if cart is None else cart
    is_scarce = any(line.quantity > line.variant.available for line in cart)
    changes = _changes(cart, stock.held_for(cart_id) if is_scarce else {})
    if not changes:
        return []
    with transaction(of=name_of(cart_id)):
        for change in changes:
            _apply(change)
    return changes


def _changes(cart: Sequence[CartLine], held: dict[int, int]) -> list[Change]:
    changes = []
    for line in cart:
        variant, product = line.variant, line.variant.product
        available = variant.available + held.get(variant.id, 0)
        is_left = variant.is_for_sale and available > 0
        if not variant.is_for_sale:
            changes.append(Change("gone", line.id, product, line.quantity, 0))
        elif line.quantity > available:
            changes.append(Change("stock", line.id, product, line.quantity, available))
        if is_left and line.seen_price != variant.price:
            changes.append(Change("price", line.id, product, line.seen_price, variant.price))
    return changes


def _apply(change: Change) -> None:
    line = db.session.get(CartLine, change.line_id, populate_existing=True)
    if line is None:
        return
    if change.what == "price":
        line.seen_price = change.new
    elif change.new == 0:
        db.session.delete(line)
    else:
        line.quantity = change.new
