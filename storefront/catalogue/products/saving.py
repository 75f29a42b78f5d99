"""Saving a product with its variants in one transaction."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from storefront.catalogue import search_index, stocktaking
from storefront.catalogue.models import Category, Product, Variant
from storefront.catalogue.products.form_input import Draft, VariantDraft
from storefront.catalogue.products.validation import Fault
from storefront.catalogue.stocktaking import Shown
from storefront.core.extensions import db, transaction

CATALOGUE = "catalogue"  # whoever changes it waits for those who do, as on SQLite


class Refused(Exception):
    """Nothing was written: show its faults beside their fields."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


class Outdated(Exception):
    """Somebody has changed or removed the product since it was shown: show how it stands."""


def create(draft: Draft, category_id: int) -> Product:
    """Add a product behind all others; raises Refused."""
    return _save(None, None, draft, category_id)


def change(product_id: int, version: int, draft: Draft, category_id: int) -> Product:
    """Save a product that was shown at this version; raises Refused, and Outdated where the version
    is another."""
    return _save(product_id, version, draft, category_id)


def all_variants(product_id: int | None) -> list[Variant]:
    """The variants of a product, withdrawn ones included; empty for None."""
    query = sa.select(Variant).where(Variant.product_id == product_id)
    return list(db.session.scalars(query.order_by(Variant.position, Variant.id)))


def touch(product_id: int) -> None:
    """Raise the product's version, so that whoever has its form open is told of the change."""
    newer = sa.update(Product).where(Product.id == product_id)
    db.session.execute(newer.values(version=Product.version + 1))


def last_position() -> int:
    """The highest place in the shop's order; 0 without products."""
    return db.session.scalar(sa.select(sa.func.max(Product.position))) or 0


def _save(product_id: int | None, version: int | None, draft: Draft, category_id: int) -> Product:
    if draft.faults:
        raise Refused(draft.faults)
    try:
        with transaction(of=CATALOGUE):
            product = _opened(product_id, version)
            variants = {one.id: one for one in all_variants(product_id)}
            _refuse(_taken(product_id, draft, variants, category_id))
            _write(product, draft, category_id)
            _refuse(_write_variants(product, draft.variants, variants))
            db.session.expire(product, ["variants"])
    except IntegrityError as two_at_once:
        todo = _("商品コードとSKUを確かめて、もう一度登録してください")
        raise Refused([Fault("", "slug", _("すでに使われています"), todo)]) from two_at_once
    return product


def _opened(product_id: int | None, version: int | None) -> Product:
    if product_id is None:
        return Product(version=0)
    product = db.session.get(Product, product_id, populate_existing=True)
    if product is None or product.withdrawn or product.version != version:
        raise Outdated
    return product


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise Refused(faults)


def _taken(
    product_id: int | None, draft: Draft, mine: dict[int, Variant], category_id: int
) -> list[Fault]:
    found = []
    if db.session.get(Category, category_id) is None:
        todo = _("カテゴリーを選んでください")
        found.append(Fault("", "category_id", _("このカテゴリーはなくなりました"), todo))
    same = sa.select(Product.id).where(Product.slug == draft.values["slug"])
    if db.session.scalar(same) not in (None, product_id):
        todo = _("別の商品コードにしてください")
        found.append(Fault("", "slug", _("ほかの商品で使われています"), todo))
    return found + _taken_skus(draft, mine)


def _taken_skus(draft: Draft, mine: dict[int, Variant]) -> list[Fault]:
    skus = [one.values["sku"] for one in draft.variants]
    query = sa.select(Variant.sku, Variant.id).where(Variant.sku.in_(skus))
    owners = dict(db.session.execute(query).all())
    found = []
    for at, one in enumerate(draft.variants):
        sku, owner = one.values["sku"], owners.get(one.values["sku"])
        if sku in skus[:at]:
            todo = _("SKUは1つずつ違うものにしてください")
            found.append(Fault(one.place, "sku", _("この商品のほかの行と同じです"), todo))
        elif owner not in (None, one.id) and not (owner in mine and one.id in mine):
            todo = _("別のSKUにしてください")
            found.append(Fault(one.place, "sku", _("ほかの商品で使われています"), todo))
    return found


def _write(product: Product, draft: Draft, category_id: int) -> None:
    before = _searched(product)
    values: dict[str, Any] = {**draft.values, "category_id": category_id}
    for name, value in values.items():
        setattr(product, name, value)
    product.version += 1
    db.session.add(product)
    db.session.flush()
    if before != _searched(product):
        search_index.index(product)


def _searched(product: Product) -> list[Any]:
    return [getattr(product, name) for name in sorted(search_index.READ)]


def _write_variants(
    product: Product, drafts: list[VariantDraft], known: dict[int, Variant]
) -> list[Fault]:
    found = []
    for one in drafts:
        variant = known.get(one.id or 0)
        if variant is None:
            db.session.add(Variant(product_id=product.id, available=one.stock, **one.values))
            continue
        for name, value in one.values.items():
            setattr(variant, name, value)
        seen = one.seen or stocktaking.shown(variant)
        if not stocktaking.set_available(variant.id, seen, one.stock):
            found.append(_moved(one.place, seen, stocktaking.shown(variant)))
    return found


def _moved(place: str, seen: Shown, now: Shown) -> Fault:
    todo = _("今は%(n)s点です。確かめて、もう一度入力してください", n=now.available)
    if seen.stocktakes != now.stocktakes:
        return Fault(place, "stock", _("表示のあとに、ほかの人が在庫を変えました"), todo)
    return Fault(place, "stock", _("表示のあとに売れました"), todo)
