"""Indexing products again: after an upgrade changed how search reads words, or a category was
renamed."""

import sqlalchemy as sa

from storefront.catalogue import search_index
from storefront.catalogue.models import Product
from storefront.catalogue.products.saving import CATALOGUE
from storefront.core.extensions import db, transaction
from storefront.outbox import outbox

AT_ONCE = 200  # products in one transaction
TIMES = 10  # transactions a minute
OLD = Product.search_version != search_index.VERSION


def catch_up() -> None:
    """Index a number of the products whose index is out of date; a task of each minute. Until then
    they are found by their former words."""
    for _ in range(TIMES):
        if db.session.scalar(sa.select(Product.id).where(OLD).limit(1)) is None:
            return
        with transaction(of=CATALOGUE):
            some = sa.select(Product).where(OLD).order_by(Product.id).limit(AT_ONCE)
            search_index.index(*db.session.scalars(some))
        db.session.expunge_all()
        outbox.still_here()
