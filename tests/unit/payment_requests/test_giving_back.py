"""Money that is owed back by hand: noted as sent once, and then owed no longer."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import fulfilment, owed_back, refunds
from storefront.orders.fulfilment import NotNow
from storefront.orders.models import Order
from storefront.orders.owed_back import GivenBack
from storefront.payment_requests import deposits, giving_back
from storefront.payment_requests.deposits import NotOnThatDay
from storefront.payment_requests.giving_back import MoreThanOwed
from storefront.privacy import closed_orders
from storefront.reports import dashboard
from tests.at_once import at_once
from tests.factories import an_order
from tests.proofs.grounds import on_both_databases

OWED = 4290


def today() -> date:
    return clock.today()


def paid_late(yen: int = OWED) -> Order:
    order = an_order(payment_code="bank_transfer")
    fulfilment.cancel(order)
    deposits.confirm(order, today(), yen)
    return order


def refunded() -> Order:
    order = an_order(payment_code="bank_transfer")
    deposits.confirm(order, today(), OWED)
    refunds.refund(order)
    return order


def cancelled() -> Order:
    order = an_order(payment_code="bank_transfer")
    deposits.confirm(order, today(), OWED)
    fulfilment.cancel(order)
    return order


def returned() -> Order:
    order = an_order(status="shipped")
    fulfilment.deliver(order)
    fulfilment.take_back(order)
    return order


def books_of(order: Order) -> dict[str, int]:
    entries = sa.text(
        "SELECT account, sum(yen) FROM ledger_entries WHERE order_id = :id"
        " GROUP BY account HAVING sum(yen) <> 0"
    )
    found = db.session.execute(entries, {"id": order.id}).all()
    return {account: int(yen) for account, yen in found}


def why_open(order: Order) -> str | None:
    return db.session.scalar(sa.select(closed_orders.why_open()).where(Order.id == order.id))


@pytest.mark.parametrize("make", [paid_late, refunded, cancelled, returned])
def test_what_is_owed_back_is_counted_until_it_was_sent(app: Flask, make: Any) -> None:
    order = make()
    assert books_of(order) == {"cash": OWED, "owed_back": -OWED}
    assert (owed_back.yen_of(order), dashboard.today().owed_back) == (OWED, 1)
    assert why_open(order) == "refund"

    giving_back.confirm(order, today(), OWED)

    assert books_of(order) == {}
    assert (owed_back.yen_of(order), dashboard.today().owed_back) == (0, 0)
    assert why_open(order) == ""
    assert order.events[-1].event == "given-back"


def test_what_is_sent_in_parts_is_owed_until_the_last_of_it(app: Flask) -> None:
    order = paid_late()

    giving_back.confirm(order, today(), 4000)
    assert (owed_back.yen_of(order), dashboard.today().owed_back) == (290, 1)
    giving_back.confirm(order, today(), 290)

    assert (owed_back.yen_of(order), dashboard.today().owed_back) == (0, 0)
    assert [one.yen for one in owed_back.sent_of(order)] == [4000, 290]


def test_pressed_twice_it_counts_once(app: Flask) -> None:
    order = paid_late()

    first, second = (giving_back.confirm(order, today(), 1000) for _ in range(2))

    assert first.id == second.id
    assert owed_back.yen_of(order) == OWED - 1000
    assert [event.event for event in order.events].count("given-back") == 1


def test_more_than_is_owed_is_refused_and_nothing_is_owed_for_ever(app: Flask) -> None:
    order = paid_late()

    with pytest.raises(MoreThanOwed):
        giving_back.confirm(order, today(), OWED + 1)
    giving_back.confirm(order, today(), OWED)
    with pytest.raises(NotNow):
        giving_back.confirm(order, today(), 1)

    assert books_of(order) == {}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_order_or_to_come_is_refused(app: Flask, days: int) -> None:
    order = paid_late()

    with pytest.raises(NotOnThatDay):
        giving_back.confirm(order, today() + timedelta(days=days), OWED)

    assert owed_back.yen_of(order) == OWED


def test_all_that_is_owed_back_stays_owed_when_the_parcel_comes_back_too(app: Flask) -> None:
    order = an_order(status="delivered", payment_status="paid", payment_code="bank_transfer")
    refunds.refund(order)
    deposits.confirm(order, today(), OWED)

    fulfilment.take_back(order)

    assert owed_back.yen_of(order) == 2 * OWED
    assert books_of(order) == {"cash": 2 * OWED, "owed_back": -2 * OWED}


def sent(app: Flask, number: str, yen: int) -> str:
    with app.app_context():
        order = db.session.scalars(sa.select(Order).where(Order.number == number)).one()
        try:
            giving_back.confirm(order, clock.today(), yen)
        except (NotNow, MoreThanOwed):
            return "late"
        return "done"


@on_both_databases
def test_equal_presses_at_once_count_once(either_shop: Flask) -> None:
    order = paid_late()

    ends = at_once([partial(sent, either_shop, order.number, OWED)] * 8)

    assert ends == ["done"] * 8
    db.session.rollback()  # to see what they have written
    assert books_of(order) == {}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GivenBack)) == 1


@on_both_databases
def test_different_presses_at_once_send_back_no_more_than_is_owed(either_shop: Flask) -> None:
    order = paid_late()

    ends = at_once([partial(sent, either_shop, order.number, OWED - nth) for nth in range(4)])

    assert ends.count("done") == 1
    db.session.rollback()
    assert 0 <= owed_back.yen_of(order) < 4
