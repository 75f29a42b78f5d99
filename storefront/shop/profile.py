"""Who sells here: the one row of the shop's profile."""

import sqlalchemy as sa

from storefront.extensions import db
from storefront.shop.models import News, Shop


def shop() -> Shop:
    """The shop's profile, read once a request; raises NoResultFound where nothing was seeded."""
    found = db.session.get_one(Shop, 1)
    db.session.info["shop"] = found  # held, or the next question would ask the database again
    return found


def news(count: int = 3) -> list[News]:
    return list(db.session.scalars(sa.select(News).order_by(News.day.desc()).limit(count)))
