"""What the provider says of a payment, in whatever order it is heard."""

import random
from itertools import product

import pytest
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.payment_requests import provider_sync
from storefront.payments.status import PaymentState
from storefront.ports.payments import GatewayUnknown, ProviderStatus
from tests.factories import an_order
from tests.proofs.scale import SEED
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.verification.stand_ins import StillClock

COURSE = [
    ProviderStatus.APPROVED,
    ProviderStatus.SHIPPED,
    ProviderStatus.SOLD,
    ProviderStatus.REQUESTED,
    ProviderStatus.PAID,
]
PAYSLIP = {
    "payment_code": "kuroneko_payslip",
    "payment_status": "deferred",
    "payment_reference": "7KQ2-M9XD-1",
    "status": "delivered",
}
# Where each standing leads a payment; everything else stays where it is.
LEADS = {
    (PaymentState.DEFERRED, ProviderStatus.REQUESTED): PaymentState.REQUESTED,
    (PaymentState.DEFERRED, ProviderStatus.PAID): PaymentState.PAID,
    (PaymentState.DEFERRED, ProviderStatus.CANCELLED): PaymentState.CANCELLED,
    (PaymentState.REQUESTED, ProviderStatus.PAID): PaymentState.PAID,
    (PaymentState.REQUESTED, ProviderStatus.CANCELLED): PaymentState.CANCELLED,
    (PaymentState.OVERDUE, ProviderStatus.PAID): PaymentState.PAID,
    (PaymentState.OVERDUE, ProviderStatus.CANCELLED): PaymentState.CANCELLED,
    (PaymentState.AWAITING, ProviderStatus.PAID): PaymentState.PAID,
    (PaymentState.AWAITING, ProviderStatus.CANCELLED): PaymentState.CANCELLED,
}


def payslip(**changes: str) -> Order:
    return an_order(**{**PAYSLIP, **changes})


@pytest.mark.parametrize(("state", "standing"), list(product(PaymentState, ProviderStatus)))
def test_every_cell(app: Flask, state: PaymentState, standing: ProviderStatus) -> None:
    order = payslip(payment_status=state)

    provider_sync.hear(order, standing)

    assert order.payment_status == LEADS.get((state, standing), state)


def test_a_thousand_heard_in_any_order_and_often_end_as_the_plain_course(app: Flask) -> None:
    """Of each order the whole course, shuffled and doubled, and mixed with that of the others."""
    by = random.Random(SEED)  # noqa: S311  # a shuffle, no secret
    numbers = [f"7KQ2-M9XD-{nth}" for nth in range(60)]
    orders = {one: payslip(payment_reference=one, status="shipped") for one in numbers}
    told = [(one, standing) for one in numbers for standing in COURSE]
    told += by.choices(told, k=1_000 - len(told))
    by.shuffle(told)

    for number, standing in told:
        provider_sync.hear(orders[number], standing)

    plain = payslip(status="shipped")
    for standing in COURSE:
        provider_sync.hear(plain, standing)
    assert {stands(order) for order in orders.values()} == {stands(plain)}
    assert stands(plain) == ("delivered", "paid", 1, 1, 1)


def stands(order: Order) -> tuple[str, str, int, int, int]:
    """Order, payment, and how often each of three things has happened."""
    db.session.refresh(order)
    happened = [one.event for one in order.events]
    times = [happened.count(event) for event in ("delivered", "requested", "paid")]
    return (order.status, order.payment_status, *times)  # type: ignore[return-value]


@pytest.mark.parametrize("standing", list(ProviderStatus))
def test_a_parcel_has_arrived_once_its_sale_is_fixed(app: Flask, standing: ProviderStatus) -> None:
    order = payslip(status="shipped")

    provider_sync.hear(order, standing)

    has_arrived = standing in {ProviderStatus.SOLD, ProviderStatus.REQUESTED, ProviderStatus.PAID}
    assert order.status == ("delivered" if has_arrived else "shipped")


@pytest.mark.parametrize("status", ["placed", "preparing", "cancelled", "returned"])
def test_what_has_not_left_does_not_arrive(app: Flask, status: str) -> None:
    order = payslip(status=status)

    provider_sync.hear(order, ProviderStatus.SOLD)

    assert order.status == status


def test_asking_acts_on_the_answer(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway(tells=ProviderStatus.PAID))
    order = payslip()

    assert provider_sync.refresh(order) is ProviderStatus.PAID
    assert order.payment_status == "paid"
    assert gateway.asked == [("standing", "7KQ2-M9XD-1")]


def test_no_answer_changes_nothing(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown(), is_silent=True))
    order = payslip()

    assert provider_sync.refresh(order) is None
    assert order.payment_status == "deferred"


def test_nobody_is_asked_about_cash(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway())

    assert provider_sync.refresh(an_order()) is None
    assert gateway.asked == []


def test_each_is_asked_about_once_an_hour(app: Flask, still: StillClock) -> None:
    gateway = use_gateway(app, FakeGateway(tells=ProviderStatus.APPROVED))
    payslip()
    payslip(payment_status="paid", payment_reference="7KQ2-M9XD-2")
    payslip(status="shipped", payment_reference="7KQ2-M9XD-3")
    payslip(status="placed", payment_reference="7KQ2-M9XD-4")

    for _ in range(3):
        provider_sync.follow_up()
    asked = {reference for _standing, reference in gateway.asked}
    assert (len(gateway.asked), asked) == (2, {"7KQ2-M9XD-1", "7KQ2-M9XD-3"})

    still.forward(3601)
    provider_sync.follow_up()
    assert len(gateway.asked) == 4


def test_a_provider_that_does_not_answer_is_asked_once_a_minute(
    app: Flask, still: StillClock
) -> None:
    gateway = use_gateway(app, FakeGateway(is_silent=True))
    for nth in range(3):
        payslip(payment_reference=f"7KQ2-M9XD-{nth}")

    provider_sync.follow_up()
    assert len(gateway.asked) == 1

    gateway.is_silent = False
    provider_sync.follow_up()
    assert len(gateway.asked) == 3


def test_where_the_shop_collects_the_provider_still_tells_of_the_arrival(app: Flask) -> None:
    order = payslip(payment_code="kuroneko_smartphone", status="shipped")

    provider_sync.hear(order, ProviderStatus.REQUESTED)

    assert (order.status, order.payment_status) == ("delivered", "deferred")
