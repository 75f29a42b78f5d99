"""One product: its variants, and what a list or a page says of its price and stock."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.catalogue.models import Product, Variant
from storefront.core.extensions import db
from storefront.web.i18n import localized

FEW = 5


def find(slug: str) -> Product | None:
    """The public product with this code, its variants and pictures loaded; None without one."""
    query = sa.select(Product).where(Product.slug == slug, Product.published.is_(True))
    # one statement: so few variants and pictures are read as pairs faster than asked for twice
    query = query.options(
        joinedload(Product.category),
        joinedload(Product.variants),
        joinedload(Product.pictures),
    )
    return db.session.scalars(query).unique().one_or_none()


def lowest_price(product: Product) -> int:
    """Yen of the cheapest variant."""
    return min(variant.price for variant in product.variants)


def has_price_range(product: Product) -> bool:
    """Whether its variants differ in price."""
    return len({variant.price for variant in product.variants}) > 1


def available(product: Product) -> int:
    """Pieces in stock of all variants together."""
    return sum(variant.available for variant in product.variants)


def is_few(available: int) -> bool:
    """Whether so few pieces are left that the page says how many. The number is true: 景品表示法
    forbids a scarcity that is made up."""
    return 0 < available <= FEW


def pick(product: Product, option_1: str, option_2: str) -> Variant | None:
    """The variant of these option values; without options the product's only one."""
    if not product.option_1:
        return product.variants[0]
    wanted = (option_1, option_2 if product.option_2 else "")
    variants = product.variants
    return next((one for one in variants if (one.option_1, one.option_2) == wanted), None)


def values(product: Product, option: int) -> list[Variant]:
    """One variant for each value of the first or second option, in the shop's order."""
    name = f"option_{option}"
    seen: dict[str, Variant] = {}
    for variant in product.variants:
        seen.setdefault(getattr(variant, name), variant)
    return list(seen.values())


def has_stock(product: Product, option: int, value: str) -> bool:
    """Whether any variant with this value of the first or second option is in stock."""
    name = f"option_{option}"
    return any(one.available for one in product.variants if getattr(one, name) == value)


def name_of(sku: str) -> str:
    """The product's name in the shopper's language; empty for an unknown sku."""
    query = sa.select(Product).join(Variant).where(Variant.sku == sku)
    product = db.session.scalar(query)
    return localized(product, "name") if product else ""
