"""What storefront orders says: of an order's money, and of what could not be done."""

from collections.abc import Callable
from typing import Any

from storefront.orders import owed_back
from storefront.orders.adjustments import NotLess
from storefront.orders.fulfilment import NotNow, NotPaid
from storefront.orders.models import Order
from storefront.payment_requests.deposits import Differs, NotOnThatDay
from storefront.ports.payments import GatewayRefused, GatewayUnavailable, GatewayUnknown

SILENT = "the provider did not answer; nothing has changed here. Try again."


def payment(order: Order) -> str:
    """Whether anybody has to do something about the money."""
    if by_hand := owed_back.yen_of(order):
        return f"give {by_hand:,} yen back to the shopper by hand."
    if order.payment_status != "refunded":
        return f"the payment is {order.payment_status}."
    if owed_back.goes_by_hand(order):
        return "what was paid has been given back."
    return f"its provider gives {order.owed:,} yen back."


def received(order: Order) -> str:
    """What came of money that was confirmed."""
    if order.payment_status != "paid" or order.deposit is None:
        return f"{order.number} had ended: {payment(order)}"
    over = order.deposit.over
    said = f" ({abs(over):,} yen {'over' if over > 0 else 'short'})" if over else ""
    return f"{order.number} is paid{said}; the shopper is told by mail."


def refusals(number: str) -> dict[type[Exception], Callable[[Any], str]]:
    """A sentence for everything that may be refused of an order."""
    hint = f"Look at it with: storefront orders show {number}"
    return {
        NotNow: lambda refused: f"{refused}. {hint}",
        NotPaid: lambda _refused: f"it is not paid yet. {hint}",
        NotLess: lambda _refused: "give less than it costs now, and more than 0.",
        NotOnThatDay: lambda _refused: "give a day from that of the order to today.",
        Differs: lambda refused: f"{refused}; nothing has changed. To take it for paid: --accept",
        GatewayRefused: lambda refused: (
            f"the provider refused ({refused.reason}); nothing has changed. {hint}"
        ),
        GatewayUnavailable: lambda _refused: SILENT,
        GatewayUnknown: lambda _refused: SILENT,
    }
