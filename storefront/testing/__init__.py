"""For tests of a shop: a shop to test against, its outside world, and who acts in it.

Names are loaded when they are asked for. A test run that only has this package installed loads
nothing, and neither Playwright nor pytest is needed where no browser is.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storefront.gallery.states import STATES
    from storefront.testing.form_shopper import FormShopper
    from storefront.testing.numbers import Phone, scenario
    from storefront.testing.owner_page import OwnerPage
    from storefront.testing.sandbox import NothingCame, Sandbox
    from storefront.testing.shop import OpenedShop, Shop
    from storefront.testing.shopper import COD, SMARTPHONE, TRANSFER, Shopper

HERE = {
    "COD": "storefront.testing.shopper",
    "FormShopper": "storefront.testing.form_shopper",
    "NothingCame": "storefront.testing.sandbox",
    "OpenedShop": "storefront.testing.shop",
    "OwnerPage": "storefront.testing.owner_page",
    "Phone": "storefront.testing.numbers",
    "SMARTPHONE": "storefront.testing.shopper",
    "STATES": "storefront.gallery.states",
    "Sandbox": "storefront.testing.sandbox",
    "Shop": "storefront.testing.shop",
    "Shopper": "storefront.testing.shopper",
    "TRANSFER": "storefront.testing.shopper",
    "scenario": "storefront.testing.numbers",
}


def __getattr__(name: str) -> Any:
    if name not in HERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HERE[name]), name)


__all__ = [
    "COD",
    "SMARTPHONE",
    "STATES",
    "TRANSFER",
    "FormShopper",
    "NothingCame",
    "OpenedShop",
    "OwnerPage",
    "Phone",
    "Sandbox",
    "Shop",
    "Shopper",
    "scenario",
]
