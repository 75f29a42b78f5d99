"""Which products a list shows: home, category and search, a page at a time."""

from dataclasses import dataclass

import sqlalchemy as sa

from storefront.catalogue.models import Category, Picture, Product, Variant
from storefront.catalogue.search import cards
from storefront.catalogue.search.cards import Card
from storefront.core.extensions import db

PER_PAGE = 24
EACH = 2  # favourites of one category
FURTHEST = 1000  # pages; nobody reads on, and a crawler must not either

ON_SALE = Product.published.is_(True)
Products = sa.Select[Product]


@dataclass(frozen=True)
class Tile:
    """A category, with the picture of the first of its goods."""

    slug: str
    name: str
    name_en: str
    picture: str


@dataclass(frozen=True)
class Page:
    products: list[Card]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1


def categories() -> list[Category]:
    return list(db.session.scalars(sa.select(Category).order_by(Category.position)))


def tiles() -> list[Tile]:
    """The categories that have goods, in the shop's order, in one statement."""
    mine = sa.select(Picture.file).join(Product, Picture.product_id == Product.id)
    mine = mine.where(Product.category_id == Category.id, ON_SALE)
    picture = mine.order_by(Product.position, Product.id, Picture.position).limit(1)
    goods = sa.exists().where(Product.category_id == Category.id, ON_SALE)
    query = sa.select(Category.slug, Category.name, Category.name_en, _file(picture))
    query = query.where(goods.correlate(Category)).order_by(Category.position, Category.id)
    return [Tile(*row) for row in db.session.execute(query)]


def _file(picture: sa.Select[str]) -> sa.ColumnElement[str]:
    return sa.func.coalesce(picture.correlate(Category).scalar_subquery(), "")


def all_products(number: int) -> Page:
    return page_of(sa.select(Product).where(ON_SALE), number)


def of_category(category: Category, number: int) -> Page:
    mine = Product.category_id == category.id
    return page_of(sa.select(Product).where(ON_SALE, mine), number)


def newest(count: int) -> list[Card]:
    """Those that came into the shop last."""
    query = sa.select(Product).where(ON_SALE).order_by(Product.id.desc())
    return cards.read(query.limit(count))


def favourites(count: int) -> list[Card]:
    """Those in stock that the shop's order has first in each category, at most two of one."""
    firsts = [_first(place) for place in range(EACH)]
    ids = [
        one
        for row in db.session.execute(sa.select(*firsts).select_from(Category))
        for one in row
        if one
    ]
    query = sa.select(Product).where(Product.id.in_(ids))
    return cards.read(query.order_by(Product.position, Product.id).limit(count))


def _first(place: int) -> sa.ScalarSelect[int]:
    """The product at a place among those of a category that are in stock."""
    stock = sa.exists().where(
        Variant.product_id == Product.id, Variant.withdrawn.is_(False), Variant.available > 0
    )
    mine = sa.select(Product.id).where(Product.category_id == Category.id, ON_SALE, stock)
    first = mine.order_by(Product.position, Product.id).limit(1).offset(place)
    return first.correlate(Category).scalar_subquery()


def related(product: Product, count: int = 4) -> list[Card]:
    """Others of its category."""
    same = (Product.category_id == product.category_id) & (Product.id != product.id)
    query = sa.select(Product).where(ON_SALE, same)
    return cards.read(query.order_by(Product.position, Product.id).limit(count))


def page_of(query: Products, number: int, ordered: bool = False) -> Page:
    """One product more than a page shows tells whether there is a next; nothing is counted."""
    number = min(max(number, 1), FURTHEST)
    if not ordered:
        query = query.order_by(Product.position, Product.id)
    query = query.limit(PER_PAGE + 1).offset((number - 1) * PER_PAGE)
    found = cards.read(query)
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)
