"""A shopper cancels an order: asked on a page of its own, done once, and given all back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.admin.auth.models import AuditEntry
from storefront.admin.orders import shopper_cancellations, timeline
from storefront.catalogue.models import Variant
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment, moves
from storefront.orders.emails import content
from storefront.orders.fulfilment import BeingMoved, NotNow
from storefront.orders.models import Order
from storefront.outbox.models import OutboxRow
from storefront.ports.payments import GatewayUnavailable
from tests.at_once import at_once
from tests.factories import an_order
from tests.shopper import Shopper
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.orders.test_fulfilment import SLIP, balances, on_credit, rows_of, shelf


def press(shopper: Shopper, order: Order) -> Any:
    answer = shopper.post(f"/orders/{order.token}/cancel")
    db.session.refresh(order)
    return answer


def test_it_is_asked_on_a_page_of_its_own_and_then_done(app: Flask, shopper: Shopper) -> None:
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


def test_credit_is_given_back_at_its_provider(app: Flask, shopper: Shopper) -> None:
    gateway = use_gateway(app, FakeGateway())
    order = on_credit()
    assert (
        "代金後払いのお申し込みも取り消します" in shopper.get(f"/orders/{order.token}/cancel").text
    )

    press(shopper, order)

    assert gateway.asked == [("cancel", "7KQ2-M9XD-1")]
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


def test_what_is_paid_is_given_back_and_the_letter_says_how(app: Flask, shopper: Shopper) -> None:
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
    app: Flask, shopper: Shopper, state: str
) -> None:
    order, before = an_order(status=state), shelf()

    answer = press(shopper, order)

    assert answer.status_code == 422
    assert "出荷準備が始まったため、この画面からはキャンセルできません" in answer.text
    assert 'href="tel:0300000000"' in answer.text
    assert "cancel-submit" not in answer.text
    assert (order.status, shelf(), rows_of(order)) == (state, before, [])


def test_a_second_press_finds_what_the_first_one_did(app: Flask, shopper: Shopper) -> None:
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
    app: Flask, shopper: Shopper
) -> None:
    use_gateway(app, FakeGateway(GatewayUnavailable()))
    order = on_credit()

    answer = press(shopper, order)

    assert answer.status_code == 422
    assert "決済会社に接続できず、キャンセルできませんでした" in answer.text
    assert (order.status, order.claimed_until) == ("placed", None)


@dataclass
class Meanwhile(FakeGateway):
    """While it is asked for one thing, somebody else tries another."""

    act: Callable[[], object] = lambda: None

    def _hear(self, *what: Any) -> None:
        super()._hear(*what)
        if len(self.asked) == 1:
            self.asked += [("met", one) for one in at_once([self.act])]


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

    gateway = use_gateway(app, Meanwhile(act=try_second))
    first(order)

    assert gateway.asked[1:] == [("met", "being moved")]
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


def test_the_owners_timeline_and_audit_log_tell_who_it_was(app: Flask, shopper: Shopper) -> None:
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


def test_a_strangers_address_cancels_nothing(shopper: Shopper) -> None:
    assert shopper.post(f"/orders/{'x' * 43}/cancel").status_code == 404
    assert shopper.get(f"/orders/{'x' * 43}/cancel").status_code == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0
    assert db.session.scalar(sa.select(Variant.available).where(Variant.id == 1))
