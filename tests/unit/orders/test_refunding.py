"""Giving back what was paid for an order that stays where it is."""

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.orders import owed_back, refunds
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import LedgerEntry, Order
from storefront.orders.payment_events import apply_payment_event
from storefront.payments.status import PaymentEvent
from storefront.sandbox.models import SandboxMail
from storefront.worker import periodic_tasks
from tests.factories import an_order


def a_paid_order() -> Order:
    order = an_order(status="delivered")
    with transaction():
        apply_payment_event(order, PaymentEvent.PAID, is_told=False)
    db.session.refresh(order)
    return order


def test_a_refund_leaves_only_what_is_owed_back_and_the_order_where_it_is(app: Flask) -> None:
    order = a_paid_order()

    refunds.refund(order)

    assert (order.status, order.payment_status) == ("delivered", "refunded")
    sums = sa.select(LedgerEntry.account, sa.func.sum(LedgerEntry.yen))
    books = dict(db.session.execute(sums.group_by(LedgerEntry.account)).all())
    assert {account: yen for account, yen in books.items() if yen} == {
        "cash": order.owed,
        "owed_back": -order.owed,
    }
    assert owed_back.yen_of(order) == order.owed


def test_its_shopper_is_told_once(app: Flask) -> None:
    refunds.refund(a_paid_order())

    periodic_tasks.run_due()

    subjects = list(db.session.scalars(sa.select(SandboxMail.subject)))
    assert [subject for subject in subjects if "ご返金のお知らせ" in subject] == subjects != []


def test_what_was_not_paid_or_is_given_back_already_is_not_given_back(app: Flask) -> None:
    unpaid, paid = an_order(), a_paid_order()
    refunds.refund(paid)

    for order in (unpaid, paid):
        with pytest.raises(NotNow):
            refunds.refund(order)
