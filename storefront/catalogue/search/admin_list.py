"""The owner's list of products, public and not: filtered, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from storefront.catalogue.models import Category, Product, Variant
from storefront.catalogue.products.queries import FEW
from storefront.core import japanese
from storefront.core.extensions import db

ROWS = 50
NONE, LITTLE = "none", "few"  # of stock
PUBLIC, HIDDEN, WITHDRAWN = "public", "hidden", "withdrawn"


@dataclass(frozen=True)
class Wanted:
    """The filters; an empty text filters nothing. category is a slug, stock is "none" or
    "little"."""

    words: str = ""
    category: str = ""
    state: str = ""
    stock: str = ""


@dataclass(frozen=True)
class Shelf:
    """A page of the list. Each row has id, slug, name, published, withdrawn, category, price in yen
    of the cheapest variant, pieces and the number of variants."""

    rows: Sequence[Any]
    page: int
    has_next: bool


def shelf(wanted: Wanted, page: int) -> Shelf:
    """The page with this number, counted from 1, in the shop's order."""
    is_sold = Variant.withdrawn.is_(False) | Product.withdrawn
    sold = (Variant.product_id == Product.id) & is_sold
    pieces = sa.func.coalesce(sa.func.sum(Variant.available), 0)
    query = sa.select(
        Product.id,
        Product.slug,
        Product.name,
        Product.published,
        Product.withdrawn,
        Category.name.label("category"),
        sa.func.min(Variant.price).label("price"),
        pieces.label("pieces"),
        sa.func.count(Variant.id).label("variants"),
    )
    query = query.join(Category).outerjoin(Variant, sold).where(*_conditions(wanted))
    query = query.group_by(Product.id, Category.name).order_by(Product.position, Product.id)
    if wanted.stock == NONE:
        query = query.having(pieces == 0)
    if wanted.stock == LITTLE:
        query = query.having(pieces.between(1, FEW))
    rows = db.session.execute(query.limit(ROWS + 1).offset((page - 1) * ROWS)).all()
    return Shelf(rows[:ROWS], page, len(rows) > ROWS)


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    is_gone = wanted.state == WITHDRAWN
    conditions: list[sa.ColumnElement[bool]] = [Product.withdrawn.is_(is_gone)]
    if wanted.words:
        conditions.append(_named(wanted.words))
    if wanted.category:
        conditions.append(Category.slug == wanted.category)
    if wanted.state in {PUBLIC, HIDDEN}:
        conditions.append(Product.published.is_(wanted.state == PUBLIC))
    return conditions


def _named(words: str) -> sa.ColumnElement[bool]:
    """As it is written in a name, a slug or an SKU, or in one spelling of kana and width."""
    typed, folded = japanese.half_width(words), japanese.fold(words)
    named = [Product.name, Product.name_en, Product.reading, Product.slug]
    found = [column.icontains(typed, autoescape=True) for column in named]
    if folded:
        found.append(Product.search_text.contains(folded, autoescape=True))
    sku = Variant.sku.icontains(typed, autoescape=True)
    by_sku = sa.exists().where(Variant.product_id == Product.id, sku)
    return sa.or_(*found, by_sku.correlate(Product))
