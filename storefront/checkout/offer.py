"""What the shopper is asked to agree to: lines, fees, tax and total, counted anew every time."""

from collections.abc import Sequence
from dataclasses import dataclass

from storefront.cart.models import CartLine
from storefront.core.money import TaxPart, TaxRate, tax_parts
from storefront.payments.models import PaymentMethod
from storefront.shipping.fees import fee_to
from storefront.shipping.models import DeliveryMethod


@dataclass(frozen=True)
class OfferLine:
    """One kind of thing in the order; prices in yen, tax included."""

    variant_id: int
    sku: str
    price: int
    quantity: int
    rate: TaxRate

    @property
    def subtotal(self) -> int:
        """Yen for all pieces of the line."""
        return self.price * self.quantity


@dataclass(frozen=True)
class Offer:
    """The order's lines and amounts: goods, shipping and fee in yen, tax included."""

    lines: tuple[OfferLine, ...]
    goods: int
    shipping: int
    fee: int

    @property
    def total(self) -> int:
        """Yen that the shopper pays, shipping, fee and tax included."""
        return self.goods + self.shipping + self.fee

    @property
    def pieces(self) -> int:
        """How many pieces of all goods there are."""
        return sum(line.quantity for line in self.lines)

    @property
    def taxes(self) -> list[TaxPart]:
        """The tax inside the total by its rate, as an invoice shows it (適格簡易請求書); shipping
        and fee are taxed at the standard rate."""
        parts = [(line.rate, line.subtotal) for line in self.lines]
        services = self.shipping + self.fee
        return tax_parts([*parts, *([(TaxRate.STANDARD, services)] if services else [])])

    @property
    def stock(self) -> dict[int, int]:
        """Pieces that the order takes from the stock, by the variant's id."""
        return {line.variant_id: line.quantity for line in self.lines}


def make(
    cart: Sequence[CartLine],
    method: PaymentMethod | None,
    way: DeliveryMethod | None,
    prefecture: str = "",
) -> Offer:
    """Count the offer; shipping is 0 yen while no delivery method or prefecture is chosen, the fee
    0 yen while no payment method is."""
    lines = tuple(
        OfferLine(
            line.variant_id,
            line.variant.sku,
            line.variant.price,
            line.quantity,
            line.variant.product.tax_rate,
        )
        for line in cart
    )
    goods = sum(line.subtotal for line in lines)
    shipping = fee_to(way, prefecture, goods) if way else 0
    return Offer(lines, goods, shipping, method.fee if method else 0)
