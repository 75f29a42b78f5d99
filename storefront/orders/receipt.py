"""What an order's papers say: its lines, and the tax of each rate."""

from storefront.money import TaxPart, TaxRate, tax_parts
from storefront.orders.answers import Answers
from storefront.orders.models import Order


def taxes_of(order: Order) -> list[TaxPart]:
    """Counted from the order's own lines, rounded once a rate, as when it was placed."""
    parts = [(TaxRate(line.tax), line.subtotal) for line in order.lines]
    services = order.shipping + order.fee
    return tax_parts([*parts, *([(TaxRate.STANDARD, services)] if services else [])])


def answers_of(order: Order) -> Answers:
    return Answers.load(order.customer)
