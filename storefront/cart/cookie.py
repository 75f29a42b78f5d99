"""Which cart is this shopper's."""

from flask import current_app, request

from storefront.web.cookies import SignedCookie

HALF_A_YEAR = 180 * 24 * 3600

CART = SignedCookie("cart", HALF_A_YEAR)


def lacks_cookies() -> bool:
    """No page was opened before this press, or the browser sends none of the cookies it was given.

    A session ends with its browser; the cart's cookie, which outlives it, tells the two apart.
    """
    name = current_app.config["SESSION_COOKIE_NAME"]
    return name not in request.cookies and CART.read() is None
