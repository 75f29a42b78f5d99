"""The shop's contract with Yamato, as the owner has registered it."""

import sqlalchemy as sa

from storefront.extensions import db
from storefront.payments.models import YamatoConnection


def connection() -> YamatoConnection | None:
    return db.session.scalar(sa.select(YamatoConnection))
