"""Home, category, search and product."""

from collections.abc import Sequence

from flask import Blueprint, request, send_from_directory
from flask.typing import ResponseReturnValue

from storefront.catalogue import structured_data
from storefront.catalogue.pictures import storage
from storefront.catalogue.product_screen import show
from storefront.catalogue.products import queries
from storefront.catalogue.search import listing, product_search
from storefront.catalogue.search.product_search import SearchResult
from storefront.catalogue.web.coming_soon import once_opened
from storefront.core.extensions import limiter
from storefront.payments import methods, wording
from storefront.payments.models import PaymentMethod
from storefront.shop import profile
from storefront.web.error_pages import not_found
from storefront.web.page_cache import kept
from storefront.web.rendering import page

bp = Blueprint("catalogue", __name__)

A_YEAR = 31_536_000  # seconds
FAVOURITES = 8
NEWEST = 4


@bp.get("/")
@kept
@once_opened
def home() -> ResponseReturnValue:
    """The home page."""
    return page(
        "catalogue/home.html",
        shop=profile.shop(),
        things=[structured_data.of_shop(profile.shop())],
        news=profile.news(),
        tiles=listing.tiles(),
        favourites=listing.favourites(FAVOURITES),
        newest=listing.newest(NEWEST),
        ways=wording.short_names(methods.on_offer()),
    )


@bp.get("/categories/<slug>")
@kept
@once_opened
def category(slug: str) -> ResponseReturnValue:
    """A category's products, a page at a time; 404 for an unknown code."""
    categories = listing.categories()
    found = next((one for one in categories if one.slug == slug), None)
    if found is None:
        return not_found()
    return page(
        "catalogue/category.html",
        category=found,
        things=[structured_data.of_path(found)],
        categories=categories,
        listed=listing.of_category(found, _page_number()),
    )


@bp.get("/search")
@kept
@once_opened
def search() -> ResponseReturnValue:
    """The products that the words find; all products for no words, and a way on where nothing is
    found."""
    query = request.args.get("q", "").strip()[:100]
    found = product_search.search(query, _page_number())
    if not query:
        found = SearchResult(listing.all_products(_page_number()))
    has_goods = bool(found.page.products)
    return page(
        "catalogue/search.html",
        query=query,
        listed=found.page,
        instead=found.instead,
        categories=listing.categories() if has_goods else [],
        tiles=[] if has_goods else listing.tiles(),
        favourites=[] if has_goods else listing.favourites(FAVOURITES),
    )


@bp.get("/products/<slug>")
@kept
def product(slug: str) -> ResponseReturnValue:
    """The product page; 404 for a product that is not public."""
    _shop, offered = profile.terms()  # the profile comes with it, for all that follows
    return _product(slug=slug, offered=offered)


@once_opened
def _product(slug: str, offered: Sequence[PaymentMethod]) -> ResponseReturnValue:
    found = queries.find(slug)
    return show(found, offered) if found else not_found()


@bp.get("/media/<name>")
@limiter.exempt  # a list shows many at once
def uploaded(name: str) -> ResponseReturnValue:
    """A picture that the owner uploaded; its name is a digest, so it never changes."""
    if not storage.NAME.fullmatch(name):
        return not_found()
    kind = storage.TYPES[name.rpartition(".")[2]]
    response = send_from_directory(storage.folder(), name, mimetype=kind, max_age=A_YEAR)
    response.cache_control.public, response.cache_control.immutable = True, True
    return response


def _page_number() -> int:
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
