"""All products and variants as a CSV file, written in pieces so that little memory is used."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from storefront.catalogue import stocktaking
from storefront.catalogue.csv import cells
from storefront.catalogue.csv.columns import CATEGORY, COLUMNS, SEEN, STOCK, Column
from storefront.catalogue.csv.encoding import BOMS, Encoding
from storefront.catalogue.models import Category, Product, Variant
from storefront.core.extensions import db

AT_ONCE = 500  # products in memory


def written(encoding: Encoding, locale: str) -> Iterator[bytes]:
    """The file's bytes, by products in the order they were made: moving a product in the shop's
    order meanwhile leaves none out.

    The titles are Japanese in Shift_JIS whatever the language, since an import recognises that
    encoding by them.
    """
    if encoding is Encoding.CP932:
        locale = "ja"
    yield BOMS[encoding] + table([[one.header(locale) for one in COLUMNS]], encoding)
    codes = dict(db.session.execute(sa.select(Category.id, Category.slug)).all())
    last = 0
    while products := _next(last):
        rows = [_cells(one, variant, codes) for one, variant in products]
        last = products[-1][0].id
        db.session.rollback()  # a slow reader holds no view of the database open
        db.session.expunge_all()
        yield table(rows, encoding)


def table(rows: Iterable[Sequence[str]], encoding: Encoding) -> bytes:
    """These rows as CSV with every cell covered, see cells.covered."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(map(cells.covered, row) for row in rows)
    return encoding.bytes_of(text.getvalue())


def _next(last: int) -> list[tuple[Product, Variant]]:
    some = (
        sa.select(Product.id)
        .where(Product.id > last, ~Product.withdrawn)
        .order_by(Product.id)
        .limit(AT_ONCE)
    )
    query = sa.select(Product, Variant).join(Variant, Variant.product_id == Product.id)
    query = query.where(Product.id.in_(some.scalar_subquery()))
    query = query.order_by(Product.id, Variant.position, Variant.id)
    return [(product, variant) for product, variant in db.session.execute(query)]


def _cells(product: Product, variant: Variant, codes: dict[int, str]) -> list[str]:
    return [_cell(column, product, variant, codes) for column in COLUMNS]


def _cell(column: Column, product: Product, variant: Variant, codes: dict[int, str]) -> str:
    if column is CATEGORY:
        return codes[product.category_id]
    if column is STOCK:
        return str(variant.available)
    if column is SEEN:
        return str(stocktaking.shown(variant))
    return column.field.write(getattr(product if column.of_product else variant, column.name))
