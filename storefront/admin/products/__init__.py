"""The owner's products: one by one, by category, and as a table of CSV."""

from flask import Blueprint

bp = Blueprint("products", __name__, url_prefix="/products")

from storefront.admin.products import (  # noqa: E402, F401  # each adds its addresses
    category_routes,
    csv_routes,
    picture_routes,
    removal_routes,
    routes,
)
