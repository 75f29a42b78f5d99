"""Shipping, delivering and cancelling: the provider first, then the shop's own books."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from storefront.catalogue.models import Variant
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.fulfilment import NotNow, NotPaid
from storefront.orders.models import LedgerEntry, Order
from storefront.outbox.models import OutboxRow
from storefront.payments.models import HostedSession
from storefront.ports.payments import (
    Carrier,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    ProviderStatus,
    TrackedParcel,
)
from tests.at_once import at_once
from tests.factories import an_order
from tests.unit.orders.gateways import FakeGateway, use_gateway

SLIP = TrackedParcel(Carrier.YAMATO, "123456789011", date(2026, 12, 1))
OTHER = TrackedParcel(Carrier.OTHER, "AB-1", date(2026, 12, 1))
ON_CREDIT = {
    "payment_code": "kuroneko_smartphone",
    "payment_status": "deferred",
    "payment_reference": "7KQ2-M9XD-1",
}


@pytest.fixture
def gateway(app: Flask) -> FakeGateway:
    return use_gateway(app, FakeGateway())


def on_credit(**changes: Any) -> Order:
    return an_order(**{**ON_CREDIT, **changes})


def rows_of(order: Order) -> list[str]:
    query = sa.select(OutboxRow.kind).where(OutboxRow.about == order.id).order_by(OutboxRow.id)
    return list(db.session.scalars(query))


def events_of(order: Order) -> list[str]:
    return [event.event for event in order.events]


def test_shipping_tells_the_provider_and_then_the_shopper(gateway: FakeGateway) -> None:
    order = on_credit()

    fulfilment.ship(order, SLIP)

    assert gateway.asked == [("ship", "7KQ2-M9XD-1", SLIP.number)]
    assert order.status == "shipped"
    assert order.shipments[0].slip == SLIP.number
    assert rows_of(order) == ["shipped-mail"]
    assert events_of(order) == ["placed", "shipped"]


@pytest.mark.parametrize("fault", [GatewayRefused("kaasl014E"), GatewayUnavailable()])
def test_what_the_provider_does_not_do_is_not_so(app: Flask, fault: Exception) -> None:
    use_gateway(app, FakeGateway(fault))
    order = on_credit()

    for act in (lambda: fulfilment.ship(order, SLIP), lambda: fulfilment.cancel(order)):
        with pytest.raises(type(fault)):
            act()

    assert (order.status, order.payment_status, order.shipments) == ("placed", "deferred", [])
    assert rows_of(order) == []


def test_an_answer_that_never_came_is_asked_about(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway(GatewayUnknown(), ProviderStatus.SHIPPED))
    order = on_credit()

    fulfilment.ship(order, SLIP)

    assert [call[0] for call in gateway.asked] == ["ship", "standing"]
    assert order.status == "shipped"


def test_what_was_not_done_after_all_may_be_tried_again(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown(), ProviderStatus.APPROVED))
    order = on_credit()

    with pytest.raises(GatewayUnavailable):
        fulfilment.ship(order, SLIP)
    assert order.status == "placed"


@pytest.mark.parametrize("standing", ["in-doubt", "sold", "requested", "paid"])
def test_a_parcel_that_is_further_on_was_registered(app: Flask, standing: str) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown(), ProviderStatus(standing)))
    order = on_credit()

    fulfilment.ship(order, SLIP)

    assert order.status == "shipped"


def test_what_was_cancelled_before_a_sudden_death_is_cancelled_now(app: Flask) -> None:
    gateway = use_gateway(app, FakeGateway(GatewayRefused("kaacl009E"), ProviderStatus.CANCELLED))
    order = on_credit()

    fulfilment.cancel(order)

    assert [call[0] for call in gateway.asked] == ["cancel", "standing"]
    assert (order.status, order.payment_status) == ("cancelled", "cancelled")


def test_what_was_withdrawn_before_a_sudden_death_is_withdrawn_now(gateway: FakeGateway) -> None:
    order = on_credit()
    fulfilment.ship(order, SLIP)
    gateway.fault = GatewayRefused("kaasl022E")

    fulfilment.withdraw_slip(order)

    assert order.status == "preparing"


def test_a_slip_of_the_wrong_shape_is_refused_though_a_parcel_has_left(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayRefused("kaasl014E"), ProviderStatus.SHIPPED))
    order = on_credit()

    with pytest.raises(GatewayRefused):
        fulfilment.ship(order, SLIP)
    assert order.status == "placed"


@pytest.mark.parametrize("act", [fulfilment.cancel, lambda order: fulfilment.ship(order, SLIP)])
def test_an_order_on_credit_waits_until_its_provider_can_be_told(
    app: Flask, act: Callable[[Order], Any]
) -> None:
    order = on_credit()

    with pytest.raises(GatewayUnavailable):
        act(order)
    assert (order.status, order.payment_status) == ("placed", "deferred")


def test_while_nobody_knows_nothing_is_claimed(app: Flask) -> None:
    use_gateway(app, FakeGateway(GatewayUnknown(), is_silent=True))
    order = on_credit()

    with pytest.raises(GatewayUnknown):
        fulfilment.cancel(order)
    assert order.status == "placed"


@pytest.mark.parametrize("code", ["bank_transfer", "card", "cvs"])
def test_what_is_paid_in_advance_leaves_only_when_it_is_paid(app: Flask, code: str) -> None:
    order = an_order(payment_code=code)
    with pytest.raises(NotPaid):
        fulfilment.ship(order, SLIP)

    paid = an_order(payment_code=code, payment_status="paid")
    fulfilment.ship(paid, SLIP)
    assert paid.status == "shipped"


def test_a_changed_slip_is_told_with_the_old_one(gateway: FakeGateway) -> None:
    order = on_credit()
    fulfilment.ship(order, SLIP)

    fulfilment.change_slip(order, OTHER)

    assert gateway.asked[-1] == ("change_slip", "7KQ2-M9XD-1", SLIP.number, "AB-1")
    assert (order.shipments[0].carrier, order.shipments[0].slip) == ("other", "AB-1")
    assert rows_of(order) == ["shipped-mail", "shipped-mail"]


def test_a_withdrawn_slip_leaves_the_order_to_be_shipped_again(gateway: FakeGateway) -> None:
    order = on_credit()
    fulfilment.ship(order, SLIP)

    fulfilment.withdraw_slip(order)
    assert (order.status, order.shipments) == ("preparing", [])

    fulfilment.ship(order, SLIP)
    assert order.status == "shipped"


def test_a_delivery_is_heard_once(gateway: FakeGateway) -> None:
    order = on_credit()
    fulfilment.ship(order, SLIP)

    assert fulfilment.deliver(order)
    assert not fulfilment.deliver(order)

    assert order.shipments[0].delivered_at is not None
    assert rows_of(order).count("delivered") == 1


def test_cash_is_paid_at_the_door(app: Flask) -> None:
    order = an_order()
    fulfilment.ship(order, SLIP)
    fulfilment.deliver(order)

    assert order.payment_status == "paid"


def test_what_has_not_left_cannot_arrive(app: Flask) -> None:
    with pytest.raises(NotNow):
        fulfilment.deliver(an_order())


def shelf() -> int:
    found = db.session.scalar(sa.select(Variant.available).where(Variant.id == 1))
    assert found is not None
    return found


def test_cancelling_gives_everything_back(gateway: FakeGateway) -> None:
    order, before = on_credit(), shelf()

    fulfilment.cancel(order)

    assert gateway.asked == [("cancel", "7KQ2-M9XD-1")]
    assert (order.status, order.payment_status) == ("cancelled", "cancelled")
    assert shelf() == before + 1
    assert balances(order) == {}
    assert rows_of(order) == ["cancelled-mail"]


def test_cancelling_what_is_paid_gives_the_money_back(app: Flask) -> None:
    order = an_order(payment_code="bank_transfer", payment_status="paid")

    fulfilment.cancel(order)

    assert order.payment_status == "refunded"


def test_a_returned_order_is_not_asked_to_be_paid(gateway: FakeGateway) -> None:
    order, before = on_credit(), shelf()
    fulfilment.ship(order, SLIP)
    fulfilment.deliver(order)

    fulfilment.take_back(order)

    assert gateway.asked[-1] == ("cancel", "7KQ2-M9XD-1")
    assert (order.status, order.payment_status) == ("returned", "cancelled")
    assert (balances(order), shelf()) == ({}, before)
    assert rows_of(order)[-1] == "returned-mail"


def test_a_parcel_whose_credit_cannot_be_ended_is_not_taken_back(gateway: FakeGateway) -> None:
    order = on_credit()
    fulfilment.ship(order, SLIP)
    gateway.fault = GatewayRefused("kaacl015E")

    with pytest.raises(GatewayRefused):
        fulfilment.take_back(order)
    assert (order.status, order.payment_status) == ("shipped", "deferred")


def test_what_the_provider_has_passed_on_is_the_shops_to_give_back(gateway: FakeGateway) -> None:
    order = on_credit(payment_status="paid", status="delivered")

    fulfilment.take_back(order)

    assert gateway.asked == []
    assert order.payment_status == "refunded"


@pytest.mark.parametrize(
    ("outcome", "then"),
    [("paid", "owed-back"), ("issued", "owed-back"), ("open", "open"), ("refused", "refused")],
)
def test_what_came_by_a_hosted_page_goes_back_by_it(app: Flask, outcome: str, then: str) -> None:
    order = an_order(payment_code="card", payment_status="paid")
    a_visit(order, outcome)

    fulfilment.cancel(order)

    db.session.expire_all()
    assert db.session.get_one(HostedSession, "visit").outcome == then
    assert ("hosted-refund" in kinds()) == (then == "owed-back")


def a_visit(order: Order, outcome: str) -> None:
    with transaction():
        db.session.add(
            HostedSession(
                token="visit",
                order_id=order.id,
                order_number=order.number,
                method=order.payment_code,
                means="card",
                yen=order.owed,
                locale="ja",
                outcome=outcome,
                opened_at=order.placed_at,
            )
        )


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(OutboxRow.kind)))


def test_no_impossible_news_is_logged_when_a_paid_order_is_cancelled(app: Flask) -> None:
    order = an_order(payment_code="bank_transfer", payment_status="paid")

    with capture_logs() as logged:
        fulfilment.cancel(order)

    assert logged == []


def balances(order: Order) -> dict[str, int]:
    mine = LedgerEntry.order_id == order.id
    query = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen)).where(mine)
    rows = db.session.execute(query.group_by(LedgerEntry.account)).all()
    return {account: yen for account, yen in rows if yen}


@pytest.mark.parametrize("act", [fulfilment.cancel, fulfilment.withdraw_slip, fulfilment.deliver])
def test_a_cancelled_order_stays_as_it_is(app: Flask, act: Callable[[Order], Any]) -> None:
    order = an_order()
    fulfilment.cancel(order)

    with pytest.raises(NotNow):
        act(order)


def test_of_two_who_ship_at_once_one_does(app: Flask) -> None:
    order_id = an_order().id

    def ship() -> str:
        with app.app_context():
            try:
                fulfilment.ship(db.session.get_one(Order, order_id), SLIP)
            except NotNow:
                return "refused"
            return "shipped"

    assert sorted(at_once([ship] * 4)) == ["refused", "refused", "refused", "shipped"]
