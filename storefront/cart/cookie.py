"""Which cart is this shopper's."""

from storefront.cookies import SignedCookie

HALF_A_YEAR = 180 * 24 * 3600

CART = SignedCookie("cart", HALF_A_YEAR)
