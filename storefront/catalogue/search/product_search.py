"""The product search: words as they were typed; if nothing is found, read more loosely; then with
one wrong letter."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from storefront.catalogue import spelling
from storefront.catalogue.models import Product, SearchGram
from storefront.catalogue.search import listing
from storefront.catalogue.search.listing import ON_SALE, Page, Products
from storefront.catalogue.search_index import BELOW
from storefront.core.extensions import db

MOST_WORDS = 5
MOST_GRAMS = 4  # looked up beside the first: each further one leaves little out
LOOKED_AT = 50  # texts in which another spelling is looked for, for each half of a word

Words = Sequence[str]


@dataclass(frozen=True)
class SearchResult:
    """A page of products; instead holds the words that were searched for where those typed find
    nothing."""

    page: Page
    instead: str = ""


def search(query: str, number: int) -> SearchResult:
    """Products that hold every word, in the shop's order: in their names first, then below.

    Kana, width and case are folded. What stands in names stands before what a description says.
    """
    words = [word for word in map(spelling.folded, query.split()[:MOST_WORDS]) if word]
    if not words:
        return SearchResult(Page([], 1, False))
    page = _page(words, number)
    if page.products or (number > 1 and _page(words, 1).products):
        return SearchResult(page)
    return _looser(words, number) or SearchResult(page)


def _looser(words: Words, number: int) -> SearchResult | None:
    loosened = [spelling.loosened(word) for word in words]
    if loosened != words and (page := _page(loosened, number)).products:
        return SearchResult(page)
    corrected = [_corrected(word) for word in words]
    if corrected != words and (page := _page(corrected, number)).products:
        return SearchResult(page, " ".join(corrected))
    return None


def _page(words: Words, number: int) -> Page:
    return listing.page_of(_matching(words), number, ordered=True)


def _matching(words: Words) -> Products:
    """The index is entered at the rarest gram there is; its word decides where a product stands."""
    entry = min(words, key=lambda word: spelling.rarity(spelling.entries(word)[0]))
    first, *others = spelling.entries(entry)
    matches = sa.select(Product).join(SearchGram, SearchGram.product_id == Product.id)
    matches = matches.where(ON_SALE, SearchGram.gram == first)
    for gram in others[:MOST_GRAMS]:
        other, any_ = aliased(SearchGram), aliased(SearchGram)
        matches = matches.where(sa.exists().where(any_.gram == gram))  # asked once, not a row
        same = (other.position == SearchGram.position) & (other.product_id == SearchGram.product_id)
        held = sa.select(other.gram).where(other.gram == gram, same).correlate(SearchGram)
        matches = matches.where(held.exists())
    is_name, is_below = SearchGram.position < BELOW, SearchGram.position >= BELOW
    only_below = is_below & ~_in_names(entry) & _below(entry)
    matches = matches.where((is_name & _in_names(entry)) | only_below)
    for word in words:
        if word != entry:
            matches = matches.where(_in_names(word) | _below(word))
    return matches.order_by(SearchGram.position, SearchGram.product_id)


def _in_names(word: str) -> sa.ColumnElement[bool]:
    return Product.search_text.contains(word, autoescape=True)


def _below(word: str) -> sa.ColumnElement[bool]:
    if spelling.is_syllable(word):
        return sa.false()
    return Product.search_words.contains(word, autoescape=True)


def _corrected(word: str) -> str:
    """The word as names have it that differ from it by one letter; else as it is."""
    if not spelling.is_long(word):
        return word
    texts = {
        text for half in spelling.halves(word) for text in db.session.scalars(_names_with(half))
    }
    return spelling.nearest(word, texts) or word


def _names_with(half: str) -> sa.Select[str]:
    """In the order of the index, which stops once there are enough."""
    matches = sa.select(Product.search_text).join(SearchGram, SearchGram.product_id == Product.id)
    matches = matches.where(
        SearchGram.gram == spelling.entries(half)[0], SearchGram.position < BELOW
    )
    matches = matches.where(ON_SALE, _in_names(half))
    return matches.order_by(SearchGram.position, SearchGram.product_id).limit(LOOKED_AT)
