"""Finds an order by the number in the URL, and encrypts text for URLs that name no person."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from flask import abort
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload, selectinload

from storefront.admin.auth.gate import me
from storefront.core import clock
from storefront.core.extensions import data_vault, db
from storefront.orders.models import Order
from storefront.orders.numbers import tidy_number

View = Callable[..., ResponseReturnValue]
SHOWN_FOR = timedelta(minutes=5)


def of_number(view: View) -> View:
    """Give the view the order instead of its number, with all that its page shows; 404 where there
    is none."""

    @wraps(view)
    def found(number: str, **values: Any) -> ResponseReturnValue:
        order = find(number)
        return view(order, **values) if order else abort(404)

    return found


def find(number: str) -> Order | None:
    """The order with this number, in any spelling, with all that its page shows; None without
    one."""
    query = sa.select(Order).where(Order.number == tidy_number(number))
    many, one = (Order.lines, Order.events), (Order.shipments, Order.request)
    query = query.options(*map(selectinload, many), *map(joinedload, one))
    return db.session.scalars(query).unique().one_or_none()


def sealed(text: str, purpose: str) -> str:
    """A text encrypted for an address, which must not name a person; only this person can open it,
    for this purpose."""
    return base64.urlsafe_b64encode(data_vault().seal(text, _bound(purpose))).decode().rstrip("=")


def opened(token: str, purpose: str) -> str:
    """The text of a sealed token; empty for another person's or purpose's."""
    try:
        kept = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return data_vault().open(kept, _bound(purpose))
    except (InvalidTag, ValueError, binascii.Error):
        return ""


def _bound(purpose: str) -> str:
    return f"{purpose}|{me().id}"


def leave_to_show(order: Order) -> str:
    """A token by which the order's page shows phone and address in full for a few minutes."""
    return sealed((clock.now() + SHOWN_FOR).isoformat(), f"show:{order.id}")


def may_show(order: Order, token: str) -> bool:
    """Whether the token is for this order and not yet over."""
    until = opened(token, f"show:{order.id}")
    return bool(until) and datetime.fromisoformat(until) > clock.now()
