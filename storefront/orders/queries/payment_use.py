"""Whether orders were placed by a payment method."""

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order


def is_used(code: str) -> bool:
    """Also by one that is cancelled: its papers still name the method."""
    mine = sa.select(Order.id).where(Order.payment_code == code).limit(1)
    return db.session.scalar(mine) is not None
