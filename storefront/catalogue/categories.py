"""Categories: made, renamed, put in order, and deleted once they are empty."""

from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from storefront.catalogue import search_index
from storefront.catalogue.models import Category, Product
from storefront.catalogue.products import fields
from storefront.catalogue.products.fields import Field, Wrong
from storefront.catalogue.products.form_input import Texts
from storefront.catalogue.products.saving import CATALOGUE, Refused
from storefront.catalogue.products.validation import Fault
from storefront.core.extensions import db, transaction

FIELDS: dict[str, Field] = {
    "name": fields.line(80, required=True),
    "name_en": fields.line(80),
    "slug": Field(fields.slug),
    "position": Field(fields.position),
}


class NotEmpty(Exception):
    """The category still has products: ask for them to be moved to another category first."""


def find(category_id: int) -> Category | None:
    """The category with this id, or None."""
    return db.session.get(Category, category_id)


def counted() -> list[tuple[Category, int]]:
    """Each category with the number of its products, in the shop's order."""
    query = sa.select(Category, sa.func.count(Product.id)).outerjoin(Product)
    query = query.group_by(Category.id).order_by(Category.position, Category.id)
    return [(category, count) for category, count in db.session.execute(query)]


def save(category_id: int | None, texts: Texts) -> Category:
    """Write a new category (category_id None) or change one; raises Refused with what is wrong with
    the texts."""
    values, faults = {}, []
    for name, field in FIELDS.items():
        try:
            values[name] = field.read(texts.get(name, ""))
        except Wrong as wrong:
            faults.append(Fault("", name, wrong.what, wrong.todo))
    if faults:
        raise Refused(faults)
    try:
        with transaction(of=CATALOGUE):
            category = (find(category_id) if category_id else None) or Category()
            _write(category, values)
    except IntegrityError as taken:
        todo = _("別のコードにしてください")
        raise Refused([Fault("", "slug", _("ほかのカテゴリーで使われています"), todo)]) from taken
    return category


def _write(category: Category, values: dict[str, Any]) -> None:
    is_renamed = any(getattr(category, name) != values[name] for name in ("name", "name_en"))
    for name, value in values.items():
        setattr(category, name, value)
    db.session.add(category)
    if category.id and is_renamed:
        search_index.mark_outdated(category.id)


def delete(category_id: int) -> None:
    """Delete a category; raises NotEmpty. Nothing happens for an id that is gone."""
    try:
        with transaction(of=CATALOGUE):
            db.session.execute(sa.delete(Category).where(Category.id == category_id))
    except IntegrityError as used:
        raise NotEmpty from used
