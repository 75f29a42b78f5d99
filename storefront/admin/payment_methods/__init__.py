"""The payment methods: registering, changing, ordering, publishing."""

from flask import Blueprint

bp = Blueprint("payment_methods", __name__, url_prefix="/settings/payment-methods")

# each adds its addresses to the blueprint
from storefront.admin.payment_methods import editor, fallback_order, routes  # noqa: E402, F401
