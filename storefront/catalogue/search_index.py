"""What search reads of products: their names and readings, cut into grams."""

import sqlalchemy as sa

from storefront.catalogue.models import Product, SearchGram
from storefront.core import japanese
from storefront.core.extensions import db


def index(*products: Product) -> None:
    """Inside the caller's transaction, of products whose names or position changed."""
    for one in products:
        one.search_text = searchable(one)
    db.session.flush()
    ids = [one.id for one in products]
    db.session.execute(sa.delete(SearchGram).where(SearchGram.product_id.in_(ids)))
    rows = [
        {"gram": gram, "position": one.position, "product_id": one.id}
        for one in products
        for gram in {gram for part in one.search_text.split("\n") for gram in japanese.grams(part)}
    ]
    if rows:
        rows.sort(key=lambda row: str(row["gram"]))  # in the order of the table's own tree
        db.session.execute(sa.insert(SearchGram), rows)


def searchable(product: Product) -> str:
    return "\n".join(map(japanese.fold, (product.name, product.reading, product.name_en)))
