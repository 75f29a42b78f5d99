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
    """A category on the home page, with the picture of its first product."""

    slug: str
    name: str
    name_en: str
    picture: str


@dataclass(frozen=True)
class Page:
    """One page of a list, its number counted from 1."""

    products: list[Card]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether it is not the first page."""
        return self.number > 1


def categories() -> list[Category]:
    """All categories in the shop's order."""
    return list(db.session.scalars(sa.select(Category).order_by(Category.position)))


def tiles() -> list[Tile]:
    """The categories that have public products, in the shop's order, in one statement."""
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
    """A page of all public products."""
    return page_of(sa.select(Product).where(ON_SALE), number)


def of_category(category: Category, number: int) -> Page:
    """A page of a category's public products."""
    mine = Product.category_id == category.id
    return page_of(sa.select(Product).where(ON_SALE, mine), number)


def newest(count: int) -> list[Card]:
    """The products that were added last."""
    query = sa.select(Product).where(ON_SALE).order_by(Product.id.desc())
    return cards.read(query.limit(count))


def favourites(count: int) -> list[Card]:
    """Products in stock that stand first in the shop's order, at most two of one category."""
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
    """Other products of the same category."""
    same = (Product.category_id == product.category_id) & (Product.id != product.id)
    query = sa.select(Product).where(ON_SALE, same)
    return cards.read(query.order_by(Product.position, Product.id).limit(count))


def page_of(query: Products, number: int, ordered: bool = False) -> Page:
    """A page of this query. One product more than it shows is read to know whether there is a next
    page; nothing is counted."""
    number = min(max(number, 1), FURTHEST)
    if not ordered:
        query = query.order_by(Product.position, Product.id)
    query = query.limit(PER_PAGE + 1).offset((number - 1) * PER_PAGE)
    found = cards.read(query)
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)
