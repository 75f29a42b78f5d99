"""次回の入力を省く: what a browser's shopper need not type again, sealed under a random id."""

import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from storefront.checkout.models import SavedDetails
from storefront.core import clock
from storefront.core.extensions import db, transaction, upsert
from storefront.orders.details import OrderDetails

KEPT = timedelta(days=90)  # since they were used last
ONCE = {"delivery_date", "delivery_time", "note", "gift_sender"}  # wishes for one order only


def keep(saved_id: str | None, answers: OrderDetails) -> str:
    """Save the answers in the place of those of this id, or of a new one; returns the id."""
    row = {
        "id": saved_id or secrets.token_hex(16),
        "details": {name: value for name, value in answers.dump().items() if _lasts(name, answers)},
        "used_at": clock.now(),
    }
    saved = upsert(SavedDetails).values(row)
    with transaction():
        db.session.execute(saved.on_conflict_do_update(index_elements=["id"], set_=row))
    return str(row["id"])


def _lasts(name: str, answers: OrderDetails) -> bool:
    """Whether it is meant for the next order, too: who gets a present is not."""
    is_of_present = bool(answers.gift_sender) and name.startswith("ship_")
    return name not in ONCE and not is_of_present


def use(saved_id: str) -> dict[str, Any] | None:
    """The details of this id as form values, whose 90 days begin anew; None for an id that is
    unknown or over."""
    mine = (SavedDetails.id == saved_id) & (SavedDetails.used_at > clock.now() - KEPT)
    used = sa.update(SavedDetails).where(mine).values(used_at=clock.now())
    with transaction():
        return db.session.scalar(used.returning(SavedDetails.details))


def forget(saved_id: str) -> None:
    """Delete the details of this id."""
    with transaction():
        db.session.execute(sa.delete(SavedDetails).where(SavedDetails.id == saved_id))


def purge() -> None:
    """Delete details that nobody has used for 90 days, inside the caller's transaction."""
    old = SavedDetails.used_at <= clock.now() - KEPT
    db.session.execute(sa.delete(SavedDetails).where(old))
