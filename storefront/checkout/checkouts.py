"""A checkout's row: beginning it, finding it again, keeping what was typed and answered."""

import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront import clock
from storefront.checkout.models import Checkout
from storefront.extensions import db, transaction
from storefront.orders.answers import Answers

IDLE = timedelta(minutes=60)
TOUCHED_EVERY = timedelta(seconds=30)
A_WHILE = timedelta(minutes=5)
KEPT = timedelta(hours=24)


def begin(cart_id: str) -> Checkout:
    with transaction():
        checkout = Checkout(id=secrets.token_hex(16), cart_id=cart_id, touched_at=clock.now())
        db.session.add(checkout)
    return checkout


def find(checkout_id: str) -> Checkout | None:
    """With its codes, in one statement."""
    mine = sa.select(Checkout).where(Checkout.id == checkout_id)
    found = db.session.scalars(mine.options(joinedload(Checkout.challenges)))
    return found.unique().one_or_none()


def is_idle(checkout: Checkout) -> bool:
    return checkout.touched_at < clock.now() - IDLE


def was_left(checkout: Checkout) -> bool:
    """Whether the shopper comes back to it after some minutes elsewhere."""
    return checkout.touched_at < clock.now() - A_WHILE


def touch(checkout: Checkout) -> None:
    """Keep it alive while the shopper is there; that is written twice a minute."""
    if checkout.touched_at < clock.now() - TOUCHED_EVERY:
        with transaction():
            checkout.touched_at = clock.now()


def keep_typed(checkout: Checkout, typed: dict[str, Any]) -> None:
    with transaction():
        checkout.typed = typed
        checkout.touched_at = clock.now()


def keep_answers(checkout: Checkout, answers: Answers) -> None:
    with transaction():
        checkout.typed = checkout.answered = answers.dump()
        checkout.touched_at = clock.now()


def forget(checkout: Checkout) -> None:
    with transaction():
        checkout.typed = checkout.answered = None


def purge() -> None:
    """Forget checkouts left a day ago, and the personal data in them."""
    old = Checkout.touched_at < clock.now() - KEPT
    db.session.execute(sa.delete(Checkout).where(old))
