"""The shopper's pages of a placed order."""

from flask import Blueprint

from storefront.core.extensions import csrf

bp = Blueprint("orders", __name__, url_prefix="/orders")
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed

# each adds its addresses to the blueprint
from storefront.orders.web import cancelling, receipts, views  # noqa: E402, F401
