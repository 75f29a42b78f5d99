"""Having the provider of an order's credit do something, before the shop says that it is so."""

from collections.abc import Callable, Collection

from storefront.extensions import db
from storefront.orders.models import Order
from storefront.payments import DeferredGateway, GatewayUnavailable, GatewayUnknown, Standing
from storefront.payments.kinds import KINDS
from storefront.providers import providers

Ask = Callable[[DeferredGateway, str], None]


def gateway_of(order: Order) -> DeferredGateway | None:
    """None where no provider carries it, as for cash."""
    if order.payment_reference is None:
        return None
    return providers().gateways.get(KINDS[order.payment_code].gateway)


def tell(order: Order, ask: Ask, shown_by: Collection[Standing] = ()) -> None:
    """Ask once; where no answer comes, the standing shows whether it was done.

    Raises GatewayRefused, GatewayUnavailable where nothing was done, or GatewayUnknown.
    """
    gateway, reference = gateway_of(order), order.payment_reference
    if gateway is None or reference is None:
        return
    db.session.commit()  # no transaction is open while we wait for the provider
    try:
        ask(gateway, reference)
    except GatewayUnknown:
        if not shown_by:
            raise
        if gateway.standing(reference) not in shown_by:
            raise GatewayUnavailable("It was not done: try again") from None
