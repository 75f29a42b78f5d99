"""All products as they stand in the database, read in three statements, to compare a CSV file
with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from storefront.catalogue.models import Category, Product, Variant
from storefront.catalogue.products import fields
from storefront.catalogue.stocktaking import Shown
from storefront.core.extensions import db

OF_PRODUCT = (*fields.PRODUCT, "category_id")
OF_VARIANT = tuple(fields.VARIANT)


@dataclass(frozen=True)
class StoredVariant:
    """A variant's values, with its stock as a person could see it."""

    id: int
    values: dict[str, Any]
    seen: Shown


@dataclass(frozen=True)
class StoredProduct:
    """A product's values and its variants in the shop's order."""

    id: int
    values: dict[str, Any]
    is_withdrawn: bool  # for good: its codes stay taken
    variants: list[StoredVariant] = field(default_factory=list)


@dataclass(frozen=True)
class Stored:
    """The whole catalogue. owners leads from a SKU to its product's code, categories from each code
    or name to the ids of the categories that have it."""

    revision: tuple[int, int]
    products: dict[str, StoredProduct]
    owners: dict[str, str]
    categories: dict[str, set[int]]
    category_codes: dict[int, str]

    @cached_property
    def withdrawn(self) -> set[str]:
        """Codes of products that left the shop for good."""
        return {slug for slug, one in self.products.items() if one.is_withdrawn}

    @cached_property
    def zeroless_skus(self) -> dict[str, str]:
        """Each SKU with leading zeros, by what is left of it in a spreadsheet that drops them."""
        return _zeroless(self.owners)

    @cached_property
    def zeroless_slugs(self) -> dict[str, str]:
        """Each product code with leading zeros, by what is left of it in a spreadsheet."""
        return _zeroless(self.products)

    @cached_property
    def last_position(self) -> int:
        """The highest place in the shop's order; -1 without products."""
        return max((one.values["position"] for one in self.products.values()), default=-1)


def load() -> Stored:
    """Read the whole catalogue."""
    found = revision()
    by_id = {}
    columns = _query(Product, "id", "withdrawn", *OF_PRODUCT)
    for id_, is_withdrawn, *values in db.session.execute(columns):
        by_name = dict(zip(OF_PRODUCT, values, strict=True))
        by_id[id_] = StoredProduct(id_, by_name, is_withdrawn)
    names = ("product_id", "id", "available", "stocktakes", *OF_VARIANT)
    query = _query(Variant, *names).order_by(Variant.position, Variant.id)
    for product_id, id_, available, stocktakes, *values in db.session.execute(query):
        values_by_name = dict(zip(OF_VARIANT, values, strict=True))
        variant = StoredVariant(id_, values_by_name, Shown(available, stocktakes))
        by_id[product_id].variants.append(variant)
    products = {one.values["slug"]: one for one in by_id.values()}
    owners = {v.values["sku"]: slug for slug, one in products.items() for v in one.variants}
    return Stored(found, products, owners, *_categories())


def revision() -> tuple[int, int]:
    """Two numbers that differ from the former ones as soon as any product was made or changed;
    sales do not change them."""
    query = sa.select(sa.func.count(Product.id), sa.func.coalesce(sa.func.sum(Product.version), 0))
    count, versions = db.session.execute(query).one()
    return count, int(versions)


def _zeroless(codes: Iterable[str]) -> dict[str, str]:
    """What a spreadsheet makes of codes that begin with zeros."""
    return {one.lstrip("0"): one for one in codes if one.isdigit() and one.startswith("0")}


def _query(table: Any, *names: str) -> sa.Select[Any]:
    return sa.select(*(getattr(table, name) for name in names))


def _categories() -> tuple[dict[str, set[int]], dict[int, str]]:
    ids: dict[str, set[int]] = defaultdict(set)
    codes = {}
    for one in db.session.scalars(sa.select(Category)):
        codes[one.id] = one.slug
        for name in (one.slug, one.name, one.name_en):
            ids[name].add(one.id)
    return ids, codes
