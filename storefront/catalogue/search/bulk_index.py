"""What search reads of many products, written some at a time."""

from collections.abc import Sequence

import sqlalchemy as sa

from storefront.catalogue.models import Product, SearchGram
from storefront.catalogue.search.listing import searchable
from storefront.core import japanese
from storefront.core.extensions import db


def index(product_ids: Sequence[int]) -> None:
    """Inside the caller's transaction; the same as listing.index of each."""
    products = list(db.session.scalars(sa.select(Product).where(Product.id.in_(product_ids))))
    db.session.execute(sa.delete(SearchGram).where(SearchGram.product_id.in_(product_ids)))
    rows = []
    for one in products:
        one.search_text = searchable(one)
        grams = {gram for part in one.search_text.split("\n") for gram in japanese.grams(part)}
        rows += [{"gram": gram, "position": one.position, "product_id": one.id} for gram in grams]
    if rows:
        rows.sort(key=lambda row: str(row["gram"]))  # in the order of the table's own tree
        db.session.execute(sa.insert(SearchGram), rows)
