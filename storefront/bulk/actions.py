"""What can be done with many orders at once."""

from collections.abc import Callable
from typing import Any

from storefront.orders import fulfilment
from storefront.orders.models import Order
from storefront.orders.provider_calls import require_own_contract, tell
from storefront.payment_requests import lifecycle, provider_sync
from storefront.ports.payments import DeferredGateway, GatewayUnavailable, TrackedParcel

BulkAction = Callable[
    [Order, TrackedParcel], list[Any] | None
]  # what it brings is kept to be printed


def _ship(order: Order, slip: TrackedParcel) -> None:
    if not any(parcel.slip == slip.number for parcel in order.shipments):  # else it has left
        fulfilment.ship(order, slip)


def _deliver(order: Order, _slip: TrackedParcel) -> None:
    fulfilment.deliver(order)


def refresh(order: Order, _slip: TrackedParcel | None = None) -> None:
    """following.refresh, which says when nobody could be asked or nobody answered."""
    if order.payment_reference is None:
        raise fulfilment.NotNow("No provider carries it")
    require_own_contract(order)
    if provider_sync.refresh(order) is None:
        raise GatewayUnavailable


def _send_link(order: Order, _slip: TrackedParcel) -> None:
    lifecycle.send_link_again(order)


def slip_data(order: Order, _slip: TrackedParcel | None = None) -> list[Any]:
    """What goes on the delivery note of an order whose payslip lies in the parcel."""
    require_own_contract(order)
    brought: list[Any] = []

    def fetch(gateway: DeferredGateway, reference: str) -> None:
        brought.extend(list(pair) for pair in gateway.slip_data(reference))

    tell(order, fetch)
    return brought


ACTIONS: dict[str, BulkAction] = {
    "ship": _ship,
    "deliver": _deliver,
    "refresh": refresh,
    "link": _send_link,
    "slip": slip_data,
}
