"""Whether orders name what is for sale."""

from collections.abc import Collection

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import OrderLine


def is_ordered(variant_ids: Collection[int]) -> bool:
    """Also by an order that was called off: its papers still name them."""
    mine = sa.select(OrderLine.id).where(OrderLine.variant_id.in_(variant_ids)).limit(1)
    return db.session.scalar(mine) is not None
