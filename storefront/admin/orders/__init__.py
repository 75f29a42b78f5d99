"""Orders as their owner sees them: found, shipped, settled, printed."""

from flask import Blueprint

bp = Blueprint("orders", __name__, url_prefix="/orders")

from storefront.admin.orders import (  # noqa: E402, F401  # each adds its addresses
    bulk_jobs,
    csv_export,
    delivery_notes,
    detail,
    phone_orders,
    routes,
    tracking_numbers,
)
