"""The words of products in the search index: names, other spellings, descriptions.

A product's name stands in the index by its place in the shop's order; its description stands BELOW
the names of all products.
"""

import re
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from storefront.catalogue import spelling
from storefront.catalogue.models import Category, Product, SearchGram
from storefront.core.extensions import db

VERSION = 1  # of what is read and how: another one has every product read anew
BELOW = 1_000_000  # is added to the place of what only a description says; a position is less
NAMES = frozenset({"name", "name_en", "reading", "other_spellings"})
READ = NAMES | {"category_id", "position", "description", "description_en"}  # of a product
SEVERAL = re.compile(r"[・、,&/]| and ")


def index(*products: Product) -> None:
    """Index these products anew, inside the caller's transaction; done when their words or position
    change."""
    categories = _categories()
    for one in products:
        category = categories[one.category_id]
        one.search_text = searchable(one, category)
        one.search_words = below(one, category)
        one.search_version = VERSION
    db.session.flush()
    ids = [one.id for one in products]
    db.session.execute(sa.delete(SearchGram).where(SearchGram.product_id.in_(ids)))
    rows = [row for one in products for row in rows_of(one)]
    if rows:
        rows.sort(key=lambda row: str(row["gram"]))  # in the order of the table's own tree
        db.session.execute(sa.insert(SearchGram), rows)


def rows_of(product: Product) -> Iterator[dict[str, str | int]]:
    """A product's rows of the index, from its search texts."""
    lines = product.search_text.split("\n")
    places = (
        (product.position, set().union(*map(spelling.all_grams, lines))),
        (BELOW + product.position, spelling.word_grams(product.search_words)),
    )
    for place, grams in places:
        for gram in grams:
            yield {"gram": gram, "position": place, "product_id": product.id}


def searchable(product: Product, category: Category) -> str:
    """What the product is called, one line for each name and spelling, in the spelling of
    search."""
    spellings = re.split(r"[、,\n]", product.other_spellings)
    names = [product.name, product.reading, product.name_en, *spellings]
    names += [name for name in (category.name, category.name_en) if not SEVERAL.search(name)]
    lines = [line for line in map(spelling.folded, names) if line]
    others = [other for line in lines for other in spelling.other_words(line)]
    bare = [spelling.without_okurigana(line) for line in lines]
    return "\n".join(dict.fromkeys((*lines, *others, *bare)))


def below(product: Product, category: Category) -> str:
    """The rest that is said of the product, such as its description, in the spelling of search."""
    several = [name for name in (category.name, category.name_en) if SEVERAL.search(name)]
    return spelling.running("\n".join((*several, product.description, product.description_en)))


def mark_outdated(category_id: int) -> None:
    """Mark a category's products to be indexed again by catch_up, inside the caller's
    transaction."""
    mine = sa.update(Product).where(Product.category_id == category_id)
    db.session.execute(mine.values(search_version=0))


def _categories() -> dict[int, Category]:
    found: Iterable[Category] = db.session.scalars(sa.select(Category))
    return {one.id: one for one in found}
