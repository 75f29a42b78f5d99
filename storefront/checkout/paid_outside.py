"""Leaving for the provider's payment page, and coming back from it."""

from flask.typing import ResponseReturnValue

from storefront.checkout import hosted
from storefront.checkout.code_entry import bp
from storefront.checkout.guard import go, go_to_completion, is_shoppers
from storefront.pages import page
from storefront.payments import NO_ANSWER, Outcome, visits
from storefront.payments.visits import GIVEN_BACK


@bp.get("/return/<token>")
def come_back(token: str) -> ResponseReturnValue:
    """What the browser brings back proves nothing: the provider is asked, at a reload too."""
    visit = visits.find(token)
    if visit is None or visit.checkout_id is None:
        return go("cart.show")
    try:
        order = hosted.learn(visit)
    except NO_ANSWER:
        return go("checkout.confirm", payment="unknown")
    known = visits.find(token) or visit
    if known.outcome in GIVEN_BACK:
        return page("checkout/given_back.html", visit=known, is_placed=order is not None)
    if order is not None:
        is_own = is_shoppers(visit.checkout_id, order.token)
        return go_to_completion(order.token) if is_own else go("orders.find")
    is_refused = known.outcome == Outcome.REFUSED
    return go("checkout.order_input" if is_refused else "checkout.confirm")


__all__ = ["bp"]
