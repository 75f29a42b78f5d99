"""Leaving for the provider's payment page, and coming back from it."""

from flask.typing import ResponseReturnValue

from storefront.checkout import hosted
from storefront.checkout.code_entry import bp
from storefront.checkout.guard import go, go_to_completion, is_shoppers
from storefront.payments import Outcome, visits


@bp.get("/return/<token>")
def come_back(token: str) -> ResponseReturnValue:
    """What the browser brings back proves nothing: the provider is asked."""
    visit = visits.find(token)
    if visit is None or visit.checkout_id is None:
        return go("cart.show")
    try:
        outcome, order = hosted.learn(visit)
    except hosted.SILENT:
        return go("checkout.confirm", payment="unknown")
    if order is not None:
        is_own = is_shoppers(visit.checkout_id, order.token)
        return go_to_completion(order.token) if is_own else go("orders.find")
    if outcome is Outcome.REFUSED:
        return go("checkout.order_input")
    return go("checkout.confirm", payment="open")


__all__ = ["bp"]
