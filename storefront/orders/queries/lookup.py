"""Finding an order again: by its token, its checkout, or its number and e-mail address."""

import hmac

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.numbers import tidy_number
from storefront.ports.mail import comparable


def by_token(token: str) -> Order | None:
    query = sa.select(Order).where(Order.token == token)
    many, one = (Order.lines, Order.events), (Order.shipments, Order.request)
    query = query.options(*map(selectinload, many), *map(joinedload, one))
    return db.session.scalars(query).unique().one_or_none()


def locked(order_id: int) -> Order:
    """An order as it stands, and as it stays until the caller's transaction ends.

    Whoever moves an order and its visits to hosted pages begins here, so that two never wait for
    each other.
    """
    mine = sa.select(Order).where(Order.id == order_id).with_for_update()
    return db.session.scalars(mine).one()


def by_key(key: str) -> Order | None:
    return db.session.scalar(sa.select(Order).where(Order.key == key)) if key else None


def is_key_of(token: str, key: str) -> bool:
    """Whether the order of this token was placed by this confirmation key."""
    mine = (Order.token == token) & (Order.key == key)
    return db.session.scalar(sa.select(Order.id).where(mine)) is not None


def by_number_and_email(number: str, email: str) -> Order | None:
    """None for every wrong pair, whichever half is wrong, after the same work."""
    order = db.session.scalar(sa.select(Order).where(Order.number == tidy_number(number)))
    known = str(order.customer["email"]) if order else ""
    same = hmac.compare_digest(
        comparable(known or "nobody@nowhere.invalid").encode(), comparable(email).encode()
    )
    return order if order and known and same else None
