"""Which products a list shows: home, category and search, a page at a time."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from storefront.catalogue.models import Category, Product, SearchGram
from storefront.catalogue.search import cards
from storefront.catalogue.search.cards import Card
from storefront.core import japanese
from storefront.core.extensions import db

PER_PAGE = 24
FURTHEST = 1000  # pages; nobody reads on, and a crawler must not either

ON_SALE = Product.published.is_(True)
Products = sa.Select[Product]


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


def all_products(number: int) -> Page:
    return _page(sa.select(Product).where(ON_SALE), number)


def of_category(category: Category, number: int) -> Page:
    mine = Product.category_id == category.id
    return _page(sa.select(Product).where(ON_SALE, mine), number)


def search(query: str, number: int) -> Page:
    """Products whose name, reading or English name holds every word, kana and width folded."""
    words = [word for word in map(japanese.fold, query.split()[:5]) if word]
    if not words:
        return Page([], 1, False)
    first, *others = sorted({gram for word in words for gram in _pieces(word)}, key=_rarity)
    matches = sa.select(Product).join(SearchGram, SearchGram.product_id == Product.id)
    matches = matches.where(ON_SALE, SearchGram.gram == first)
    for gram in others[:8]:
        other = aliased(SearchGram)
        same = (other.position == SearchGram.position) & (other.product_id == SearchGram.product_id)
        held = sa.select(other.gram).where(other.gram == gram, same).correlate(SearchGram)
        matches = matches.where(held.exists())
    for word in words:
        matches = matches.where(Product.search_text.contains(word, autoescape=True))
    matches = matches.order_by(SearchGram.position, SearchGram.product_id)
    return _page(matches, number, ordered=True)


def newest(count: int) -> list[Card]:
    return _page(sa.select(Product).where(ON_SALE), 1).products[:count]


def related(product: Product, count: int = 4) -> list[Card]:
    """Others of its category."""
    same = (Product.category_id == product.category_id) & (Product.id != product.id)
    query = sa.select(Product).where(ON_SALE, same)
    return cards.read(query.order_by(Product.position, Product.id).limit(count))


def _page(query: Products, number: int, ordered: bool = False) -> Page:
    """One product more than a page shows tells whether there is a next; nothing is counted."""
    number = min(max(number, 1), FURTHEST)
    if not ordered:
        query = query.order_by(Product.position, Product.id)
    query = query.limit(PER_PAGE + 1).offset((number - 1) * PER_PAGE)
    found = cards.read(query)
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)


def _pieces(word: str) -> set[str]:
    return {word} if len(word) == 1 else {word[i : i + 2] for i in range(len(word) - 1)}


def _rarity(gram: str) -> tuple[int, str]:
    """The index is entered at numbers, which tell alike things apart, or at kanji, then kana."""
    return (0 if len(gram) == 2 and gram.isdigit() else 1 if gram[0] > "\u30ff" else 2, gram)
