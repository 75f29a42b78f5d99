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
    ProviderStatus,
)
from storefront.ports.registry import providers

Ask = Callable[[DeferredGateway, str], None]


OTHER_CONTRACT = "other-contract"  # a reason of our own: nobody there knows the order


def is_of_another_contract(order: Order) -> bool:
    """Whether the order's credit was granted under a contract that the shop no longer has.

    Such an order is shipped, cancelled and closed here alone: its provider cannot be called.
    """
    return requirements.is_another(order.contract)


def require_own_contract(order: Order) -> None:
    """Raises GatewayRefused for an order of another contract, whose provider cannot be called."""
    if is_of_another_contract(order):
        raise GatewayRefused(OTHER_CONTRACT)


def gateway_of(order: Order) -> DeferredGateway | None:
    """The provider of the order's credit; None for methods without one, or of another contract."""
    if order.payment_reference is None or is_of_another_contract(order):
        return None
    return providers().gateways.get(kind_of_code(order.payment_code).gateway)


def tell(
    order: Order,
    ask: Ask,
    shown_by: Collection[ProviderStatus] = (),
    refused_after: Collection[ProviderStatus] = (),
    *,
    in_haste: bool = False,
) -> None:
    """Have the order's provider do something, once; returns when the provider has done it.

    ask makes the call, with the gateway and the order's reference. Where no answer comes, the
    provider is asked for the order's standing: shown_by are those that show that the call was
    carried out. A refusal counts as done where the standing is in refused_after: an earlier
    process was killed between the provider's yes and the shop's commit. in_haste: a shopper waits,
    so the provider is given five seconds for each of at most two calls.

    Returns at once for an order that no provider carries. Commits the open transaction before the
    call. Raises GatewayRefused, GatewayUnavailable where nothing was done, or GatewayUnknown.
    """
    line = _line(order, in_haste=in_haste)
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


def _line(order: Order, *, in_haste: bool) -> tuple[DeferredGateway, str] | None:
    """The order's gateway and its reference there; None where no provider carries the order.

    Raises GatewayUnavailable where the provider is not connected.
    """
    if order.payment_reference is None or is_of_another_contract(order):
        return None
    gateway = gateway_of(order)
    if gateway is None:
        raise GatewayUnavailable("The provider of the credit is not connected")
    return gateway.hurried() if in_haste else gateway, order.payment_reference


def _was_done(line: tuple[DeferredGateway, str], shown_by: Collection[ProviderStatus]) -> bool:
    if not shown_by:
        raise GatewayUnknown("No standing shows whether it was done")
    return _stands(line, shown_by)


def _stands(line: tuple[DeferredGateway, str], among: Collection[ProviderStatus]) -> bool:
    gateway, reference = line
    return bool(among) and gateway.standing(reference) in among
