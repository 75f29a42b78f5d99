"""Answers for search engines: robots.txt and the site map."""

from collections.abc import Iterator

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from storefront.catalogue.models import Product
from storefront.catalogue.search import listing
from storefront.core.extensions import db, limiter
from storefront.shop import profile
from storefront.web.error_pages import not_found
from storefront.web.i18n import absolute_url

bp = Blueprint("search_engines", __name__)

PRODUCTS = 10_000  # of one part: a part may have 50,000 addresses, and each page has two
PAGES = (
    "catalogue.home",
    "catalogue.search",
    "shop.help_page",
    "shop.returns",
    "shop.tokushoho",
    "shop.privacy",
    "shop.terms",
)
Address = tuple[str, dict[str, str]]


@bp.get("/robots.txt")
@limiter.exempt
def robots() -> ResponseReturnValue:
    """The rules for robots (RFC 9309), with the address of the site map."""
    base = current_app.config["SETTINGS"].base_url
    return Response(render_template("catalogue/robots.txt", base=base), mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """The list of parts: pages and categories, then the products by ten thousand."""
    count = db.session.scalar(sa.select(sa.func.count()).where(Product.published.is_(True))) or 0
    parts = 0 if profile.shop().is_new else -(-count // PRODUCTS)
    places = [absolute_url("search_engines.part", "ja", number=n) for n in range(parts + 1)]
    text = render_template("catalogue/sitemap_index.xml", places=places)
    return Response(text, mimetype="application/xml")


@bp.get("/sitemap/<int:number>.xml")
def part(number: int) -> ResponseReturnValue:
    """A part of the site map: 0 has pages and categories, the others ten thousand products each;
    404 for an empty part."""
    addresses = list(_products(number) if number else _pages())
    if not addresses:
        return not_found()
    pages = [
        {one: absolute_url(endpoint, one, **values) for one in ("ja", "en")}
        for endpoint, values in addresses
    ]
    text = render_template("catalogue/sitemap.xml", pages=pages)
    return Response(text, mimetype="application/xml")


def _pages() -> Iterator[Address]:
    """A shop that was never open shows no goods yet."""
    goods = [] if profile.shop().is_new else listing.categories()
    yield from ((endpoint, {}) for endpoint in PAGES)
    yield from (("catalogue.category", {"slug": one.slug}) for one in goods)


def _products(number: int) -> Iterator[Address]:
    if profile.shop().is_new:
        return
    slugs = sa.select(Product.slug).where(Product.published.is_(True)).order_by(Product.id)
    some = slugs.limit(PRODUCTS).offset((number - 1) * PRODUCTS)
    yield from (("catalogue.product", {"slug": slug}) for slug in db.session.scalars(some))
