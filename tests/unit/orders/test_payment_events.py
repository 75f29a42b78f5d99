"""What news of its payment does to an order."""

from functools import partial
from itertools import product

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent
from storefront.orders.payment_events import apply_payment_event
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.testing.specimen import NAME
from tests.at_once import at_once
from tests.factories import an_order, some_answers
from tests.unit.verification.stand_ins import StillClock

pytestmark = pytest.mark.usefixtures("app")

MOVES = {
    ("awaiting", "paid"),
    ("awaiting", "cancelled"),
    ("deferred", "requested"),
    ("deferred", "cancelled"),
    ("requested", "overdue"),
    ("requested", "paid"),
    ("requested", "cancelled"),
    ("overdue", "paid"),
    ("overdue", "cancelled"),
    ("paid", "refunded"),
}
KNOWN = {
    ("requested", "requested"),
    ("overdue", "overdue"),
    ("paid", "paid"),
    ("cancelled", "cancelled"),
    ("refunded", "refunded"),
}
IMPOSSIBLE = set(product(PaymentState, PaymentEvent)) - MOVES - KNOWN


def hear(order: Order, *told: PaymentEvent) -> list[bool]:
    moved = []
    for news in told:
        with transaction():
            moved.append(apply_payment_event(order, news))
    return moved


def standing(order: Order) -> str | None:
    return db.session.scalar(sa.select(Order.payment_status).where(Order.id == order.id))


def events(order: Order) -> list[str]:
    query = sa.select(OrderEvent.event).where(OrderEvent.order_id == order.id)
    return list(db.session.scalars(query.order_by(OrderEvent.id)))


@pytest.mark.parametrize(("old", "news"), sorted(MOVES))
def test_a_move_is_kept_with_its_event(old: str, news: str) -> None:
    order = an_order(payment_status=old)

    moved = hear(order, PaymentEvent(news))

    assert (moved, standing(order), order.payment_status) == ([True], news, news)
    assert events(order) == ["placed", news]


def test_the_event_has_the_moment_the_news_was_heard(still: StillClock) -> None:
    order = an_order()
    still.forward(3600)

    hear(order, PaymentEvent.PAID)

    at = sa.select(OrderEvent.at).where(OrderEvent.event == "paid")
    assert db.session.scalar(at) == clock.now()


@pytest.mark.parametrize(("old", "news"), sorted(KNOWN))
def test_known_news_is_neither_kept_nor_logged(old: str, news: str) -> None:
    order = an_order(payment_status=old)

    with capture_logs() as logged:
        moved = hear(order, PaymentEvent(news))

    assert (moved, standing(order), events(order)) == ([False], old, ["placed"])
    assert logged == []


@pytest.mark.parametrize(("old", "news"), sorted(IMPOSSIBLE))
def test_impossible_news_changes_nothing_and_is_logged(
    old: PaymentState, news: PaymentEvent
) -> None:
    order = an_order(payment_status=old)

    with capture_logs() as logged:
        moved = hear(order, news)

    assert (moved, standing(order), events(order)) == ([False], old, ["placed"])
    assert [(one["event"], one["state"], one["news"]) for one in logged] == [
        ("payment_news_refused", old, news)
    ]


def test_the_log_knows_an_order_by_its_number_only() -> None:
    order = an_order(customer=some_answers(name=NAME, tel="09012345678"))

    with capture_logs() as logged:
        hear(order, PaymentEvent.REFUNDED)

    assert logged == [
        {
            "event": "payment_news_refused",
            "order": order.number,
            "state": "awaiting",
            "news": "refunded",
            "log_level": "warning",
        }
    ]


def test_news_of_one_order_leaves_the_others_alone() -> None:
    order, other = an_order(), an_order()

    hear(order, PaymentEvent.PAID)

    assert (standing(other), events(other)) == ("awaiting", ["placed"])


def test_doubled_and_late_news_leaves_the_events_of_a_plain_life() -> None:
    order = an_order(payment_status="deferred")
    requested, overdue, paid = PaymentEvent.REQUESTED, PaymentEvent.OVERDUE, PaymentEvent.PAID

    hear(order, requested, requested, overdue, requested, paid, overdue, paid, requested)

    assert standing(order) == "paid"
    assert events(order) == ["placed", "requested", "overdue", "paid"]


def test_a_move_is_undone_with_the_callers_transaction() -> None:
    order = an_order()

    with transaction():
        apply_payment_event(order, PaymentEvent.PAID)
        db.session.rollback()

    assert (standing(order), events(order)) == ("awaiting", ["placed"])


def test_a_payment_is_judged_by_where_it_stands_now_not_by_what_was_read_before() -> None:
    order = an_order(payment_status="requested")
    with transaction():
        db.session.execute(sa.text("UPDATE orders SET payment_status = 'cancelled'"))

    assert hear(order, PaymentEvent.PAID) == [False]
    assert standing(order) == "cancelled"


def hear_in_own_session(app: Flask, order: Order, news: PaymentEvent) -> bool:
    with app.app_context():
        moved = hear(order, news)
        db.session.remove()
    return moved == [True]


def test_of_ten_that_hear_the_same_at_once_one_moves_the_order(app: Flask) -> None:
    order = an_order(payment_status="requested")

    moved = at_once([partial(hear_in_own_session, app, order, PaymentEvent.PAID)] * 10)

    assert moved.count(True) == 1
    assert (standing(order), events(order)) == ("paid", ["placed", "paid"])


def test_of_payment_and_cancellation_at_once_one_comes_true(app: Flask) -> None:
    order = an_order(payment_status="requested")
    told = [PaymentEvent.PAID, PaymentEvent.CANCELLED] * 5

    moved = at_once([partial(hear_in_own_session, app, order, news) for news in told])

    assert [news for news, true in zip(told, moved, strict=True) if true] == [standing(order)]
    assert events(order) == ["placed", standing(order)]
