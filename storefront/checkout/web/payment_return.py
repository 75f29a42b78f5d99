"""Leaving for the provider's payment page, and coming back from it."""

from flask.typing import ResponseReturnValue

from storefront.checkout import hosted_payment
from storefront.checkout.web import bp
from storefront.checkout.web.guard import go, go_to_completion, is_shoppers, take_over
from storefront.payments import hosted_sessions
from storefront.payments.hosted_sessions import GIVEN_BACK
from storefront.ports.payments import NO_ANSWER, Outcome
from storefront.web.rendering import page


@bp.get("/return/<token>")
def come_back(token: str) -> ResponseReturnValue:
    """Where the provider's page leads back to. The provider is asked for the outcome, each time,
    because an address in a browser proves nothing."""
    visit = hosted_sessions.find(token)
    if visit is None or visit.checkout_id is None:
        return go("cart.show")
    try:
        order = hosted_payment.learn(visit)
    except NO_ANSWER:
        take_over(visit.checkout_id)
        return go("checkout.confirm", payment="unknown")
    known = hosted_sessions.find(token) or visit
    if known.outcome in GIVEN_BACK:
        return page("checkout/given_back.html", visit=known, is_placed=order is not None)
    if order is not None:
        is_own = is_shoppers(visit.checkout_id, order.token)
        return go_to_completion(order.token) if is_own else go("orders.find")
    take_over(visit.checkout_id)
    is_refused = known.outcome == Outcome.REFUSED
    return go("checkout.order_input" if is_refused else "checkout.confirm")
