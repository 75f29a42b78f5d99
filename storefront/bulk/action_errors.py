"""Why something cannot be done with an order just now, as a code that has words elsewhere."""

from collections.abc import Callable

from storefront.orders.adjustments import NotLess
from storefront.orders.fulfilment import BeingMoved, NotNow, NotPaid
from storefront.payment_requests.deposits import Differs, NotOnThatDay
from storefront.payment_requests.giving_back import MoreThanOwed
from storefront.payment_requests.lifecycle import TooSoon
from storefront.ports.payments import GatewayRefused, GatewayUnavailable, GatewayUnknown

CODES: dict[type[Exception], str] = {
    NotNow: "not-now",
    BeingMoved: "being-moved",
    NotPaid: "not-paid",
    NotLess: "not-less",
    NotOnThatDay: "not-that-day",
    MoreThanOwed: "more-than-owed",
    TooSoon: "too-soon",
    GatewayUnavailable: "unavailable",
    GatewayUnknown: "unknown",
}
REFUSED = "refused:"  # by the provider, whose reason follows
DIFFERS = "differs:"  # yen over, negative where they fall short
LONGEST = 160


def attempt(act: Callable[[], object]) -> str:
    """Do it; empty where it was done, else the code of why nothing has changed."""
    try:
        act()
    except GatewayRefused as refused:
        return f"{REFUSED}{refused.reason}"[:LONGEST]
    except Differs as refused:
        return f"{DIFFERS}{refused.over}"
    except tuple(CODES) as refused:
        return CODES[type(refused)]
    return ""
