"""Pieces of the test shop: two articles never run out, and a tester sets those of any."""

from collections.abc import Mapping

import sqlalchemy as sa
from flask import Flask, abort

from storefront.catalogue import stock
from storefront.catalogue.models import Variant
from storefront.catalogue.stock import Pieces
from storefront.core.extensions import db, transaction, upsert
from storefront.sandbox import schemas
from storefront.sandbox.models import SandboxCounted

NEVER_OUT = ("yunomi", "uji-sencha")  # where LIMITS is relaxed; SKUs
FEW, FULL = 20, 100  # where fewer are left, there are so many again
MOST = 9_999
COUNTED = sa.select(SandboxCounted.sku)


def install(app: Flask) -> None:
    """Refill the articles of NEVER_OUT after each order, where LIMITS is relaxed."""
    if app.config["SETTINGS"].limits == "relaxed":
        app.extensions.setdefault(stock.FOLLOWERS, []).append(_fill_up)


def _fill_up(taken: Pieces, left: Pieces) -> None:
    """What orders have made few of; whoever sets fewer, as a tester or as the owner, has fewer."""
    few = [one for one, pieces in left.items() if pieces < FEW <= pieces + taken[one]]
    if few:
        db.session.execute(_filled(Variant.id.in_(few), FULL))


def _filled(which: sa.ColumnElement[bool], pieces: int) -> sa.Update:
    never_out = Variant.sku.in_(NEVER_OUT) & Variant.sku.not_in(COUNTED)
    fill = sa.update(Variant).where(which, never_out).values(available=pieces)
    return fill.execution_options(synchronize_session=False)


def ensure(pieces: Mapping[str, int]) -> None:
    """Let there be enough of what never runs out; pieces are by SKU."""
    with transaction():
        for sku, count in pieces.items():
            too_few = (Variant.sku == sku) & (Variant.available < count)
            db.session.execute(_filled(too_few, max(FULL, count)))


def set_pieces(body: Mapping[str, object]) -> dict[str, int]:
    """Pieces by SKU as they are from here on; null hands one back that never runs out.

    What shoppers hold at this moment comes on top when they let it go. Raises 4xx with a sentence,
    and then none is set.
    """
    wanted = {sku: _pieces(sku, value) for sku, value in body.items()}
    if not wanted:
        abort(400, 'Post pieces by SKU, such as {"yunomi": 3}')
    with transaction():
        return {sku: _set(sku, pieces) for sku, pieces in wanted.items()}


def _pieces(sku: str, value: object) -> int | None:
    if value is None and sku in NEVER_OUT:
        return None
    pieces = schemas.whole(value)
    if pieces is None or not 0 <= pieces <= MOST:
        never_out = " and ".join(NEVER_OUT)
        abort(400, f"{sku}: a whole number from 0 to {MOST:,}, or null for {never_out}")
    return pieces


def _set(sku: str, pieces: int | None) -> int:
    """Inside the caller's transaction."""
    set_ = sa.update(Variant).where(Variant.sku == sku)
    set_ = set_.values(available=FULL if pieces is None else pieces)
    found = db.session.scalar(set_.returning(Variant.available))
    if found is None:
        abort(404, f"{sku}: no article has this SKU")
    if pieces is None:
        db.session.execute(sa.delete(SandboxCounted).where(SandboxCounted.sku == sku))
    else:
        db.session.execute(upsert(SandboxCounted).values(sku=sku).on_conflict_do_nothing())
    return found
