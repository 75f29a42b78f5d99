"""Finding an order again: by its token, its checkout, or its number and e-mail address."""

import hmac

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from storefront.extensions import db
from storefront.orders.models import Order
from storefront.orders.numbers import tidy_number


def by_token(token: str) -> Order | None:
    query = sa.select(Order).where(Order.token == token)
    return db.session.scalar(query.options(selectinload(Order.lines), selectinload(Order.events)))


def token_of_checkout(checkout_id: str) -> str | None:
    newest = sa.select(Order.token).where(Order.checkout_id == checkout_id)
    return db.session.scalar(newest.order_by(Order.id.desc()).limit(1))


def token_of_key(key: str, checkout_id: str) -> str | None:
    """A confirmation key that was posted again finds its order, but only from its own checkout."""
    mine = (Order.key == key) & (Order.checkout_id == checkout_id)
    return db.session.scalar(sa.select(Order.token).where(mine))


def by_number_and_email(number: str, email: str) -> Order | None:
    """None for every wrong pair, whichever half is wrong, after the same work."""
    order = db.session.scalar(sa.select(Order).where(Order.number == tidy_number(number)))
    known = str(order.customer["email"]) if order else "nobody@nowhere.invalid"
    same = hmac.compare_digest(known.lower().encode(), email.strip().lower().encode())
    return order if order and same else None
