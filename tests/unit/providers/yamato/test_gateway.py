"""What the shop does after an order on credit, told to the simulator; and told again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from flask.testing import FlaskClient

from storefront.orders import adjustments, fulfilment
from storefront.orders.models import Order
from storefront.payments.status import PaymentState
from storefront.ports.payments import (
    Carrier,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    ProviderStatus,
    TrackedParcel,
)
from storefront.ports.registry import providers
from storefront.providers.yamato.account import account
from storefront.providers.yamato.account.account import Options
from storefront.providers.yamato.gateway import KuronekoGateway
from storefront.providers.yamato.protocol.exceptions import NoAnswer
from storefront.providers.yamato.protocol.transport import HURRIED, WORKERS, Reply, Timeout
from tests.unit.checkout.reading import newest_order
from tests.yamato import client as client
from tests.yamato import yamato_app as yamato_app

SLIP = TrackedParcel(Carrier.YAMATO, "123456789013", date(2026, 12, 1))


@pytest.fixture
def order(client: FlaskClient) -> Order:
    """On credit at the simulator, placed a moment ago."""
    assert client.post("/sandbox/orders", json={"state": "placed"}).status_code == 201
    return newest_order()


def standing(order: Order) -> ProviderStatus:
    assert order.payment_reference
    return providers().gateways["kuroneko"].standing(order.payment_reference)


def ship_and_die(order: Order) -> None:
    assert order.payment_reference
    providers().gateways["kuroneko"].ship(order.payment_reference, SLIP)


def test_a_slip_registered_before_a_sudden_death_is_taken_at_the_second_try(order: Order) -> None:
    ship_and_die(order)

    fulfilment.ship(order, SLIP)

    assert (order.status, standing(order)) == ("shipped", ProviderStatus.SHIPPED)


def test_an_amount_told_before_a_sudden_death_is_taken_at_the_second_try(order: Order) -> None:
    assert order.payment_reference
    bill = adjustments.bill_of(order, order.total - 100)
    providers().gateways["kuroneko"].reduce(order.payment_reference, bill)

    adjustments.reduce(order, order.total - 100)

    assert order.owed == order.total - 100


def test_what_is_cancelled_there_already_is_cancelled_here_at_the_second_try(order: Order) -> None:
    assert order.payment_reference
    providers().gateways["kuroneko"].cancel(order.payment_reference)

    fulfilment.cancel(order)

    assert order.status == "cancelled"


def test_a_slip_withdrawn_there_already_is_withdrawn_here_at_the_second_try(order: Order) -> None:
    fulfilment.ship(order, SLIP)
    assert order.payment_reference
    providers().gateways["kuroneko"].withdraw_slip(order.payment_reference)

    fulfilment.withdraw_slip(order)

    assert (order.status, standing(order)) == ("preparing", ProviderStatus.APPROVED)


def test_a_returned_order_is_owed_to_nobody(order: Order) -> None:
    fulfilment.ship(order, SLIP)
    fulfilment.deliver(order)

    fulfilment.take_back(order)

    assert (order.payment_status, standing(order)) == (
        PaymentState.CANCELLED,
        ProviderStatus.CANCELLED,
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda order: fulfilment.ship(
            order, TrackedParcel(Carrier.YAMATO, "123456789011", SLIP.ship_day)
        ),
        lambda order: adjustments.reduce(order, 1_000_000),
    ],
)
def test_a_slip_without_its_check_digit_and_a_higher_amount_are_refused(
    order: Order, act: Callable[[Order], None]
) -> None:
    with pytest.raises((GatewayRefused, GatewayUnavailable, adjustments.NotLess)):
        act(order)

    assert (order.status, order.owed) == ("placed", order.total)


OTHER = TrackedParcel(Carrier.OTHER, "AB-1", date(2026, 12, 1))


def test_another_carrier_is_refused_unless_the_contract_has_it(order: Order) -> None:
    with pytest.raises(GatewayRefused, match="other-carrier"):
        fulfilment.ship(order, OTHER)
    assert (order.status, standing(order)) == ("placed", ProviderStatus.APPROVED)

    account.register("12345678901", None, Options(other_carrier=True))
    fulfilment.ship(order, OTHER)
    assert (order.status, standing(order)) == ("shipped", ProviderStatus.SHIPPED)


def test_a_parcel_cannot_change_to_a_carrier_that_the_contract_leaves_out(order: Order) -> None:
    fulfilment.ship(order, SLIP)

    with pytest.raises(GatewayRefused, match="other-carrier"):
        fulfilment.change_slip(order, OTHER)
    assert order.shipments[0].slip == SLIP.number


def test_what_a_shopper_waits_for_is_given_up_sooner(order: Order) -> None:
    heard: list[Timeout] = []

    class Silent:
        def post(self, url: str, fields: Mapping[str, str], patience: Timeout) -> Reply:
            heard.append(patience)
            raise NoAnswer

    wired = cast(KuronekoGateway, providers().gateways["kuroneko"])
    gateway = replace(wired, yamato=replace(wired.yamato, transport=Silent()))
    for one in (gateway.hurried(), gateway):
        with pytest.raises(GatewayUnknown):
            one.cancel(order.payment_reference or "")

    assert heard == [HURRIED, WORKERS]
    assert HURRIED.in_all < WORKERS.in_all
