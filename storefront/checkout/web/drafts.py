"""The form while it is typed: kept by the shop, as a browser keeps nothing of it."""

from flask import request
from flask.typing import ResponseReturnValue

from storefront.checkout import store
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.web import bp
from storefront.checkout.web.guard import COOKIE, opens
from storefront.core.client_address import client_address
from storefront.core.extensions import limiter
from storefront.web.forms import PressForm

LONGEST = 15  # digits of milliseconds: thirty thousand years


def typed_at() -> int | None:
    """When the browser took down what it sends, in milliseconds by its own clock; None where no
    script told."""
    told = request.form.get("typed_at", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST else None


def _whose() -> str:
    """Many shoppers may share one address, so each checkout is counted by itself."""
    return COOKIE.read() or client_address()


@bp.post("/draft")
@limiter.limit("120 per minute", key_func=_whose)
@opens(None)
def keep_draft(journey: Journey) -> ResponseReturnValue:
    """Keep what is typed so far; 422 where the token is old, as it may be anybody's page."""
    if not PressForm().validate():
        return "", 422
    store.keep_draft(journey.checkout, OrderForm().answers(), typed_at())
    return "", 204
