"""The page of the payment procedure, through its addresses."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent, PaymentRequest
from storefront.orders.payment_events import apply_payment_event
from storefront.payments.models import HostedSession
from storefront.payments.status import PaymentEvent
from storefront.ports.payments import GatewayUnavailable
from storefront.sandbox import time
from storefront.sandbox.models import SandboxVisit
from storefront.sandbox.orders.hosted import SandboxHosted
from storefront.testing.form_shopper import QuickFormShopper
from storefront.worker import periodic_tasks
from tests.factories import a_payment_request, an_order
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

DAY = 24 * 60 * 60


@pytest.fixture
def order(yamato_app: Flask) -> Order:
    return an_order(payment_status="requested", payment_code="kuroneko_smartphone")


@pytest.fixture
def path(order: Order) -> str:
    return f"/pay/{a_payment_request(order).token}"


def test_the_page_tells_the_shop_the_order_and_what_is_owed(
    shopper: QuickFormShopper, order: Order, path: str
) -> None:
    page = shopper.get(path).text

    assert 'data-testid="pay-amount" data-yen="4290"' in page
    assert re.search(r'data-testid="pay-due" datetime="\d{4}-\d\d-\d\d"', page)
    assert order.number in page
    assert "さくら商店" in page


def test_the_page_knows_the_shopper_by_four_digits_alone(
    shopper: QuickFormShopper, path: str
) -> None:
    page = shopper.get(path).text

    assert "末尾0000" in page
    for secret in ("山田", "090-0000", "09000000000", "taro@example.com", "丸の内"):
        assert secret not in page


def test_the_page_is_for_nobody_else(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex">' in answer.text


def test_every_way_on_offer_can_be_chosen(shopper: QuickFormShopper, path: str) -> None:
    page = shopper.get(path).text

    ways = re.findall(r'data-testid="pay-means-(\w+)"', page)
    assert ways == ["cvs", "bank", "au", "card", "kuroneko_pay"]


def test_an_old_token_keeps_the_choice(shopper: QuickFormShopper, path: str) -> None:
    answer = shopper.post(path, {"means": "bank", "csrf_token": "old"})

    assert answer.status_code == 422
    assert re.search(r'value="bank" checked', answer.text)


def test_a_store_brings_a_number_a_bar_code_and_what_to_do(
    shopper: QuickFormShopper, path: str
) -> None:
    answer = shopper.post(path, {"means": "cvs", "store": "lawson"})

    page = shopper.get(path).text

    assert (answer.status_code, answer.location) == (303, path)
    number = db.session.scalar(sa.select(PaymentRequest.number)) or ""
    assert number in page
    assert 'data-testid="pay-instructions"' in page
    assert re.search(rf"<figcaption>91\d{{6}}0{{8}}{number}", page)
    assert "Loppi" in page


def test_a_transfer_brings_an_account_of_the_orders_own(
    shopper: QuickFormShopper, order: Order, path: str
) -> None:
    shopper.post(path, {"means": "bank", "store": ""})

    page = shopper.get(path).text

    account = db.session.scalar(sa.select(PaymentRequest.number)) or ""
    assert re.fullmatch(r"\d{7}", account)
    assert f"<b>{account}</b>" in page
    assert f"振込人名に「{order.number}」を" in page


def test_the_way_can_be_changed_until_it_is_paid(shopper: QuickFormShopper, path: str) -> None:
    shopper.post(path, {"means": "bank"})
    assert "pay-means-cvs" not in shopper.get(path).text

    assert shopper.post(f"{path}/change").location == path
    assert "pay-means-cvs" in shopper.get(path).text
    shopper.post(path, {"means": "cvs", "store": "seven"})

    assert "払込番号" in shopper.get(path).text


def paid(order: Order) -> None:
    with transaction():
        apply_payment_event(order, PaymentEvent.PAID)


def test_a_paid_order_can_be_changed_no_more(
    shopper: QuickFormShopper, order: Order, path: str
) -> None:
    paid(order)

    answer = shopper.post(path, {"means": "bank"})

    assert (answer.status_code, answer.location) == (303, path)
    page = shopper.get(path).text
    assert "お支払いを確認しました" in page
    assert "pay-means-" not in page


def test_the_poll_tells_of_the_payment(shopper: QuickFormShopper, order: Order, path: str) -> None:
    assert shopper.get(f"{path}/status").status_code == 204

    paid(order)

    answer = shopper.get(f"{path}/status")
    assert (answer.status_code, answer.location) == (303, path)


def test_an_overdue_payment_is_told_and_still_taken(
    shopper: QuickFormShopper, order: Order, path: str
) -> None:
    with transaction():
        apply_payment_event(order, PaymentEvent.OVERDUE)

    assert "お支払い期限を過ぎています" in shopper.get(path).text
    shopper.post(path, {"means": "cvs", "store": "seven"})
    assert "払込番号" in shopper.get(path).text


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("deferred", "商品のお届け後にお手続きできます"),
        ("cancelled", "お支払いは不要です"),
        ("refunded", "返金済み"),
    ],
)
def test_what_cannot_be_paid_says_why(shopper: QuickFormShopper, status: str, told: str) -> None:
    request = a_payment_request(an_order(payment_status=status))

    page = shopper.get(f"/pay/{request.token}").text

    assert told in page
    assert "pay-submit" not in page


def test_a_link_that_is_over_says_where_else_to_go(shopper: QuickFormShopper, path: str) -> None:
    time.advance(90 * DAY)

    for answer in (shopper.get(path), shopper.post(path, {"means": "bank"})):
        assert answer.status_code == 404
        assert "/orders/find" in answer.text


# hosted elsewhere


def leave_for(shopper: QuickFormShopper, path: str, means: str = "au") -> str:
    """The address of the hosted page."""
    answer = shopper.post(path, {"means": means})
    assert answer.status_code == 303
    return answer.location


def press(shopper: QuickFormShopper, hosted: str, what: str) -> str:
    answer = shopper.post(hosted, {"press": what})
    assert answer.status_code == 303, answer.text
    return answer.location


def statuses() -> tuple[str | None, list[str]]:
    db.session.rollback()
    found = db.session.scalars(sa.select(HostedSession.outcome).order_by("opened_at"))
    return db.session.scalar(sa.select(Order.payment_status)), list(found)


@pytest.mark.parametrize("means", ["au", "card", "kuroneko_pay"])
def test_a_hosted_way_leads_out_and_back_to_paid(
    shopper: QuickFormShopper, path: str, means: str
) -> None:
    hosted = leave_for(shopper, path, means)
    assert hosted.startswith("/sandbox/hosted/")

    back = press(shopper, hosted, "pay")
    assert shopper.get(back).location == path

    assert "お支払いを確認しました" in shopper.get(path).text
    assert statuses() == ("paid", ["paid"])


@pytest.mark.parametrize(
    ("what", "told"),
    [("refuse", "お支払いが完了しませんでした"), ("leave", "お支払いは中断されました")],
)
def test_a_visit_without_payment_leaves_the_order_payable(
    shopper: QuickFormShopper, path: str, what: str, told: str
) -> None:
    shopper.get(press(shopper, leave_for(shopper, path), what))

    assert told in shopper.get(path).text
    shopper.get(press(shopper, leave_for(shopper, path), "pay"))
    assert statuses()[0] == "paid"


def test_who_comes_back_by_the_browser_after_paying_finds_it_paid(
    shopper: QuickFormShopper, path: str
) -> None:
    press(shopper, leave_for(shopper, path), "pay")

    assert shopper.get(path).location == path
    assert "お支払いを確認しました" in shopper.get(path).text


def test_a_browser_that_never_returns_is_told_by_the_notice(
    shopper: QuickFormShopper, path: str
) -> None:
    hosted = leave_for(shopper, path)

    assert shopper.post(hosted, {"press": "pay-and-stay"}).status_code == 303

    assert shopper.get(f"{path}/status").status_code == 303
    assert statuses() == ("paid", ["paid"])


def test_a_second_payment_is_given_back_and_said_so(shopper: QuickFormShopper, path: str) -> None:
    first, second = leave_for(shopper, path), leave_for(shopper, path, "card")
    backs = [press(shopper, hosted, "pay") for hosted in (first, second)]

    for back in (*backs, *backs):
        shopper.get(back)
    periodic_tasks.run_due()

    assert statuses() == ("paid", ["paid", "refunded"])
    assert "あとからの分は全額お返しします" in shopper.get(path).text
    assert len(refunds()) == 1


def test_an_amount_that_is_not_owed_any_more_is_given_back(
    shopper: QuickFormShopper, path: str
) -> None:
    back = press(shopper, leave_for(shopper, path), "pay")
    with transaction():
        db.session.execute(sa.update(Order).values(reduced_to=3_000))

    shopper.get(back)
    periodic_tasks.run_due()

    assert statuses() == ("requested", ["refunded"])


def refunds() -> list[str]:
    db.session.rollback()
    back = SandboxVisit.refunded.is_(True)
    return list(db.session.scalars(sa.select(SandboxVisit.token).where(back)))


def test_a_busy_provider_changes_nothing(
    shopper: QuickFormShopper, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shopper.post(path, {"means": "bank"})

    def busy(*_args: object) -> str:
        raise GatewayUnavailable

    monkeypatch.setattr(SandboxHosted, "open", busy)
    answer = shopper.post(path, {"means": "au"})

    assert answer.status_code == 422
    assert "現在お手続きできません" in answer.text
    assert db.session.scalar(sa.select(PaymentRequest.means)) == "bank"


def test_a_visit_belongs_to_its_own_order(shopper: QuickFormShopper, path: str) -> None:
    other = f"/pay/{a_payment_request().token}"
    visit = leave_for(shopper, path).rpartition("/")[2]

    shopper.post(f"/sandbox/hosted/{visit}", {"press": "pay"})

    assert shopper.get(f"{other}/return/{visit}").location == other
    assert shopper.get(f"{path}/return/{'x' * 32}").location == path
    assert statuses()[1] == ["open"]


def test_a_payment_is_one_event_of_the_order(shopper: QuickFormShopper, path: str) -> None:
    back = press(shopper, leave_for(shopper, path), "pay")
    for _ in range(3):
        shopper.get(back)

    paid_events = sa.select(sa.func.count()).where(OrderEvent.event == "paid")
    assert db.session.scalar(paid_events) == 1


# at the till


def till(shopper: QuickFormShopper, number: str) -> int:
    return shopper.post("/sandbox/store", {"payment_number": number}).status_code


@pytest.mark.parametrize("fields", [{"means": "cvs", "store": "seven"}, {"means": "bank"}])
def test_a_number_is_paid_outside_and_seen_here(
    shopper: QuickFormShopper, path: str, fields: dict[str, str]
) -> None:
    shopper.post(path, fields)
    number = db.session.scalar(sa.select(PaymentRequest.number)) or ""

    assert till(shopper, number) == 303

    assert shopper.get(f"{path}/status").status_code == 303
    assert "お支払いを確認しました" in shopper.get(path).text


def test_the_till_takes_no_number_twice_and_none_it_does_not_know(
    shopper: QuickFormShopper, path: str
) -> None:
    shopper.post(path, {"means": "cvs", "store": "seven"})
    number = db.session.scalar(sa.select(PaymentRequest.number)) or ""

    assert [till(shopper, one) for one in (number, number, "1", "")] == [303, 422, 422, 422]


def test_a_number_that_gave_way_to_another_is_not_taken(
    shopper: QuickFormShopper, path: str
) -> None:
    shopper.post(path, {"means": "cvs", "store": "seven"})
    number = db.session.scalar(sa.select(PaymentRequest.number)) or ""
    shopper.post(path, {"means": "bank"})

    assert till(shopper, number) == 422
