"""What the owner changes about the shop itself."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.shop import profile
from storefront.shop.models import Announcement

MOST_NEWS = 200


def change(fields: Mapping[str, Any]) -> None:
    """The legal pages say that they were changed today."""
    with transaction():
        shop = profile.renewed()
        for name, value in fields.items():
            setattr(shop, name, value)
        shop.terms_updated = clock.today().isoformat()


def set_caps(caps: Mapping[str, int]) -> None:
    """Caps on texts and orders, by the names of the shop's fields."""
    with transaction():
        shop = profile.renewed()
        for name, most in caps.items():
            setattr(shop, name, most)


def keep_wording(kind: str, words: Mapping[str, str]) -> None:
    """Words by language; empty ones mean the shop's usual words."""
    with transaction():
        shop = profile.renewed()
        others = {key: value for key, value in (shop.wordings or {}).items() if key != kind}
        own = {locale: text for locale, text in words.items() if text}
        shop.wordings = {**others, kind: own} if own else others


def add_news(day: str, title: str, title_en: str) -> None:
    with transaction():
        db.session.add(Announcement(day=day, title=title, title_en=title_en))


def remove_news(news_id: int) -> str | None:
    """Its title, where it was there."""
    with transaction():
        gone = (
            sa.delete(Announcement).where(Announcement.id == news_id).returning(Announcement.title)
        )
        return db.session.scalar(gone)
