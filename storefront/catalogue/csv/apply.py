"""Writing what a table changes, in few statements: shoppers wait for the same lock."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import sqlalchemy as sa

from storefront.catalogue.csv import current
from storefront.catalogue.csv.changes import NewVariant, Plan, Values
from storefront.catalogue.models import Product, Variant
from storefront.catalogue.stocktaking import Shown
from storefront.core.extensions import db

AT_ONCE = 500  # ids in one statement


class Changed(Exception):
    """A product was changed after the plan was made: make another plan."""


def write(plan: Plan) -> list[int]:
    """Write a plan's rows inside the caller's transaction; gives the ids of the products that
    search must index again."""
    if plan.faults or current.revision() != plan.revision:
        raise Changed
    ids = _add_products([values for values, _variants in plan.products])
    added = zip(ids, (variants for _values, variants in plan.products), strict=True)
    _add_variants([*plan.variants, *((id_, one) for id_, variants in added for one in variants)])
    _change(Product, plan.changed_products)
    _change(Variant, plan.changed_variants)
    _count(plan.counted)
    for some in _batches(sorted(plan.touched)):
        newer = sa.update(Product).where(Product.id.in_(some))
        _execute(newer.values(version=Product.version + 1))
    return [*ids, *sorted(plan.searched)]


def _add_products(products: Sequence[Values]) -> list[int]:
    if not products:
        return []
    rows = [
        {**values, "version": 1, "search_text": "", "search_words": "", "search_version": 0}
        for values in products
    ]
    insert = sa.insert(Product).returning(Product.id, sort_by_parameter_order=True)
    return list(db.session.scalars(insert, rows))


def _add_variants(variants: Sequence[tuple[int, NewVariant]]) -> None:
    rows = [
        {**one.values, "product_id": product_id, "available": one.stock}
        for product_id, one in variants
    ]
    if rows:
        db.session.execute(sa.insert(Variant), rows)


def _change(table: type[Product] | type[Variant], changed: dict[int, Values]) -> None:
    if changed:
        rows = cast(sa.Table, table.__table__)
        names = next(iter(changed.values())).keys()
        change = sa.update(rows).where(rows.c.id == sa.bindparam("its_id"))
        change = change.values({name: sa.bindparam(f"new_{name}") for name in names})
        _each(change, [_named(id_, values) for id_, values in changed.items()])


def _named(id_: int, values: Values) -> dict[str, Any]:
    return {"its_id": id_, **{f"new_{name}": value for name, value in values.items()}}


def _count(counted: dict[int, tuple[Shown, int]]) -> None:
    if not counted:
        return
    rows = [
        {"its_id": id_, "more": wanted - seen.available, "seen": seen.stocktakes}
        for id_, (seen, wanted) in counted.items()
    ]
    variants = cast(sa.Table, Variant.__table__)
    columns = variants.c
    more = sa.bindparam("more", type_=sa.Integer)
    count = sa.update(variants).where(
        columns.id == sa.bindparam("its_id"),
        columns.stocktakes == sa.bindparam("seen"),
        columns.available + more >= 0,
    )
    count = count.values(available=columns.available + more, stocktakes=columns.stocktakes + 1)
    if _each(count, rows) != len(rows):
        raise Changed


def _each(statement: sa.Update, rows: list[dict[str, Any]]) -> int:
    """Executed for every row; how many rows of the table it found."""
    return db.session.connection().execute(statement, rows).rowcount


def _execute(statement: sa.Update) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def _batches(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
