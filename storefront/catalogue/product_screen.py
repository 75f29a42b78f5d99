"""What the product page shows."""

from datetime import date

from flask.typing import ResponseReturnValue

from storefront.catalogue.models import Product
from storefront.catalogue.products import queries
from storefront.catalogue.search import listing
from storefront.core import clock
from storefront.shipping import dates
from storefront.shop import profile
from storefront.shop.models import Shop
from storefront.web.i18n import localized
from storefront.web.rendering import page


def show(found: Product, **context: object) -> ResponseReturnValue:
    """The product's page; the cart shows it again with what kept something out of the cart."""
    shop = profile.shop()
    return page(
        "catalogue/product.html",
        422 if context.get("errors") or context.get("old_token") else 200,
        product=found,
        products=queries,
        related=listing.related(found),
        shop=shop,
        earliest=_earliest(shop),
        here=f"/products/{found.slug}",
        **{"errors": [], "typed": {}, "old_token": False, **context},
    )


def _earliest(shop: Shop) -> date:
    """By the fastest of the delivery methods."""
    fastest = min((one.prepare_days for one in shop.offered), default=0)
    return dates.earliest(clock.today(), fastest, shop.calendar)


def option_name(product: Product, option: int) -> str:
    return localized(product, f"option_{option}")
