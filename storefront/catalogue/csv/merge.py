"""One product out of several rows: all must say the same of it, or leave the cell empty."""

from flask_babel import gettext as _

from storefront.catalogue.csv.columns import OF_PRODUCT, SLUG, Column
from storefront.catalogue.csv.lookup import Cells
from storefront.catalogue.csv.parser import Row
from storefront.catalogue.products.fields import Wrong


def merged(cells: Cells, rows: list[Row]) -> Row:
    """One row for the product, with a fault where two rows differ."""
    first = rows[0]
    found = {}
    for column in OF_PRODUCT:
        if column is not SLUG and column.key in first.cells:
            found[column.key] = _said(cells, column, rows)
    return Row(first.number, found)


def _said(cells: Cells, column: Column, rows: list[Row]) -> str:
    said = rows[0]
    for row in rows:
        cell = row.cells[column.key]
        if not said.cells[column.key].strip():
            said = row
        elif cell.strip() and cell != said.cells[column.key]:
            what = _("%(n)s行目と違います。同じ商品の行です", n=said.number)
            cells.fault(row, column, Wrong(what, _("同じ内容にするか、空にしてください")))
    return said.cells[column.key]
