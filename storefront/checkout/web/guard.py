"""Who may enter which step: finds the shopper's checkout, or says where to go instead."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.cart import carts
from storefront.cart.cookie import CART
from storefront.cart.models import CartLine
from storefront.checkout import journey as journeys
from storefront.checkout import store
from storefront.checkout.journey import Journey
from storefront.checkout.models import Checkout
from storefront.checkout.steps import Step, may_open, next_step
from storefront.checkout.web import details_cookie
from storefront.orders.queries import lookup
from storefront.web.cookies import SignedCookie

COOKIE = SignedCookie("checkout")
BEGUN, PLACED = "c:", "o:"

View = Callable[..., ResponseReturnValue]
CARRY_THE_FORM = {
    "checkout.answer",
    "checkout.fill_in_address",
    "checkout.keep_draft",
    "checkout.leave",
}
ENDPOINTS = {
    Step.INPUT: "checkout.order_input",
    Step.CONFIRM: "checkout.confirm",
    Step.SMS: "checkout.sms",
}


def go(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Redirect with 303, so that a GET follows whatever the method was."""
    return redirect(url_for(endpoint, **values), 303)


def go_to_next_step(journey: Journey) -> ResponseReturnValue:
    """Redirect to the first step that is not answered."""
    return go(ENDPOINTS[next_step(journey)])


def go_to_completion(token: str) -> ResponseReturnValue:
    """Redirect to the order's completion. The checkout's cookie is replaced by one that knows the
    order, because the checkout is over."""
    COOKIE.write(PLACED + token)
    return go("orders.complete", token=token)


def is_shoppers(checkout_id: str, token: str) -> bool:
    """Whether this browser is the one that began the checkout, or has seen its order."""
    return COOKIE.read() in {BEGUN + checkout_id, PLACED + token}


def opens(step: Step | None) -> Callable[[View], View]:
    """Let a view run only with a checkout that has come as far as this step; None asks no step."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: str) -> ResponseReturnValue:
            entered = _enter()
            if not isinstance(entered, Journey):
                return entered
            if not entered.shop.is_open:
                return go("cart.show")  # where it says so
            if step is not None and not may_open(step, entered):
                return go_to_next_step(entered)
            return view(entered, **values)

        return guarded

    return decorate


def _enter() -> Journey | ResponseReturnValue:
    cart_id, value = CART.read(), COOKIE.read() or ""
    checkout = _begun(value, cart_id)
    cart = carts.lines(cart_id)
    if token := _placed_before(value, checkout):
        if not cart or _is_replay(token):
            return go_to_completion(token)
        checkout = None
    if cart_id is None or not cart:
        return go("cart.show")
    if checkout is None or store.is_idle(checkout):
        return _begin(cart_id, cart, checkout)
    was_away = store.was_left(checkout)
    if request.method == "GET":  # what is sent leads to a GET, or is kept
        store.touch(checkout)
    return replace(journeys.load(checkout, cart_id, cart), was_away=was_away)


def _begun(value: str, cart_id: str | None) -> Checkout | None:
    """A checkout opens only together with its cart: one cookie alone is of no use elsewhere."""
    checkout = store.find(value.removeprefix(BEGUN)) if value.startswith(BEGUN) else None
    return checkout if checkout and checkout.cart_id == cart_id else None


def _placed_before(value: str, checkout: Checkout | None) -> str | None:
    if value.startswith(PLACED):
        token = value.removeprefix(PLACED)
        return token if lookup.by_token(token) else None
    return checkout.order_token if checkout else None


def _is_replay(token: str) -> bool:
    """The confirmation that became this order is posted again: it answers as the first time."""
    key = request.form.get("confirmation_key", "")
    return bool(key) and lookup.is_key_of(token, key)


def _begin(
    cart_id: str, cart: Sequence[CartLine], left: Checkout | None
) -> Journey | ResponseReturnValue:
    """Only the order form begins a checkout; the other addresses lead to it.

    left is one that was left for too long: who sends its form after all goes on with what it holds.
    """
    if left is not None and request.endpoint in CARRY_THE_FORM:
        return journeys.load(_begun_anew(cart_id), cart_id, cart)
    if request.method != "GET":
        return go("cart.show") if left is None else go("checkout.order_input")
    if request.endpoint != "checkout.order_input":
        return go("checkout.order_input")
    checkout = _begun_anew(cart_id, details_cookie.use())
    lost = (left.typed or {}) if left else {}
    journey = journeys.load(checkout, cart_id, cart)
    return replace(journey, was_idle=left is not None, lost=lost)


def _begun_anew(cart_id: str, typed: dict[str, Any] | None = None) -> Checkout:
    checkout = store.begin(cart_id, typed)
    COOKIE.write(BEGUN + checkout.id)
    return checkout


def take_over(checkout_id: str) -> None:
    """Let a browser without goods go on with a checkout that was begun in another one, such as an
    app's, whose payment page has led back here; a checkout that is over stays where it is.

    It moves: the other browser has it no longer, as an address that was passed on must not let
    anybody read along.
    """
    checkout = store.find(checkout_id)
    if checkout is None or checkout.order_token or store.is_idle(checkout):
        return
    if not carts.count(CART.read()):
        store.hand_over(checkout)
        CART.write(checkout.cart_id)
        COOKIE.write(BEGUN + checkout.id)
