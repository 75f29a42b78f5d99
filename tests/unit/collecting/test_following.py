"""What the provider says of a payment, in whatever order it is heard."""

import random
from itertools import product

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.collecting import following
from storefront.orders.models import Order
from storefront.payments import GatewayUnknown, Standing
from storefront.payments.moves import State
from tests.factories import an_order
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.verification.stand_ins import StillClock

COURSE = [Standing.APPROVED, Standing.SHIPPED, Standing.SOLD, Standing.REQUESTED, Standing.PAID]
PAYSLIP = {
    "payment_code": "kuroneko_payslip",
    "payment_status": "deferred",
    "payment_reference": "7KQ2-M9XD-1",
    "status": "delivered",
}
# Where each standing leads a payment; everything else stays where it is.
LEADS = {
    (State.DEFERRED, Standing.REQUESTED): State.REQUESTED,
    (State.DEFERRED, Standing.PAID): State.PAID,
    (State.DEFERRED, Standing.CANCELLED): State.CANCELLED,
    (State.REQUESTED, Standing.PAID): State.PAID,
    (State.REQUESTED, Standing.CANCELLED): State.CANCELLED,
    (State.OVERDUE, Standing.PAID): State.PAID,
    (State.OVERDUE, Standing.CANCELLED): State.CANCELLED,
    (State.AWAITING, Standing.PAID): State.PAID,
    (State.AWAITING, Standing.CANCELLED): State.CANCELLED,
}


def payslip(**changes: str) -> Order:
    return an_order(**{**PAYSLIP, **changes})


@pytest.mark.parametrize(("state", "standing"), list(product(State, Standing)))
def test_every_cell(app: Flask, state: State, standing: Standing) -> None:
    order = payslip(payment_status=state)

    following.hear(order, standing)

    assert order.payment_status == LEADS.get((state, standing), state)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_heard_in_any_order_and_often_it_ends_as_the_plain_course(
    app: Flask, by: random.Random
) -> None:
    plain, shuffled = payslip(), payslip(payment_reference="7KQ2-M9XD-2")
    told = [standing for standing in COURSE for _ in range(by.randint(1, 4))]
    by.shuffle(told)

    for standing in COURSE:
        following.hear(plain, standing)
    for standing in told:
        following.hear(shuffled, standing)

    assert (plain.payment_status, shuffled.payment_status) == ("paid", "paid")
    assert [one.event for one in shuffled.events].count("paid") == 1


def test_asking_acts_on_the_answer(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway(tells=Standing.PAID))
    order = payslip()

    assert following.refresh(order) is Standing.PAID
    assert order.payment_status == "paid"
    assert gateway.asked == [("standing", "7KQ2-M9XD-1")]


def test_no_answer_changes_nothing(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown(), is_silent=True))
    order = payslip()

    assert following.refresh(order) is None
    assert order.payment_status == "deferred"


def test_nobody_is_asked_about_cash(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway())

    assert following.refresh(an_order()) is None
    assert gateway.asked == []


def test_each_is_asked_about_once_an_hour(app: Flask, still: StillClock) -> None:
    gateway = use_gateway(app, FakeGateway(tells=Standing.SOLD))
    payslip()
    payslip(payment_status="paid", payment_reference="7KQ2-M9XD-2")
    payslip(status="shipped", payment_reference="7KQ2-M9XD-3")

    for _ in range(3):
        following.follow_up()
    assert gateway.asked == [("standing", "7KQ2-M9XD-1")]

    still.forward(3601)
    following.follow_up()
    assert len(gateway.asked) == 2
