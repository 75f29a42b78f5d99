"""A shopper cancels an order: asked on a page of its own, done once, and given all back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from storefront.admin.auth.models import AuditEntry
from storefront.admin.orders import shopper_cancellations, timeline
from storefront.catalogue.models import Variant
from storefront.core import clock, polling
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment, moves
from storefront.orders.emails import content
from storefront.orders.fulfilment import BeingMoved, NotNow
from storefront.orders.models import Order
from storefront.outbox import outbox
from storefront.outbox.models import OutboxRow
from storefront.ports.payments import (
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    ProviderStatus,
)
from storefront.providers.yamato.protocol.transport import HURRIED
from storefront.sandbox.phone import mailbox
from storefront.shop import profile
from storefront.testing.form_shopper import FormShopper
from storefront.worker import periodic_tasks
from storefront.worker.handlers import ABANDONED
from tests.at_once import at_once
from tests.factories import an_order
from tests.proofs.grounds import on_both_databases
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.orders.test_fulfilment import SLIP, balances, on_credit, rows_of, shelf
from tests.unit.verification.stand_ins import StillClock


def press(shopper: FormShopper, order: Order) -> Any:
    answer = shopper.post(f"/orders/{order.token}/cancel")
    db.session.refresh(order)
    return answer


def test_it_is_asked_on_a_page_of_its_own_and_then_done(app: Flask, shopper: FormShopper) -> None:
    order, before = an_order(), shelf()

    status = shopper.get(f"/orders/{order.token}").text
    question = shopper.get(f"/orders/{order.token}/cancel").text
    answer = press(shopper, order)

    assert f'href="/orders/{order.token}/cancel"' in status
    assert f'action="/orders/{order.token}/cancel"' in question
    assert "萩焼の湯呑" in question
    assert "お支払いは不要です。" in question
    assert (answer.status_code, answer.location) == (303, f"/orders/{order.token}")
    assert (order.status, order.payment_status) == ("cancelled", "cancelled")
    assert (shelf(), balances(order)) == (before + 1, {})
    assert 'data-state="cancelled"' in shopper.get(f"/orders/{order.token}").text


def test_credit_is_given_back_at_its_provider(app: Flask, shopper: FormShopper) -> None:
    gateway = use_gateway(app, FakeGateway())
    order = on_credit()
    assert (
        "代金後払いのお申し込みも取り消します" in shopper.get(f"/orders/{order.token}/cancel").text
    )

    press(shopper, order)

    assert gateway.asked == [("hurried",), ("cancel", "7KQ2-M9XD-1")]
    assert (order.status, order.payment_status) == ("cancelled", "cancelled")


@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        ("bank_transfer", "paid", "4,290円(税込)をご返金します。ご返金先の口座をうかがうため"),
        ("card", "paid", "4,290円(税込)をご返金します。お支払いに使われた方法で"),
        ("bank_transfer", "awaiting", "お振込みがお済みの場合は"),
        ("cvs", "awaiting", "払込番号は使えなくなります"),
    ],
)
def test_the_question_says_what_becomes_of_the_money(
    client: FlaskClient, code: str, state: str, words: str
) -> None:
    order = an_order(payment_code=code, payment_status=state)

    assert words in client.get(f"/orders/{order.token}/cancel").text


def test_what_is_paid_is_given_back_and_the_letter_says_how(
    app: Flask, shopper: FormShopper
) -> None:
    order = an_order(payment_code="bank_transfer", payment_status="paid")

    press(shopper, order)

    letter = content.cancelled(order)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert balances(order) == {"cash": 4290, "owed_back": -4290}
    assert letter is not None
    assert letter.title == "ご注文のキャンセルを承りました"
    assert letter.paragraphs[0].endswith("お支払い済みの代金はご返金します。")
    assert letter.paragraphs[1] == "ご返金先の口座をうかがうため、当店からご連絡します。"


@pytest.mark.parametrize("state", ["preparing", "shipped", "delivered", "returned"])
def test_once_it_is_prepared_the_page_says_why_not(
    app: Flask, shopper: FormShopper, state: str
) -> None:
    order, before = an_order(status=state), shelf()

    answer = press(shopper, order)

    assert answer.status_code == 422
    assert "出荷準備が始まったため、この画面からはキャンセルできません" in answer.text
    assert 'href="tel:0300000000"' in answer.text
    assert "cancel-submit" not in answer.text
    assert (order.status, shelf(), rows_of(order)) == (state, before, [])


def test_a_second_press_finds_what_the_first_one_did(app: Flask, shopper: FormShopper) -> None:
    order, before = an_order(), shelf()

    codes = [press(shopper, order).status_code for _ in range(2)]

    assert codes == [303, 303]
    assert shelf() == before + 1
    assert rows_of(order).count("cancelled-mail") == 1
    assert shopper.get(f"/orders/{order.token}/cancel").status_code == 303


def test_an_old_token_cancels_nothing(app: Flask, client: FlaskClient) -> None:
    order = an_order()

    answer = client.post(f"/orders/{order.token}/cancel", data={"csrf_token": "old"})

    db.session.refresh(order)
    assert (answer.status_code, order.status) == (422, "placed")
    assert 'data-testid="error-summary"' in answer.text


def test_nothing_is_cancelled_while_the_provider_does_not_answer(
    app: Flask, shopper: FormShopper
) -> None:
    use_gateway(app, FakeGateway(GatewayUnavailable()))
    order = on_credit()

    answer = press(shopper, order)

    assert answer.status_code == 422
    assert "決済会社に接続できず、キャンセルできませんでした" in answer.text
    assert (order.status, order.claimed_until) == ("placed", None)


WAITING = "キャンセルのお申し出を承り、決済会社の回答を待っています"


def unanswered(app: Flask, shopper: FormShopper) -> tuple[Order, FakeGateway]:
    """An order whose cancellation its provider has not answered in time."""
    gateway = use_gateway(app, FakeGateway(GatewayUnknown()))
    order = on_credit()
    answer = press(shopper, order)
    assert (answer.status_code, answer.location) == (303, f"/orders/{order.token}")
    return order, gateway


def work(order: Order) -> None:
    """As the worker does it."""
    fulfilment.finish_cancelling(order.id)
    db.session.refresh(order)


def test_a_shopper_hears_before_the_browser_gives_up(client: FlaskClient) -> None:
    found = re.search(r'"defaultTimeout":(\d+)', client.get("/").text)
    assert found
    browser = int(found[1]) / 1000

    longest = polling.LOOKS * polling.EVERY + 2 * HURRIED.in_all

    assert longest + 1 < browser


def test_what_is_not_answered_in_time_is_said_to_be_open_and_kept(
    app: Flask, shopper: FormShopper
) -> None:
    order, gateway = unanswered(app, shopper)

    page = shopper.get(f"/orders/{order.token}").text

    assert gateway.asked == [("hurried",), ("cancel", "7KQ2-M9XD-1")]
    assert WAITING in page
    assert 'data-testid="cancel-order"' not in page
    assert (order.status, rows_of(order)) == ("placed", ["finish-cancelling"])


def test_a_press_while_it_is_open_asks_nobody_again(app: Flask, shopper: FormShopper) -> None:
    order, gateway = unanswered(app, shopper)
    asked = len(gateway.asked)

    again = press(shopper, order)
    looked = shopper.get(f"/orders/{order.token}/cancel")

    assert (again.status_code, looked.status_code) == (303, 303)
    assert len(gateway.asked) == asked
    assert rows_of(order) == ["finish-cancelling"]


@pytest.mark.parametrize(
    "other",
    [fulfilment.prepare, fulfilment.cancel, lambda order: fulfilment.ship(order, SLIP)],
    ids=["prepare", "cancel", "ship"],
)
def test_nobody_moves_an_order_whose_cancellation_is_open(
    app: Flask, shopper: FormShopper, other: Callable[[Order], Any]
) -> None:
    order, _gateway = unanswered(app, shopper)

    with pytest.raises(BeingMoved):
        other(order)

    assert order.status == "placed"


def test_the_worker_finishes_it_once_the_provider_answers(app: Flask, shopper: FormShopper) -> None:
    order, gateway = unanswered(app, shopper)
    before = shelf()
    with pytest.raises(GatewayUnavailable):
        work(order)
    db.session.refresh(order)
    assert (order.status, WAITING in shopper.get(f"/orders/{order.token}").text) == ("placed", True)
    with pytest.raises(BeingMoved):  # between its tries too
        fulfilment.prepare(order)

    gateway.fault = None
    work(order)
    work(order)  # as where the worker died right after

    assert (order.status, order.payment_status, order.claimed_until) == (
        "cancelled",
        "cancelled",
        None,
    )
    assert (shelf(), balances(order)) == (before + 1, {})
    assert rows_of(order).count("cancelled-mail") == 1
    assert WAITING not in shopper.get(f"/orders/{order.token}").text


def test_what_the_provider_had_done_without_an_answer_is_done_here_too(
    app: Flask, shopper: FormShopper
) -> None:
    order, gateway = unanswered(app, shopper)
    gateway.tells = ProviderStatus.CANCELLED

    work(order)

    assert order.status == "cancelled"


def test_a_no_of_the_provider_is_told_by_mail_and_the_order_is_free(
    app: Flask, shopper: FormShopper
) -> None:
    order, gateway = unanswered(app, shopper)
    gateway.fault = GatewayRefused("no")

    work(order)

    letter = content.not_cancelled(order)
    assert rows_of(order)[-1] == "not-cancelled-mail"
    assert letter is not None
    assert letter.title == "ご注文をキャンセルできませんでした"
    assert (order.status, order.claimed_until) == ("placed", None)
    fulfilment.prepare(order)


def test_a_provider_that_never_answers_ends_in_a_mail_to_the_shopper(
    app: Flask, shopper: FormShopper, still: StillClock
) -> None:
    order, _gateway = unanswered(app, shopper)

    for _ in range(outbox.MOST_ATTEMPTS + 5):
        periodic_tasks.run_due()
        still.forward(300)

    db.session.refresh(order)
    told = [mail.subject for mail in mailbox.mails(order.customer["email"])]
    assert order.status == "placed"
    assert sum("ご注文をキャンセルできませんでした" in subject for subject in told) == 1
    fulfilment.prepare(order)


def test_a_worker_that_dies_at_the_last_try_takes_no_mail_with_it(
    app: Flask, shopper: FormShopper, still: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _gateway = unanswered(app, shopper)
    with transaction():
        db.session.execute(sa.update(OutboxRow).values(attempts=outbox.MOST_ATTEMPTS - 1))

    def die(_order_id: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setitem(ABANDONED, fulfilment.UNFINISHED_CANCELLATION, die)
        with pytest.raises(KeyboardInterrupt):
            periodic_tasks.run_due()
    still.forward(600)
    periodic_tasks.run_due()

    assert rows_of(order).count("not-cancelled-mail") == 1


def test_the_owner_hears_of_it_by_one_mail(app: Flask, shopper: FormShopper) -> None:
    order = an_order(payment_code="bank_transfer", payment_status="paid")
    press(shopper, order)
    press(shopper, order)
    assert rows_of(order).count(fulfilment.OWNERS_MAIL) == 1

    for _ in range(2):  # as where the worker died after the first
        shopper_cancellations.tell_owner(order.id)

    [mail] = mailbox.mails(profile.shop().email)
    assert mail.subject == f"【さくら商店】ご注文がキャンセルされました ({order.number})"
    assert "4,290円(税込)のご返金が必要です。" in mail.text
    assert f"/admin/orders/{order.number}" in mail.text
    assert "山田" not in mail.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payment_code": "card", "payment_status": "refunded"}, "決済会社がお返しします。"),
        ({"payment_status": "cancelled"}, "ご返金はありません。"),
    ],
)
def test_the_owners_mail_says_what_becomes_of_the_money(
    app: Flask, changes: dict[str, str], words: str
) -> None:
    order = an_order(status="cancelled", **changes)

    mail = shopper_cancellations.mail(order)

    assert words in mail.text
    assert words in mail.html
    with force_locale("en"):
        assert "cancelled" in shopper_cancellations.mail(order).text


@on_both_databases
def test_two_presses_at_once_send_the_owner_one_mail(either_shop: Flask) -> None:
    order_id = an_order().id
    db.session.commit()

    def cancel() -> str:
        with either_shop.app_context():
            try:
                fulfilment.cancel_by_shopper(db.session.get_one(Order, order_id))
            except NotNow:
                return "not now"
            return "done"

    assert sorted(at_once([cancel] * 2)) == ["done", "not now"]
    db.session.rollback()
    assert rows_of(db.session.get_one(Order, order_id)).count(fulfilment.OWNERS_MAIL) == 1


@dataclass
class Meanwhile(FakeGateway):
    """While it is asked for one thing, somebody else tries another."""

    act: Callable[[], object] = lambda: None
    met: list[object] = field(default_factory=list)

    def _hear(self, *what: Any) -> None:
        super()._hear(*what)
        if not self.met:
            self.met = at_once([self.act])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (fulfilment.cancel_by_shopper, lambda order: fulfilment.ship(order, SLIP)),
        (fulfilment.cancel_by_shopper, fulfilment.prepare),
        (fulfilment.cancel_by_shopper, fulfilment.cancel),
        (lambda order: fulfilment.ship(order, SLIP), fulfilment.cancel_by_shopper),
        (fulfilment.cancel, lambda order: fulfilment.ship(order, SLIP)),
    ],
    ids=["ship", "prepare", "owner", "while shipping", "owner while shipping"],
)
def test_whoever_comes_while_the_provider_is_asked_finds_the_order_taken(
    app: Flask, first: Callable[[Order], Any], second: Callable[[Order], Any]
) -> None:
    order = on_credit()

    def try_second() -> str:
        with app.app_context():
            try:
                second(db.session.get_one(Order, order.id))
            except BeingMoved:
                return "being moved"
            return "done"

    gateway = Meanwhile(act=try_second)
    use_gateway(app, gateway)
    first(order)

    assert gateway.met == ["being moved"]
    assert order.status in {"cancelled", "shipped"}
    assert order.claimed_until is None


def test_the_claim_of_whoever_died_runs_out(app: Flask) -> None:
    use_gateway(app, FakeGateway())
    order = on_credit()
    with transaction():
        order.claimed_until = clock.now() + moves.LONGEST

    with pytest.raises(BeingMoved):
        fulfilment.ship(order, SLIP)
    with transaction():
        order.claimed_until = clock.now() - timedelta(seconds=1)
    fulfilment.ship(order, SLIP)

    assert order.status == "shipped"


def test_the_owners_timeline_and_audit_log_tell_who_it_was(
    app: Flask, shopper: FormShopper
) -> None:
    order = an_order()
    press(shopper, order)
    assert fulfilment.CANCELLED_BY_SHOPPER in rows_of(order)

    for _ in range(2):  # as where the worker died after the first
        shopper_cancellations.record(order.id)

    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == order.number))
    assert [(one.who, one.action, one.after) for one in entries] == [
        (
            "shopper",
            "order.cancelled-by-shopper",
            {"status": "cancelled", "payment": "cancelled", "yen": 4290},
        )
    ]
    assert "お客さまがキャンセルしました" in [one.words for one in timeline.of(order, {})]


def test_the_shopper_may_not_do_what_only_the_owner_may(app: Flask) -> None:
    order = an_order(status="preparing")

    with pytest.raises(NotNow):
        fulfilment.cancel_by_shopper(order)
    fulfilment.cancel(order)

    assert order.status == "cancelled"


def test_a_strangers_address_cancels_nothing(shopper: FormShopper) -> None:
    assert shopper.post(f"/orders/{'x' * 43}/cancel").status_code == 404
    assert shopper.get(f"/orders/{'x' * 43}/cancel").status_code == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0
    assert db.session.scalar(sa.select(Variant.available).where(Variant.id == 1))
