"""Who sells here: the one row of the shop's profile."""

import sqlalchemy as sa
from sqlalchemy.exc import NoResultFound

from storefront.core.extensions import db, take_turn
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.shop.models import Announcement, Shop


def shop() -> Shop:
    """The shop's profile, read once a request; raises NoResultFound where nothing was seeded."""
    return _held(db.session.get_one(Shop, 1))


def renewed() -> Shop:
    """The profile as it is now, inside the caller's transaction, to be changed by it alone."""
    take_turn("shop profile")
    found = shop()
    db.session.refresh(found)
    return found


def terms() -> tuple[Shop, list[PaymentMethod]]:
    """The shop and the payment methods on offer in the owner's order, as they are now."""
    offered = sa.select(Shop, PaymentMethod).where(Shop.id == 1)
    offered = offered.join(PaymentMethod, methods.is_on_offer(), isouter=True)
    rows = db.session.execute(offered.order_by(PaymentMethod.position)).unique().all()
    if not rows:
        raise NoResultFound
    offers = [row.PaymentMethod for row in rows if row.PaymentMethod]
    return _held(rows[0].Shop), [one for one in offers if methods.is_wired(one)]


def _held(found: Shop) -> Shop:
    """Kept in the session, or the next question would ask the database again."""
    db.session.info["shop"] = found
    return found


def news(count: int = 3) -> list[Announcement]:
    return list(
        db.session.scalars(sa.select(Announcement).order_by(Announcement.day.desc()).limit(count))
    )
