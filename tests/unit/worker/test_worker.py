from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from storefront.cart.models import CartLine
from storefront.catalogue.models import StockHold, Variant
from storefront.checkout.models import Checkout
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from storefront.ports.mail import MailUnavailable, Message
from storefront.sandbox.phone import mailbox, phone
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import Challenge, LimitSlot
from storefront.worker import periodic_tasks
from tests.at_once import at_once
from tests.factories import a_payment_request, an_order
from tests.unit.verification.stand_ins import StillClock, use

PassTime = Callable[[int], None]


class Post:
    """A mail sender that remembers, and fails as often as the test says."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.messages: list[Message] = []

    def send(self, message: Message) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.messages.append(message)


def due_mail(**changes: str) -> Order:
    order = an_order(**changes)
    order_id = order.id
    with transaction():
        outbox.add("order-mail", order_id)
    return order


def the_row() -> OutboxRow:
    return db.session.scalars(sa.select(OutboxRow).execution_options(populate_existing=True)).one()


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_a_due_mail_is_sent(app: Flask) -> None:
    order = due_mail()

    periodic_tasks.run_due()

    assert [mail.to for mail in mailbox.mails()] == ["taro@example.com"]
    assert order.number in mailbox.mails()[0].text


def test_a_sent_mail_is_done(app: Flask) -> None:
    due_mail()

    periodic_tasks.run_due()

    assert the_row().done_at


def test_a_mail_is_sent_once_however_often_the_worker_runs(app: Flask) -> None:
    post = Post()
    use(app, mail=post)
    due_mail()

    for _ in range(3):
        periodic_tasks.run_due()

    assert len(post.messages) == 1


def test_a_mail_that_is_sent_twice_is_kept_once(still: StillClock) -> None:
    due_mail()
    row_id = the_row().id
    periodic_tasks.deliver(row_id)
    with transaction():
        db.session.execute(sa.update(OutboxRow).values(done_at=None))  # the worker died before

    periodic_tasks.deliver(row_id)

    assert len(mailbox.mails()) == 1


def test_a_mail_has_the_same_id_at_every_try(still: StillClock, app: Flask) -> None:
    post = Post()
    use(app, mail=post)
    due_mail()
    for _ in range(2):
        periodic_tasks.deliver(the_row().id)
        with transaction():
            db.session.execute(sa.update(OutboxRow).values(done_at=None))

    assert len({message.message_id for message in post.messages}) == 1
    assert len(post.messages) == 2


@pytest.mark.parametrize("failure", [MailUnavailable(), RuntimeError("a fault of ours")])
def test_a_mail_that_failed_is_put_off(still: StillClock, app: Flask, failure: Exception) -> None:
    use(app, mail=Post(failure))
    due_mail()

    periodic_tasks.run_due()

    assert the_row().due_at == still.now + timedelta(seconds=2)
    assert the_row().done_at is None


@pytest.mark.parametrize("failure", [MailUnavailable(), RuntimeError("a fault of ours")])
def test_a_mail_that_failed_is_sent_later(
    still: StillClock, app: Flask, failure: Exception
) -> None:
    post = Post(failure)
    use(app, mail=post)
    due_mail()
    periodic_tasks.run_due()
    still.forward(2)

    periodic_tasks.run_due()

    assert len(post.messages) == 1


def test_a_row_that_fails_does_not_stop_the_next_one(still: StillClock, app: Flask) -> None:
    post = Post(RuntimeError("a fault of ours"))
    use(app, mail=post)
    due_mail()
    due_mail()

    periodic_tasks.run_due()

    assert len(post.messages) == 1


def test_a_row_of_an_order_that_is_gone_does_not_stop_the_worker(still: StillClock) -> None:
    with transaction():
        outbox.add("order-mail", 4_711)
    due_mail()

    periodic_tasks.run_due()

    assert len(mailbox.mails()) == 1


def test_a_row_of_a_kind_nobody_knows_is_put_off(still: StillClock) -> None:
    with transaction():
        outbox.add("pigeon", 1)

    periodic_tasks.run_due()

    assert the_row().due_at > still.now


def test_a_mail_that_never_goes_is_given_up(still: StillClock, app: Flask) -> None:
    use(app, mail=Post(*[MailUnavailable()] * 100))
    due_mail()

    for _ in range(60):
        periodic_tasks.run_due()
        still.forward(300)

    assert (the_row().gave_up, the_row().attempts) == (True, outbox.MOST_ATTEMPTS)


def test_a_row_that_another_worker_has_is_left_alone(still: StillClock, app: Flask) -> None:
    post = Post()
    use(app, mail=post)
    due_mail()
    row_id = the_row().id
    outbox.claim(row_id)

    periodic_tasks.deliver(row_id)

    assert post.messages == []


def test_the_mail_of_a_worker_that_died_is_sent_by_another(still: StillClock, app: Flask) -> None:
    post = Post()
    use(app, mail=post)
    due_mail()
    outbox.claim(the_row().id)
    still.forward(61)

    periodic_tasks.run_due()

    assert len(post.messages) == 1


def test_no_transaction_is_open_while_the_mail_goes_out(app: Flask) -> None:
    seen = list[bool]()

    class Curious(Post):
        def send(self, message: Message) -> None:
            seen.append(db.session().in_transaction())

    use(app, mail=Curious())
    due_mail()

    periodic_tasks.run_due()

    assert seen == [False]


def test_an_english_order_gets_an_english_mail(app: Flask) -> None:
    due_mail(locale="en")

    periodic_tasks.run_due()

    assert "Thank you" in mailbox.mails()[0].text


def test_tidying_gives_back_stock_nobody_came_for(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.put_in("matcha-bowl").answer()
    shopper.press_confirm()
    pass_time(15 * 60)

    periodic_tasks.tidy_up()

    assert bowls() == 1


def bowls() -> int:
    query = sa.select(Variant.available).where(Variant.sku == "matcha-bowl")
    return db.session.scalars(query).one()


def test_tidying_leaves_stock_that_is_held(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in("matcha-bowl").answer()
    shopper.press_confirm()
    pass_time(14 * 60)

    periodic_tasks.tidy_up()

    assert bowls() == 0


def test_tidying_erases_codes_that_have_expired(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(600)

    periodic_tasks.tidy_up()

    assert db.session.scalars(sa.select(Challenge.sealed_code)).all() == [None]


def test_tidying_forgets_checkouts_of_a_day_ago(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(24 * 3_600 + 1)

    periodic_tasks.tidy_up()

    assert (count(Checkout), count(Challenge)) == (0, 0)


def test_tidying_keeps_counters_longer_than_checkouts(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms("080-1234-5678")
    pass_time(24 * 3_600 + 1)

    periodic_tasks.tidy_up()

    assert count(LimitSlot) > 0


def test_tidying_keeps_the_cart(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.to_sms()
    pass_time(7 * 24 * 3_600)

    periodic_tasks.tidy_up()

    assert count(CartLine) == 1
    assert count(StockHold) == 1


def test_a_checkout_that_was_forgotten_begins_anew(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.to_sms()
    pass_time(25 * 3_600)
    periodic_tasks.tidy_up()

    answer: TestResponse = shopper.get("/checkout")

    assert answer.status_code == 200


def test_a_row_is_done_by_what_is_true_now_whatever_was_read_before(app: Flask) -> None:
    order = an_order(payment_status="deferred", payment_code="kuroneko_smartphone")
    assert order.request is None

    def deliver_elsewhere() -> None:
        with app.app_context():
            a_payment_request(db.session.get_one(Order, order.id))
            with transaction():
                db.session.execute(sa.update(Order).values(payment_status="requested"))
                outbox.add("request-sms", order.id)

    at_once([deliver_elsewhere])
    db.session.commit()
    periodic_tasks.run_due()

    assert ["/p/" in text.text for text in phone.messages()] == [True]
