"""The variables of the product page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask.typing import ResponseReturnValue

from storefront.catalogue import structured_data
from storefront.catalogue.models import Product
from storefront.catalogue.products import queries
from storefront.catalogue.search import listing
from storefront.core import clock
from storefront.payments import wording
from storefront.payments.models import PaymentMethod
from storefront.shipping import dates
from storefront.shop import profile
from storefront.shop.models import Shop
from storefront.web.i18n import localized
from storefront.web.rendering import page


@dataclass(frozen=True)
class Choice:
    """One value of an option, with whether any piece of it is there."""

    value: str
    words: str
    has_stock: bool


@dataclass(frozen=True)
class Option:
    """An option that the shopper chooses from before the product goes into the cart; name is the
    form field's."""

    name: str
    title: str
    choices: list[Choice]


def show(
    found: Product,
    offered: Sequence[PaymentMethod],
    errors: Sequence[tuple[str, str]] = (),
    typed: Mapping[str, str] | None = None,
    *,
    old_token: bool = False,
) -> ResponseReturnValue:
    """The product page.

    offered are the payment methods on offer. The cart shows the page again with errors, by field
    and sentence, and what was typed.
    """
    left = queries.available(found)
    shop = profile.shop()
    return page(
        "catalogue/product.html",
        422 if errors or old_token else 200,
        product=found,
        price=queries.lowest_price(found),
        has_price_range=queries.has_price_range(found),
        left=left,
        is_few=queries.is_few(left),
        options=_options(found),
        related=listing.related(found),
        shop=shop,
        things=[
            structured_data.of_product(found, shop),
            structured_data.of_path(found.category, found),
        ],
        earliest=_earliest(shop),
        ways=wording.short_names(offered),
        here=f"/products/{found.slug}",
        errors=errors,
        typed=typed or {},
        old_token=old_token,
    )


def _options(product: Product) -> list[Option]:
    return [
        Option(f"variant_{one}", option_name(product, one), _choices(product, one))
        for one in (1, 2)
        if getattr(product, f"option_{one}")
    ]


def _choices(product: Product, option: int) -> list[Choice]:
    name = f"option_{option}"
    return [
        Choice(value, localized(one, name), queries.has_stock(product, option, value))
        for value, one in ((getattr(one, name), one) for one in queries.values(product, option))
    ]


def _earliest(shop: Shop) -> date:
    """By the fastest of the delivery methods."""
    fastest = min((one.prepare_days for one in shop.offered), default=0)
    return dates.earliest(clock.today(), fastest, shop.calendar)


def option_name(product: Product, option: int) -> str:
    """What the product's first or second option is called, such as サイズ, in the language of the
    page."""
    return localized(product, f"option_{option}")
