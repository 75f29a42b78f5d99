"""Comparing a table with what the shop has: row by row, and each product as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from storefront.catalogue import search_index
from storefront.catalogue.csv import columns
from storefront.catalogue.csv.changes import NewVariant, Plan
from storefront.catalogue.csv.columns import CATEGORY, SEEN, SKU, STOCK, Column
from storefront.catalogue.csv.current import Stored, StoredProduct, StoredVariant
from storefront.catalogue.csv.lookup import ABSENT, Cells, UnknownNote
from storefront.catalogue.csv.merge import merged
from storefront.catalogue.csv.parser import Row, Sheet
from storefront.catalogue.products import validation
from storefront.catalogue.products.fields import Wrong
from storefront.catalogue.stocktaking import Shown

EACH = 1_000  # rows between two reports of how far it is
NEW_PRODUCT: dict[str, Any] = {
    "name_en": "",
    "reading": "",
    "other_spellings": "",
    "published": False,
    "description": "",
    "description_en": "",
    "specs": [],
    **dict.fromkeys(("option_1", "option_1_en", "option_2", "option_2_en"), ""),
}
NEW_VARIANT = dict.fromkeys(("option_1", "option_1_en", "option_2", "option_2_en"), "")

Tell = Callable[[int], None]


@dataclass(frozen=True)
class VariantRow:
    """One row of the file with the values that it gives; variant is None for a new one."""

    row: Row
    variant: StoredVariant | None
    values: dict[str, Any]
    seen: Shown | None
    stock: int | None  # None where the file does not say


def plan(sheet: Sheet, stored: Stored, tell: Tell) -> Plan:
    """Compare the file with the catalogue, row by row and then each product as a whole. A plan with
    faults must not be written."""
    made = Plan(stored.revision, faults=list(sheet.faults))
    if made.faults:
        return made
    cells = Cells(sheet, stored, made.faults)
    done = 0
    for slug, rows in _by_product(cells).items():
        _product(cells, made, slug, rows)
        if (done + len(rows)) // EACH > done // EACH:
            tell(done)
        done += len(rows)
    made.faults.sort(key=lambda fault: fault.row)
    return made


def _by_product(cells: Cells) -> dict[str, list[tuple[Row, str]]]:
    """Code to the rows of a product with their SKUs, in the order of the file."""
    groups: dict[str, list[tuple[Row, str]]] = {}
    first: dict[str, int] = {}
    for row in cells.sheet.rows:
        column = SKU
        try:
            sku = cells.sku(row)
            column = columns.SLUG
            slug = cells.slug(row, sku)
            column = SKU
            _judge(cells, sku, slug, first)
        except Wrong as wrong:
            cells.fault(row, column, wrong)
            continue
        first[sku] = row.number
        groups.setdefault(slug, []).append((row, sku))
    return groups


def _judge(cells: Cells, sku: str, slug: str, first: dict[str, int]) -> None:
    if sku in first:
        what = _("%(n)s行目と同じSKUです", n=first[sku])
        raise Wrong(what, _("一方の行を消すか、別のSKUにしてください"))
    if cells.stored.owners.get(sku, slug) != slug:
        what = _("ほかの商品(%(code)s)のSKUです", code=cells.stored.owners[sku])
        raise Wrong(what, _("別のSKUか、その商品コードを入力してください"))


def _product(cells: Cells, made: Plan, slug: str, rows: list[tuple[Row, str]]) -> None:
    before = len(cells.faults)
    product = cells.stored.products.get(slug)
    values = _product_values(cells, made, slug, rows, product)
    variants = [_variant(cells, row, sku, product, at) for at, (row, sku) in enumerate(rows)]
    if len(cells.faults) == before and not _is_same(product, values, variants):
        _whole(cells, values, variants, product)
    if len(cells.faults) > before:
        return
    if product is None:
        new = [NewVariant(one.values, one.stock or 0) for one in variants]
        made.products.append((values, new))
    else:
        _compare(made, product, values, variants)


def _product_values(
    cells: Cells,
    made: Plan,
    slug: str,
    rows: list[tuple[Row, str]],
    product: StoredProduct | None,
) -> dict[str, Any]:
    row = merged(cells, [row for row, _sku in rows])
    place = cells.stored.last_position + 1 + len(made.products)
    now = product.values if product else {**NEW_PRODUCT, "slug": slug, "position": place}
    values = _values(cells, row, columns.READ_OF_PRODUCT, now, is_new=product is None)
    if CATEGORY.key in row.cells or product is None:
        code = cells.stored.category_codes.get(now.get("category_id", 0))
        if code is None or not cells.is_as(row, CATEGORY, code):
            values["category_id"] = _tried(cells, row, CATEGORY, cells.category)
    return values


def _variant(
    cells: Cells, row: Row, sku: str, product: StoredProduct | None, at: int
) -> VariantRow:
    known = product.variants if product else []
    variant = next((one for one in known if one.values["sku"] == sku), None)
    new = {**NEW_VARIANT, "sku": sku, "position": len(known) + at, "withdrawn": False}
    now = variant.values if variant else new
    values = _values(cells, row, columns.READ_OF_VARIANT, now, is_new=variant is None)
    if STOCK.key not in row.cells and variant:
        return VariantRow(row, variant, values, None, None)
    found = _tried(cells, row, STOCK, lambda row: cells.stock(row, variant))
    seen, stock = (None, None) if found is ABSENT else found
    return VariantRow(row, variant, values, seen, stock)


def _values(
    cells: Cells, row: Row, which: list[Column], now: dict[str, Any], is_new: bool
) -> dict[str, Any]:
    """What the file says, and what stands now where it says nothing."""
    values = dict(now)
    for column in which:
        is_silent = not row.cells.get(column.key, "").strip() and is_new
        if is_silent and column.name in now:
            continue
        if column.key in row.cells or column.name not in now:
            current = ABSENT if is_new else now[column.name]
            values[column.name] = cells.value(row, column, current)
    return values


def _tried(cells: Cells, row: Row, column: Column, read: Callable[[Row], Any]) -> Any:
    try:
        return read(row)
    except UnknownNote as wrong:
        cells.fault(row, SEEN, wrong)
    except Wrong as wrong:
        cells.fault(row, column, wrong)
    return ABSENT


def _is_same(
    product: StoredProduct | None, values: dict[str, Any], variants: list[VariantRow]
) -> bool:
    """What stands now is not judged."""
    if product is None or values != product.values:
        return False
    return all(one.variant and one.values == one.variant.values for one in variants)


def _whole(
    cells: Cells,
    values: dict[str, Any],
    variants: list[VariantRow],
    product: StoredProduct | None,
) -> None:
    places = {str(one.row.number): one for one in variants}
    mine = {place: one.values for place, one in places.items()}
    in_file = {one.variant.id for one in variants if one.variant}
    others = [one for one in (product.variants if product else []) if one.id not in in_file]
    rest = {f"kept-{one.id}": one.values for one in others}
    for fault in validation.faults(values, {**rest, **mine}):
        place = places.get(fault.place)
        column = columns.of_field(fault.field, of_product=place is None)
        row = place.row if place else variants[0].row
        cells.fault(row, column, Wrong(fault.what, fault.todo))


def _compare(
    made: Plan, product: StoredProduct, values: dict[str, Any], variants: list[VariantRow]
) -> None:
    changed = {name for name, value in values.items() if value != product.values[name]}
    if changed:
        made.changed_products[product.id] = values
        made.touched.add(product.id)
    if changed & search_index.READ:
        made.searched.add(product.id)
    for one in variants:
        if _compare_variant(made, product, one):
            made.touched.add(product.id)
        elif not changed:
            made.unchanged += 1


def _compare_variant(made: Plan, product: StoredProduct, one: VariantRow) -> bool:
    if one.variant is None:
        made.variants.append((product.id, NewVariant(one.values, one.stock or 0)))
        return True
    is_other = one.values != one.variant.values
    if is_other:
        made.changed_variants[one.variant.id] = one.values
    is_counted = one.seen is not None and one.stock != one.seen.available
    if is_counted and one.seen is not None and one.stock is not None:
        made.counted[one.variant.id] = (one.seen, one.stock)
    return is_other or is_counted
