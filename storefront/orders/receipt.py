"""What an order's receipt and mails say: its lines, and the tax of each rate."""

from storefront.core.money import TaxPart, TaxRate, allot, tax_parts
from storefront.orders.details import OrderDetails
from storefront.orders.models import Order


def taxes_of(order: Order) -> list[TaxPart]:
    """Counted from the order's own lines, rounded once a rate, as when it was placed."""
    parts = [(TaxRate(line.tax), line.subtotal) for line in order.lines]
    services = order.shipping + order.fee
    parts += [(TaxRate.STANDARD, services)] if services else []
    return tax_parts([*parts, *_less(order, parts)])


def _less(order: Order, parts: list[tuple[TaxRate, int]]) -> list[tuple[TaxRate, int]]:
    """What was taken off the total afterwards, shared out over the rates."""
    weights = {part.rate: part.total for part in tax_parts(parts)}
    parts_off = allot(order.taken_off, weights) if order.taken_off else {}
    return [(rate, -yen) for rate, yen in parts_off.items()]


def answers_of(order: Order) -> OrderDetails:
    return OrderDetails.load(order.customer)
