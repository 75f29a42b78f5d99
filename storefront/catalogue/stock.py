"""Stock: held when the shopper passes the confirmation, spent at placing, given back once."""

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.models import StockHold, Variant
from storefront.extensions import db

HELD = timedelta(minutes=15)
LONGEST = timedelta(minutes=30)

Pieces = Mapping[int, int]  # variant id to quantity


class SoldOut(Exception):
    """There are not that many pieces; show the shopper what is left."""


def take(pieces: Pieces) -> None:
    """Take pieces inside the caller's transaction; raises SoldOut, which must roll it back.

    Variants are taken in one order everywhere, so that two carts never wait for each other.
    """
    for variant_id, quantity in sorted(pieces.items()):
        enough = (Variant.id == variant_id) & (Variant.available >= quantity)
        taken = sa.update(Variant).where(enough).values(available=Variant.available - quantity)
        if db.session.scalar(taken.returning(Variant.id)) is None:
            raise SoldOut


def hold(cart_id: str, pieces: Pieces) -> None:
    """Keep pieces for a cart for 15 minutes, anew at each call, 30 minutes at most in all."""
    now = clock.now()
    mine = _held_by(cart_id)
    since = db.session.scalar(sa.select(sa.func.min(StockHold.held_at)).where(mine)) or now
    release(cart_id)
    take(pieces)
    until = min(now + HELD, max(since + LONGEST, now))
    for variant_id, quantity in sorted(pieces.items()):
        db.session.add(
            StockHold(
                cart_id=cart_id,
                variant_id=variant_id,
                quantity=quantity,
                state="held",
                held_at=since,
                expires_at=until,
            )
        )


def spend(cart_id: str, pieces: Pieces) -> None:
    """Turn a cart's held pieces into sold ones, or take them now where nothing is held."""
    if held_for(cart_id) != dict(pieces):
        release(cart_id)
        take(pieces)
        return
    db.session.execute(sa.update(StockHold).where(_held_by(cart_id)).values(state="spent"))


def release(cart_id: str) -> None:
    _give_back(_held_by(cart_id))


def release_expired() -> None:
    _give_back((StockHold.state == "held") & (StockHold.expires_at <= clock.now()))


def held_for(cart_id: str | None) -> dict[int, int]:
    """What a cart holds: pieces that are not available to others, but are to it."""
    if cart_id is None:
        return {}
    query = sa.select(StockHold.variant_id, StockHold.quantity).where(_held_by(cart_id))
    return dict(db.session.execute(query).all())


def _held_by(cart_id: str) -> sa.ColumnElement[bool]:
    return (StockHold.cart_id == cart_id) & (StockHold.state == "held")


def _give_back(which: sa.ColumnElement[bool]) -> None:
    """The one place where held pieces return: the state moves first, so each returns once."""
    back = sa.update(StockHold).where(which).values(state="returned")
    back = back.returning(StockHold.variant_id, StockHold.quantity)
    for variant_id, quantity in sorted(db.session.execute(back).all()):
        more = sa.update(Variant).where(Variant.id == variant_id)
        db.session.execute(more.values(available=Variant.available + quantity))
