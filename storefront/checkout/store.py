"""The row of a checkout: beginning one, finding it again, keeping what was typed and answered."""

import re
import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from storefront.cart import carts
from storefront.checkout.models import Checkout
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.details import OrderDetails

IDLE = timedelta(minutes=60)
TOUCHED_EVERY = timedelta(seconds=30)
A_WHILE = timedelta(minutes=5)
KEPT = timedelta(hours=24)
CODE = re.compile(r"[\w-]{1,40}", re.ASCII)  # of a payment method


def begin(cart_id: str, typed: dict[str, Any] | None = None) -> Checkout:
    """A new checkout; typed fills its form in."""
    with transaction():
        checkout = Checkout(
            id=secrets.token_hex(16), cart_id=cart_id, touched_at=clock.now(), typed=typed
        )
        db.session.add(checkout)
    set_committed_value(checkout, "declined_cards", 0)  # nothing to be counted yet
    return checkout


def find(checkout_id: str) -> Checkout | None:
    """The checkout with its challenges, in one statement; None for an unknown id."""
    mine = sa.select(Checkout).where(Checkout.id == checkout_id)
    found = db.session.scalars(mine.options(joinedload(Checkout.challenges)))
    return found.unique().one_or_none()


def hand_over(checkout: Checkout) -> None:
    """Give the checkout and its goods a cart that only the caller's browser will know: nobody else
    reads from then on what is typed there. An ordered checkout stays as it is."""
    with transaction(of=carts.name_of(checkout.cart_id)):
        db.session.refresh(checkout)
        if not checkout.order_token:
            checkout.cart_id = carts.move(checkout.cart_id)


def is_idle(checkout: Checkout) -> bool:
    """Whether the shopper has been away for longer than IDLE."""
    return checkout.touched_at < clock.now() - IDLE


def was_left(checkout: Checkout) -> bool:
    """Whether the shopper was away for more than five minutes."""
    return checkout.touched_at < clock.now() - A_WHILE


def touch(checkout: Checkout) -> None:
    """Note that the shopper is there; written at most every 30 seconds."""
    if checkout.touched_at < clock.now() - TOUCHED_EVERY:
        with transaction():
            checkout.touched_at = clock.now()


def keep_draft(checkout: Checkout, typed: dict[str, Any], at: int | None = None) -> None:
    """Keep a form that is still being typed.

    at is when the browser took it down, in milliseconds by its own clock. What is older than what
    is kept changes nothing, and nothing is kept once the order is placed.
    """
    mine = (Checkout.id == checkout.id) & Checkout.order_token.is_(None)
    is_newer = sa.func.coalesce(Checkout.typed_at, 0) < at if at else sa.true()
    keep = sa.update(Checkout).where(mine, is_newer)
    keep = keep.values(typed=typed, typed_at=at or Checkout.typed_at, touched_at=clock.now())
    keep = keep.values(payment=_chosen(typed))
    with transaction():
        db.session.execute(keep, execution_options={"synchronize_session": False})


def keep_typed(checkout: Checkout, typed: dict[str, Any], at: int | None = None) -> None:
    """Keep a form that was sent; drafts taken down before are outdated by it."""
    with transaction():
        checkout.typed, checkout.payment = typed, _chosen(typed)
        _note_sent(checkout, at)


def keep_answers(
    checkout: Checkout,
    answers: OrderDetails,
    terms: dict[str, Any] | None = None,
    typed: dict[str, Any] | None = None,
    at: int | None = None,
) -> None:
    """Keep the answers of a valid form.

    terms are those of the chosen method, as the shopper has just seen them; typed is what the form
    shows from now on, where that is more than the answers.
    """
    with transaction():
        checkout.answered = answers.dump()
        checkout.typed = typed or checkout.answered
        checkout.payment, checkout.seen_terms = answers.payment, terms
        _note_sent(checkout, at)


def _chosen(typed: dict[str, Any]) -> str | None:
    """The payment method's code; None for what no method can have, as a form may hold anything."""
    code = str(typed.get("payment") or "")
    return code if CODE.fullmatch(code) else None


def _note_sent(checkout: Checkout, at: int | None) -> None:
    checkout.touched_at = clock.now()
    if at:
        checkout.typed_at = max(at, checkout.typed_at or 0)


def keep_terms(checkout: Checkout, terms: dict[str, Any]) -> None:
    """Keep what the shopper has now seen of the chosen method, as seen_terms.of gives it."""
    with transaction():
        checkout.seen_terms = terms


def forget(checkout: Checkout, at: int | None = None) -> None:
    """Empty the form; drafts taken down before fill it no more."""
    with transaction():
        checkout.typed = checkout.answered = checkout.payment = checkout.seen_terms = None
        _note_sent(checkout, at)


def holding(payment: str) -> int:
    """How many checkouts of the last hour have chosen this method and no order yet."""
    alive = Checkout.touched_at > clock.now() - IDLE
    mine = (Checkout.payment == payment) & Checkout.order_token.is_(None) & alive
    return db.session.scalar(sa.select(sa.func.count()).where(mine)) or 0


def under_way() -> int:
    """How many checkouts of the last hour have no order yet."""
    alive = (Checkout.touched_at > clock.now() - IDLE) & Checkout.order_token.is_(None)
    return db.session.scalar(sa.select(sa.func.count()).where(alive)) or 0


def purge() -> None:
    """Delete checkouts that were left a day ago, with their personal data."""
    old = Checkout.touched_at < clock.now() - KEPT
    db.session.execute(sa.delete(Checkout).where(old))
