"""Orders that nobody pays end by themselves, those that are paid never do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue.models import Variant
from storefront.checkout import unpaid_orders
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import LedgerEntry, Order
from storefront.outbox.models import OutboxRow
from storefront.payment_requests import deposits
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.ports.payments import GatewayUnavailable, Outcome
from storefront.sandbox import time
from storefront.sandbox.models import SandboxMail
from storefront.testing.form_shopper import FormShopper
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.factories import an_order
from tests.proofs.grounds import on_both_databases

DAY = 86_400
OWED = 4290


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def unpaid(**changes: Any) -> Order:
    return an_order(**{"payment_code": "bank_transfer", "pay_by": yesterday(), **changes})


def pieces() -> int:
    found = db.session.scalar(sa.select(Variant.available).where(Variant.id == 1))
    assert found is not None
    return found


def fresh(order: Order) -> Order:
    db.session.expire_all()
    return db.session.get_one(Order, order.id)


def test_an_unpaid_order_ends_its_pieces_go_back_and_the_shopper_is_told(app: Flask) -> None:
    order, before = unpaid(), pieces()

    unpaid_orders.end_unpaid()
    periodic_tasks.run_due()

    assert (fresh(order).status, order.payment_status) == ("cancelled", "cancelled")
    assert [event.event for event in order.events] == ["placed", "lapsed", "cancelled"]
    assert pieces() == before + 1
    assert not db.session.scalar(sa.select(sa.func.sum(LedgerEntry.yen)))
    mail = db.session.scalars(sa.select(SandboxMail)).one()
    assert "お支払いの期限までにご入金を確認できなかった" in mail.text


@pytest.mark.parametrize(
    "changes",
    [
        {"pay_by": None},
        {"pay_by": "today"},
        {"payment_status": "paid"},
        {"payment_status": "paid", "status": "shipped"},
        {"payment_code": "cod", "pay_by": None},
    ],
    ids=str,
)
def test_what_is_paid_in_time_or_has_no_last_day_stays(app: Flask, changes: Any) -> None:
    if changes.get("pay_by") == "today":
        changes = {"pay_by": clock.today()}
    order = unpaid(**changes)
    stood = order.status

    unpaid_orders.end_unpaid()

    assert fresh(order).status == stood


def placed(shopper: FormShopper, payment: str) -> Order:
    shopper.put_in().answer(payment)
    shopper.press_confirm()
    db.session.rollback()
    return db.session.scalars(sa.select(Order).order_by(Order.id.desc()).limit(1)).one()


def test_the_last_day_is_the_methods_own_and_the_sentence_names_it(
    app: Flask, shopper: FormShopper
) -> None:
    with transaction():
        mine = sa.update(PaymentMethod).where(PaymentMethod.code == "bank_transfer")
        db.session.execute(mine.values(days_to_pay=3))

    order = placed(shopper, "bank_transfer")

    assert order.pay_by == clock.today() + timedelta(days=3)
    assert "ご注文日から3日以内に" in order.texts["law"]["payment"]
    assert "ご注文日から3日以内に" in order.texts["instructions"]
    time.advance(3 * DAY)
    periodic_tasks.tidy_up()
    assert fresh(order).status == "placed"
    time.advance(DAY)
    periodic_tasks.tidy_up()
    assert fresh(order).status == "cancelled"


def at_the_store(app: Flask, outcome: Outcome | Exception) -> Order:
    """An order whose number at a store was issued, and what the provider says of it today."""
    order = unpaid(payment_code="cvs")
    visit = HostedSession(
        token="t" * 20,
        idempotency_key=order.key,
        checkout_id="c",
        order_id=order.id,
        order_number=order.number,
        method="cvs",
        means="cvs",
        yen=order.total,
        locale="ja",
        outcome="issued",
        opened_at=clock.now(),
    )
    with transaction():
        db.session.add(visit)
    wired = app.extensions["providers"]
    app.extensions["providers"] = replace(wired, hosted=Says(outcome))
    return order


class Says:
    """A provider of hosted pages that answers one thing."""

    origin = ""

    def __init__(self, answer: Outcome | Exception) -> None:
        self.answer = answer
        self.refunded: list[str] = []

    def open(self, visit: object) -> str:
        raise GatewayUnavailable

    def number(self, token: str) -> str:
        return "123"

    def outcome(self, token: str) -> Outcome:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def refund(self, token: str) -> None:
        self.refunded.append(token)


def test_an_unpaid_number_at_a_store_is_voided_with_its_order(app: Flask) -> None:
    order = at_the_store(app, Outcome.ISSUED)

    unpaid_orders.end_unpaid()
    periodic_tasks.run_due()

    assert fresh(order).status == "cancelled"
    assert app.extensions["providers"].hosted.refunded == ["t" * 20]


def test_a_payment_whose_notice_was_lost_saves_its_order(app: Flask) -> None:
    order = at_the_store(app, Outcome.PAID)

    unpaid_orders.end_unpaid()

    assert (fresh(order).status, order.payment_status) == ("placed", "paid")


def test_a_provider_that_does_not_answer_ends_nothing_and_holds_up_no_other(app: Flask) -> None:
    order = at_the_store(app, GatewayUnavailable())
    other = unpaid()

    unpaid_orders.end_unpaid()

    assert (fresh(order).status, fresh(other).status) == ("placed", "cancelled")


@on_both_databases
@pytest.mark.parametrize("nth", range(6))
def test_of_the_money_and_the_last_day_exactly_one_wins(either_shop: Flask, nth: int) -> None:
    order = unpaid(placed_at=clock.now() - timedelta(days=8))

    def confirm() -> str:
        with either_shop.app_context():
            mine = db.session.scalars(sa.select(Order).where(Order.id == order.id)).one()
            return "late" if deposits.confirm(mine, clock.today(), OWED).is_late else "paid"

    def end() -> str:
        with either_shop.app_context():
            mine = db.session.scalars(sa.select(Order).where(Order.id == order.id)).one()
            try:
                fulfilment.lapse(mine)
            except NotNow:
                return "kept"
            return "ended"

    acts: list[Callable[[], str]] = [confirm, end, confirm]
    ends = at_once(acts[nth % 3 :] + acts[: nth % 3])

    stands = fresh(order)
    books = db.session.scalar(sa.select(sa.func.sum(LedgerEntry.yen)))
    assert books == 0
    if stands.status == "placed":
        assert stands.payment_status == "paid"
        assert sorted(ends) == ["kept", "paid", "paid"]
    else:
        assert (stands.status, stands.payment_status) == ("cancelled", "cancelled")
        assert sorted(ends) == ["ended", "late", "late"]
    kinds = set(db.session.scalars(sa.select(OutboxRow.kind).where(OutboxRow.about == order.id)))
    assert ("paid-mail" in kinds) != ("late-money-mail" in kinds)
