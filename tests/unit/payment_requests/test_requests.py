"""Asking for the payment, reminding of it, and asking for the link again."""

import re
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, PaymentRequest
from storefront.orders.payment_events import apply_payment_event
from storefront.outbox.models import OutboxRow
from storefront.payment_requests import lifecycle
from storefront.payment_requests.lifecycle import TooSoon
from storefront.payments.status import PaymentEvent
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.sms.models import TextCount
from storefront.sms.segments import size_of
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.factories import an_order
from tests.unit.verification.stand_ins import StillClock, use
from tests.unit.worker.test_worker import Post

DAY = 86_400
LATER = {
    "payment_code": "kuroneko_smartphone",
    "payment_status": "deferred",
    "status": "delivered",
}


def asked(**changes: str) -> Order:
    order = an_order(**{**LATER, **changes})
    lifecycle.issue(order.id)
    db.session.refresh(order)
    return order


def rows() -> dict[str, str]:
    found = db.session.execute(sa.select(OutboxRow.kind, OutboxRow.due_at)).all()
    return {kind: f"{due.astimezone(clock.JAPAN):%m-%d %H:%M}" for kind, due in found}


def mails() -> list[str]:
    return [
        one.subject[7:].partition(" (")[0] for one in db.session.scalars(sa.select(SandboxMail))
    ]


def texts() -> list[str]:
    return list(db.session.scalars(sa.select(SandboxText.text)))


def work(still: StillClock, seconds: int = 0) -> None:
    still.forward(seconds)
    periodic_tasks.run_due()


def test_it_is_due_fourteen_days_after_its_issue(app: Flask) -> None:
    order = asked()

    assert order.payment_status == "requested"
    assert order.request is not None
    assert order.request.due_on == clock.today() + timedelta(days=14)


def test_each_message_has_its_day(app: Flask, still: StillClock) -> None:
    order = asked()
    assert order.request is not None
    due = order.request.due_on

    planned = rows()
    assert planned["reminder-mail"] == f"{due - timedelta(days=3):%m-%d} 10:00"
    assert planned["overdue"] == f"{due + timedelta(days=1):%m-%d} 10:00"
    assert "press-mail" not in planned


def test_it_is_pressed_a_week_after_it_was_told_overdue(app: Flask, still: StillClock) -> None:
    asked()

    work(still, 20 * DAY)

    assert rows()["press-mail"] == f"{clock.today() + timedelta(days=7):%m-%d} 10:00"


def test_a_second_hearing_of_the_delivery_asks_for_nothing_more(app: Flask) -> None:
    order = asked()
    before = rows()

    lifecycle.issue(order.id)

    assert rows() == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaymentRequest)) == 1


@pytest.mark.parametrize("code", ["kuroneko_payslip", "cod", "bank_transfer", "card"])
def test_the_shop_asks_only_where_it_collects_after_delivery(app: Flask, code: str) -> None:
    order = asked(payment_code=code)

    assert order.request is None
    assert rows() == {}


def test_whoever_pays_in_time_hears_no_more_of_it(app: Flask, still: StillClock) -> None:
    order = asked()
    work(still)
    with transaction():
        apply_payment_event(order, PaymentEvent.PAID)
    work(still, 40 * DAY)

    assert mails() == ["お支払い手続きのお願い", "お支払いを確認しました"]
    assert len(texts()) == 1


def test_the_mail_says_how_every_link_of_the_shop_begins(app: Flask, still: StillClock) -> None:
    asked()

    work(still)

    mail = db.session.scalars(sa.select(SandboxMail)).one()
    for part in (mail.text, mail.html):
        assert "必ず当店のアドレス http://127.0.0.1:8000/ で始まります。" in part
        assert re.findall(r"(https?://[^/]+/)pay/", part) == ["http://127.0.0.1:8000/"]


def test_nobody_wonders_at_what_was_paid_in_time(app: Flask, still: StillClock) -> None:
    asked()
    with transaction():
        apply_payment_event(db.session.scalars(sa.select(Order)).one(), PaymentEvent.PAID)

    with capture_logs() as logged:
        work(still, 40 * DAY)

    assert [one for one in logged if one["log_level"] == "warning"] == []


def test_whoever_does_not_is_reminded_and_then_pressed(app: Flask, still: StillClock) -> None:
    order = asked()
    for days in (0, 12, 4, 8):
        work(still, days * DAY)

    db.session.refresh(order)
    assert order.payment_status == "overdue"
    assert mails() == [
        "お支払い手続きのお願い",
        "お支払い期限が近づいています",
        "お支払い期限を過ぎています",
        "お支払い期限を過ぎています",
    ]
    assert len(texts()) == 4


def test_a_cancelled_order_asks_for_nothing(app: Flask, still: StillClock) -> None:
    order = asked()
    with transaction():
        apply_payment_event(order, PaymentEvent.CANCELLED)
    work(still, 40 * DAY)

    assert mails() == []
    assert texts() == []


def test_a_worker_that_was_away_sends_only_what_is_still_true(
    app: Flask, still: StillClock
) -> None:
    asked()
    work(still, 40 * DAY)

    assert mails() == ["お支払い手続きのお願い", "お支払い期限を過ぎています"]
    assert len(texts()) == 2


def test_the_link_may_be_asked_for_thrice_a_minute_apart(app: Flask, still: StillClock) -> None:
    order = asked()
    lifecycle.send_link_again(order)
    with pytest.raises(TooSoon):
        lifecycle.send_link_again(order)
    for _ in range(2):
        still.forward(61)
        lifecycle.send_link_again(order)
    still.forward(3600)

    with pytest.raises(TooSoon):
        lifecycle.send_link_again(order)


def test_a_link_that_was_asked_for_again_is_no_double_of_the_one_before(
    app: Flask, still: StillClock
) -> None:
    order, post = asked(), Post()
    use(app, mail=post)
    for _ in range(2):
        still.forward(61)
        lifecycle.send_link_again(order)
    periodic_tasks.run_due()
    with transaction():
        db.session.execute(sa.update(OutboxRow).values(done_at=None))  # the worker died before
    periodic_tasks.run_due()

    ids = Counter(message.message_id for message in post.messages)
    assert sorted(ids.values()) == [2, 2, 2]


@pytest.mark.parametrize("state", ["deferred", "paid", "cancelled", "refunded"])
def test_there_is_no_link_where_nothing_is_to_be_paid(app: Flask, state: str) -> None:
    with pytest.raises(TooSoon):
        lifecycle.send_link_again(an_order(**{**LATER, "payment_status": state}))


def test_of_many_presses_at_once_one_sends(app: Flask) -> None:
    order_id = asked().id

    def press() -> bool:
        with app.app_context():
            try:
                lifecycle.send_link_again(db.session.get_one(Order, order_id))
            except TooSoon:
                return False
            return True

    assert at_once([press] * 6).count(True) == 1


def test_a_link_lives_ninety_days(app: Flask, still: StillClock) -> None:
    order = asked()
    assert order.request is not None
    find = partial(lifecycle.by_token, order.request.token)

    still.forward(90 * DAY - 60)
    assert find() is not None
    still.forward(120)
    assert find() is None
    assert lifecycle.by_token("x" * 22) is None


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_link_of_a_text_leads_on_to_the_page_to_pay_on(app: Flask, prefix: str) -> None:
    answer = app.test_client().get(f"{prefix}/p/{'x' * 22}")

    assert (answer.status_code, answer.location) == (303, f"{prefix}/pay/{'x' * 22}")


@pytest.mark.parametrize(("locale", "prefix"), [("ja", ""), ("en", "/en")])
def test_a_text_carries_the_short_link_in_the_orders_language(
    app: Flask, still: StillClock, locale: str, prefix: str
) -> None:
    order = asked(locale=locale)
    work(still)

    assert order.request is not None
    assert texts()[-1].endswith(f"{prefix}/p/{order.request.token}")


def test_a_text_of_two_parts_costs_the_owner_two(app: Flask, still: StillClock) -> None:
    asked()
    work(still)

    counted = db.session.scalars(sa.select(TextCount.texts)).all()
    assert [size_of(said).parts for said in texts()] == counted == [2]
