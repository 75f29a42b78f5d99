"""Having the provider of an order's credit do something, before the shop says that it is so."""

from collections.abc import Callable, Collection

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.payments import requirements
from storefront.payments.kinds import kind_of_code
from storefront.ports.payments import (
    DeferredGateway,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    Standing,
)
from storefront.ports.registry import providers

Ask = Callable[[DeferredGateway, str], None]


OTHER_CONTRACT = "other-contract"  # a reason of our own: nobody there knows the order


def is_of_another_contract(order: Order) -> bool:
    """Whether its credit was asked for under a contract that is no longer the shop's.

    What is done with it here is told to nobody: there is nobody to be asked.
    """
    return requirements.is_another(order.contract)


def require_own_contract(order: Order) -> None:
    """For what is done at the provider alone; raises GatewayRefused."""
    if is_of_another_contract(order):
        raise GatewayRefused(OTHER_CONTRACT)


def gateway_of(order: Order) -> DeferredGateway | None:
    """None where no provider carries it, as for cash, or does so no longer."""
    if order.payment_reference is None or is_of_another_contract(order):
        return None
    return providers().gateways.get(kind_of_code(order.payment_code).gateway)


def tell(
    order: Order,
    ask: Ask,
    shown_by: Collection[Standing] = (),
    refused_after: Collection[Standing] = (),
) -> None:
    """Ask once; where no answer comes, the standing shows whether it was done.

    A refusal in one of the last standings means that it was done before, by somebody who died
    before it was written down. Raises GatewayRefused, GatewayUnavailable where nothing was done,
    or GatewayUnknown.
    """
    line = _line(order)
    if line is None:
        return
    db.session.commit()  # no transaction is open while we wait for the provider
    try:
        ask(*line)
    except GatewayRefused:
        if not _stands(line, refused_after):
            raise
    except GatewayUnknown:
        if not _was_done(line, shown_by):
            raise GatewayUnavailable("It was not done: try again") from None


def _line(order: Order) -> tuple[DeferredGateway, str] | None:
    """Who carries the credit, and the number they know the order by; None for all else."""
    if order.payment_reference is None or is_of_another_contract(order):
        return None
    gateway = gateway_of(order)
    if gateway is None:
        raise GatewayUnavailable("The provider of the credit is not connected")
    return gateway, order.payment_reference


def _was_done(line: tuple[DeferredGateway, str], shown_by: Collection[Standing]) -> bool:
    if not shown_by:
        raise GatewayUnknown("No standing shows whether it was done")
    return _stands(line, shown_by)


def _stands(line: tuple[DeferredGateway, str], among: Collection[Standing]) -> bool:
    gateway, reference = line
    return bool(among) and gateway.standing(reference) in among
