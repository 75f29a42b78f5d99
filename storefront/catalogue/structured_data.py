"""What a search engine reads of a page, in the words of schema.org.

It goes into data blocks, which no browser runs: the policy against scripts leaves them alone.
"""

from typing import Any

from flask_babel import gettext as _

from storefront.catalogue.models import Category, Product
from storefront.catalogue.pictures import photographs
from storefront.shop.models import Shop
from storefront.web.i18n import absolute_url, locale, localized

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
LARGE = 1200  # pixels, as search engines and shared pages ask for


def of_shop(shop: Shop) -> Thing:
    """The shop as an Organization."""
    known = {
        "name": localized(shop, "name"),
        "legalName": localized(shop, "seller"),
        "url": absolute_url("catalogue.home", locale()),
        "logo": photographs.address("img/share.jpg", LARGE),
        "email": shop.email,
        "telephone": shop.phone,
        "address": localized(shop, "address"),
    }
    return _thing("Organization", {key: text for key, text in known.items() if text})


def of_product(product: Product, shop: Shop) -> Thing:
    """The product as a Product with an Offer for each variant: price in yen, availability,
    address."""
    found = (photographs.address(one.file, LARGE) for one in product.pictures)
    return _thing(
        "Product",
        {
            "name": localized(product, "name"),
            "description": localized(product, "description"),
            "image": [address for address in found if address],
            "category": localized(product.category, "name"),
            "offers": _offers(product, shop),
        },
    )


def of_path(category: Category, product: Product | None = None) -> Thing:
    """The path to the page as a BreadcrumbList."""
    names = [(localized(category, "name"), ("catalogue.category", category.slug))]
    if product is not None:
        names.append((localized(product, "name"), ("catalogue.product", product.slug)))
    home = {"@type": "ListItem", "position": 1, "name": _("トップ"), "item": _address()}
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": _address(*where)}
        for place, (name, where) in enumerate(names, 2)
    ]
    return _thing("BreadcrumbList", {"itemListElement": [home, *steps]})


def _offers(product: Product, shop: Shop) -> list[Thing]:
    """Each kind has its own price and stock; together they have one address."""
    url = _address("catalogue.product", product.slug)
    seller = {"@type": "Organization", "name": localized(shop, "name")}
    return [
        {
            "@type": "Offer",
            "sku": one.sku,
            "price": one.price,
            "priceCurrency": "JPY",
            "availability": f"{CONTEXT}/{'InStock' if one.available else 'OutOfStock'}",
            "itemCondition": f"{CONTEXT}/NewCondition",
            "url": url,
            "seller": seller,
        }
        for one in product.variants
    ]


def _thing(kind: str, of: Thing) -> Thing:
    return {"@context": CONTEXT, "@type": kind, **of}


def _address(endpoint: str = "catalogue.home", slug: str = "") -> str:
    return absolute_url(endpoint, locale(), **({"slug": slug} if slug else {}))
