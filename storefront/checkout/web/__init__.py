"""The checkout's pages."""

from flask import Blueprint

from storefront.core.extensions import csrf

bp = Blueprint("checkout", __name__, url_prefix="/checkout")
csrf.exempt(bp)  # each form here checks its own token, to answer 422 with everything typed

# each adds its addresses to the blueprint
from storefront.checkout.web import (  # noqa: E402
    code_entry,  # noqa: F401
    drafts,  # noqa: F401
    partials,  # noqa: F401
    payment_return,  # noqa: F401
    views,  # noqa: F401
)
