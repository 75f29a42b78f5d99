"""What a list shows of a product, read without the rest of it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import get_template_attribute
from markupsafe import Markup

from storefront.catalogue.models import Picture, Product, Variant
from storefront.catalogue.products.queries import is_few
from storefront.core.extensions import db


def _of_variants(what: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    mine = sa.select(what).where(Variant.product_id == Product.id, Variant.withdrawn.is_(False))
    return mine.correlate(Product).scalar_subquery()


PICTURES = sa.select(Picture.file).where(Picture.product_id == Product.id).correlate(Product)
COLUMNS = (
    Product.slug,
    Product.name,
    Product.name_en,
    Product.tax,
    PICTURES.order_by(Picture.position, Picture.id).limit(1).scalar_subquery(),
    _of_variants(sa.func.min(Variant.price)),
    _of_variants(sa.func.max(Variant.price)),
    _of_variants(sa.func.sum(Variant.available)),
)


@dataclass(frozen=True)
class Card:
    """What a product's card shows: price and dearest are yen of the cheapest and the dearest
    variant, available the pieces of all variants together."""

    slug: str
    name: str
    name_en: str
    tax: int
    picture: str
    price: int
    dearest: int
    available: int

    @property
    def is_few(self) -> bool:
        """Whether the card says how many pieces are left."""
        return is_few(self.available)


def read(query: sa.Select[Any]) -> list[Card]:
    """The cards of the products that a query finds, in its order, in one statement."""
    chosen = query.with_only_columns(*COLUMNS, maintain_column_froms=True)
    return [Card(*row) for row in db.session.execute(chosen)]


def render(card: Card, root: str, is_early: bool) -> Markup:
    """The card's HTML, which depends on its arguments alone. root is the script root, which holds
    the language; is_early loads the picture at once."""
    macro = get_template_attribute("components/shop.html", "card")
    return Markup(macro(card, is_early))  # noqa: S704  # a template of ours, which escapes
