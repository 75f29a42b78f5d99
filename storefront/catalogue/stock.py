"""Stock: pieces are held when the shopper leaves the confirmation, sold when the order is placed,
given back at most once."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from storefront.catalogue.models import StockHold, Variant
from storefront.core import clock
from storefront.core.extensions import db

HELD = timedelta(minutes=15)
LONGEST = timedelta(minutes=30)

Pieces = Mapping[int, int]  # variant id to quantity
Holds = Iterable[sa.Row[Any]]
Follower = Callable[[Pieces, Pieces], None]  # of what was taken, and what is left of each
FOLLOWERS = "stock_followers"  # among the app's extensions; each is called inside the transaction


class SoldOut(Exception):
    """There are fewer pieces than asked for: show the shopper how many are left."""


def take(pieces: Pieces) -> None:
    """Take pieces inside the caller's transaction; raises SoldOut, which must roll it back."""
    enough = [
        (Variant.id == variant_id) & (Variant.available >= quantity)
        for variant_id, quantity in pieces.items()
    ]
    less = _in_one_order(pieces).where(sa.or_(*enough))
    less = less.values(available=Variant.available - _quantity(pieces))
    left = dict(db.session.execute(less.returning(Variant.id, Variant.available)).all())
    if len(left) < len(pieces):
        raise SoldOut
    for follow in current_app.extensions.get(FOLLOWERS, []):
        follow(pieces, left)


def hold(cart_id: str, pieces: Pieces) -> bool:
    """Keep pieces for a cart for 15 minutes, anew at each call, 30 minutes at most in all.

    True where none of its holds was running.
    """
    now = clock.now()
    ended = _end(_held_by(cart_id) | _expired(), "returned")
    _put_back(ended)
    running = [one.held_at for one in ended if one.cart_id == cart_id and one.expires_at > now]
    since = min(running, default=now)
    take(pieces)
    kept = {"cart_id": cart_id, "held_at": since, "expires_at": min(now + HELD, since + LONGEST)}
    rows = [{"variant_id": one, "quantity": pieces[one], **kept} for one in sorted(pieces)]
    db.session.execute(sa.insert(StockHold), rows)
    return not running


def is_holding(cart_id: str) -> bool:
    """Whether a cart's hold is running."""
    running = _held_by(cart_id) & (StockHold.expires_at > clock.now())
    return db.session.scalar(sa.select(StockHold.id).where(running).limit(1)) is not None


def spend(cart_id: str, pieces: Pieces) -> bool:
    """Turn a cart's held pieces into sold ones, or take them now; True where some were held."""
    is_mine = StockHold.cart_id == cart_id
    ended = _end(_held_by(cart_id) | _expired(), sa.case((is_mine, "spent"), else_="returned"))
    mine = [one for one in ended if one.cart_id == cart_id]
    if {one.variant_id: one.quantity for one in mine} == dict(pieces):
        _put_back(one for one in ended if one.cart_id != cart_id)
        return True
    if mine:
        _end(StockHold.id.in_([one.id for one in mine]), "returned")
    _put_back(ended)
    take(pieces)
    return bool(mine)


def put_back(pieces: Pieces) -> None:
    """Give sold pieces back to the stock, inside the caller's transaction."""
    if pieces:
        more = _in_one_order(pieces)
        db.session.execute(more.values(available=Variant.available + _quantity(pieces)))


def release(cart_id: str) -> None:
    """Give back what this cart holds, inside the caller's transaction."""
    _put_back(_end(_held_by(cart_id), "returned"))


def move_holds(cart_id: str, other_id: str) -> None:
    """Let another cart have this cart's holds, until the same moments."""
    held = sa.update(StockHold).where(_held_by(cart_id)).values(cart_id=other_id)
    db.session.execute(held.execution_options(synchronize_session=False))


def release_expired() -> None:
    """Give back what is held for longer than its time, inside the caller's transaction."""
    _put_back(_end(_expired(), "returned"))


def held_for(cart_id: str | None) -> dict[int, int]:
    """Pieces that this cart holds, by the variant's id: they count as available to it alone."""
    if cart_id is None:
        return {}
    query = sa.select(StockHold.variant_id, StockHold.quantity).where(_held_by(cart_id))
    return dict(db.session.execute(query).all())


def _held_by(cart_id: str) -> sa.ColumnElement[bool]:
    return (StockHold.cart_id == cart_id) & (StockHold.state == "held")


def _expired() -> sa.ColumnElement[bool]:
    return (StockHold.state == "held") & (StockHold.expires_at <= clock.now())


def _end(which: sa.ColumnElement[bool], state: Any) -> list[sa.Row[Any]]:
    """The state moves before anything returns, so that each piece returns once."""
    end = sa.update(StockHold).where(which).values(state=state)
    return list(db.session.execute(end.returning(*StockHold.__table__.columns)))


def _put_back(holds: Holds) -> None:
    """The one place where held pieces return to what is available."""
    pieces = Counter[int]()
    for one in holds:
        pieces[one.variant_id] += one.quantity
    put_back(pieces)


def _in_one_order(pieces: Pieces) -> sa.Update:
    """Rows are locked in one order everywhere, so that two carts never wait for each other."""
    locked = sa.select(Variant.id).where(Variant.id.in_(sorted(pieces))).order_by(Variant.id)
    some = sa.update(Variant).where(Variant.id.in_(locked.with_for_update()))
    return some.execution_options(synchronize_session=False)


def _quantity(pieces: Pieces) -> sa.ColumnElement[int]:
    return sa.case(dict(pieces), value=Variant.id)
