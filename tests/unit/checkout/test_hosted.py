"""Card and store in advance: out to a hosted page, back, and every way in which that can end."""

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.catalogue.models import Variant
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderEvent
from storefront.payments.models import HostedSession
from storefront.ports.payments import GatewayUnavailable
from storefront.sandbox import time
from storefront.sandbox.models import SandboxVisit
from storefront.sandbox.orders.hosted import SandboxHosted
from storefront.testing.form_shopper import QuickFormShopper
from storefront.testing.specimen import NAME
from storefront.worker import periodic_tasks
from tests import invariants
from tests.unit.checkout.reading import key_of
from tests.yamato import client, shopper, yamato_app

__all__ = ["client", "shopper", "yamato_app"]

pytestmark = pytest.mark.web

CARD, CVS = "card", "cvs"


@pytest.fixture(autouse=True)
def books(yamato_app: Flask) -> Iterator[None]:
    """Checked after each test."""
    initial = invariants.stock()
    yield
    db.session.rollback()
    invariants.check(initial)


def leave(shopper: QuickFormShopper, payment: str = CARD, product: str = "yunomi") -> str:
    """As far as the hosted page, whose address it gives."""
    answer = shopper.put_in(product).answer(payment).press_confirm()
    assert answer.status_code == 303, answer.text
    assert answer.location.startswith("/sandbox/hosted/")
    return answer.location


def press(shopper: QuickFormShopper, hosted: str, what: str) -> str:
    """The shop's address that the provider leads back to."""
    answer = shopper.post(hosted, {"press": what})
    assert answer.status_code == 303, answer.text
    return answer.location


def orders() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.execute(sa.select(Order.payment_code, Order.payment_status))
    return [(code, status) for code, status in rows]


def outcomes() -> list[str]:
    db.session.rollback()
    found = sa.select(HostedSession.outcome).order_by(HostedSession.opened_at)
    return list(db.session.scalars(found))


def refunds() -> int:
    db.session.rollback()
    back = sa.select(sa.func.count()).where(SandboxVisit.refunded.is_(True))
    return db.session.scalar(back) or 0


def test_the_confirmation_of_a_card_says_where_it_leads(shopper: QuickFormShopper) -> None:
    page = shopper.put_in().answer(CARD).get("/checkout/confirm").text

    form = page[page.index('id="confirm-form"') :]
    assert "決済会社のページへ移ります" in page
    assert 'hx-boost="false"' in form[:200]
    assert "注文を確定する" in form


def test_nothing_is_ordered_before_it_is_paid(shopper: QuickFormShopper) -> None:
    leave(shopper)

    assert (orders(), outcomes()) == ([], ["open"])


def test_a_paid_card_places_the_order_and_pays_it(shopper: QuickFormShopper) -> None:
    back = press(shopper, leave(shopper), "pay")

    answer = shopper.get(back)

    assert (answer.status_code, answer.location.endswith("/complete")) == (303, True)
    assert (orders(), outcomes()) == ([(CARD, "paid")], ["paid"])
    assert "お支払いは完了しています" in shopper.get(answer.location).text


def test_the_order_has_the_number_that_the_provider_was_told(shopper: QuickFormShopper) -> None:
    shopper.get(press(shopper, leave(shopper), "pay"))

    told = db.session.scalars(sa.select(SandboxVisit.order_number)).one()
    assert db.session.scalars(sa.select(Order.number)).one() == told


def test_an_order_keeps_the_language_it_was_agreed_in(client: FlaskClient) -> None:
    shopper = QuickFormShopper(client, prefix="/en")
    hosted = shopper.put_in().answer(CARD).press_confirm().location
    answer = client.post(hosted, data={"press": "pay", "csrf_token": shopper.token()})

    assert answer.location.startswith("/en/checkout/return/")
    client.get(answer.location)
    order = db.session.scalars(sa.select(Order)).one()
    assert (order.locale, order.texts["payment"]) == ("en", "Credit card")


def test_the_visit_forgets_what_it_was_placed_from(shopper: QuickFormShopper) -> None:
    hosted = leave(shopper)
    assert db.session.scalars(sa.select(HostedSession.snapshot)).one()

    shopper.get(press(shopper, hosted, "pay"))

    visit = db.session.scalars(sa.select(HostedSession)).one()
    assert (visit.snapshot, visit.order_id is None) == (None, False)


def test_a_store_number_places_an_order_that_awaits_its_payment(shopper: QuickFormShopper) -> None:
    back = press(shopper, leave(shopper, CVS), "issue")

    complete = shopper.get(back).location

    number = db.session.scalars(sa.select(SandboxVisit.number)).one() or ""
    assert orders() == [(CVS, "awaiting")]
    for path in (complete, complete.removesuffix("/complete")):
        page = shopper.get(path).text
        assert number in page.replace("<span>", "").replace("</span>", "")
    db.session.rollback()
    assert db.session.scalars(sa.select(HostedSession.number)).one() == number


def test_a_store_number_is_in_the_mail(shopper: QuickFormShopper) -> None:
    shopper.get(press(shopper, leave(shopper, CVS), "issue"))
    periodic_tasks.run_due()

    number = db.session.scalars(sa.select(SandboxVisit.number)).one() or "none"
    mail = shopper.get("/sandbox/mailbox.json?to=taro@example.com").get_json()[0]
    assert number in mail["text"]
    assert number in mail["html"]


def test_the_store_takes_the_number_and_the_shop_hears_of_it(shopper: QuickFormShopper) -> None:
    complete = shopper.get(press(shopper, leave(shopper, CVS), "issue")).location
    number = db.session.scalars(sa.select(SandboxVisit.number)).one()

    assert shopper.post("/sandbox/store", {"payment_number": number}).status_code == 303
    assert shopper.post("/sandbox/store", {"payment_number": number}).status_code == 422

    assert (orders(), outcomes()) == ([(CVS, "paid")], ["paid"])
    assert "入金確認" in shopper.get(complete.removesuffix("/complete")).text


def test_a_number_that_nobody_came_back_with_is_paid_and_placed(shopper: QuickFormShopper) -> None:
    press(shopper, leave(shopper, CVS), "issue")
    number = db.session.scalars(sa.select(SandboxVisit.number)).one()

    assert shopper.post("/sandbox/store", {"payment_number": number}).status_code == 303

    assert (orders(), outcomes()) == ([(CVS, "paid")], ["paid"])


def test_a_refusal_offers_other_methods_and_the_same(shopper: QuickFormShopper) -> None:
    back = press(shopper, leave(shopper), "refuse")

    answer = shopper.get(back)

    assert (answer.status_code, answer.location) == (303, "/checkout")
    page = shopper.get("/checkout").text
    assert 'data-reason="declined"' in page
    assert "入力内容とカートはそのまま残っています" in page
    for code in ("cod", "bank_transfer"):
        assert f'data-testid="switch-to-{code}"' in page
    assert re.search(r'value="card" checked', page)
    assert "data-unavailable" not in page
    assert f'value="{NAME}"' in page
    assert (orders(), outcomes()) == ([], ["refused"])


def in_another_browser(app: Flask) -> QuickFormShopper:
    """As an app leaves its own browser for the phone's."""
    return QuickFormShopper(app.test_client())


@pytest.mark.parametrize(
    ("what", "lead"), [("refuse", "/checkout"), ("leave", "/checkout/confirm")]
)
def test_back_in_another_browser_the_checkout_goes_on(
    yamato_app: Flask, shopper: QuickFormShopper, what: str, lead: str
) -> None:
    back = press(shopper, leave(shopper), what)
    other = in_another_browser(yamato_app)

    assert other.get(back).location == lead
    page = other.get("/checkout").text
    assert f'value="{NAME}"' in page
    assert ('data-reason="declined"' in page) == (what == "refuse")
    other.post("/checkout/other-method", {"payment": "cod"})
    other.press_confirm()
    assert orders() == [("cod", "awaiting")]


def test_a_checkout_that_moved_to_another_browser_is_gone_from_the_first(
    yamato_app: Flask, shopper: QuickFormShopper
) -> None:
    back = press(shopper, leave(shopper), "refuse")
    in_another_browser(yamato_app).get(back)

    assert shopper.get("/checkout").location == "/cart"
    assert "カートに商品がありません" in shopper.get("/cart").text


def test_an_answer_that_does_not_come_in_another_browser_leads_to_the_confirmation(
    yamato_app: Flask, shopper: QuickFormShopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = press(shopper, leave(shopper), "pay")
    other = in_another_browser(yamato_app)

    with monkeypatch.context() as patch:
        patch.setattr(SandboxHosted, "outcome", _down)
        assert other.get(back).location == "/checkout/confirm?payment=unknown"

    answer = other.get(other.get("/checkout/confirm").location)
    assert answer.location.endswith("/complete")


def test_a_browser_with_goods_of_its_own_keeps_them(
    yamato_app: Flask, shopper: QuickFormShopper
) -> None:
    back = press(shopper, leave(shopper), "refuse")
    other = in_another_browser(yamato_app).put_in("uji-sencha")

    other.get(back)

    assert "宇治煎茶" in other.get("/cart").text
    assert NAME not in re.sub("例: .*", "", other.get("/checkout").text)


@pytest.mark.parametrize("meanwhile", ["hour", "order"])
def test_a_checkout_that_is_over_goes_on_nowhere_else(
    yamato_app: Flask, shopper: QuickFormShopper, meanwhile: str
) -> None:
    back = press(shopper, leave(shopper), "refuse")
    if meanwhile == "hour":
        time.advance(61 * 60)
    else:
        order_otherwise(shopper)
    other = in_another_browser(yamato_app)

    other.get(back)

    assert other.get("/checkout").location == "/cart"
    assert "カートに商品がありません" in other.get("/cart").text


def test_after_a_refusal_another_method_is_two_taps_away(shopper: QuickFormShopper) -> None:
    shopper.get(press(shopper, leave(shopper), "refuse"))

    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert orders() == [("cod", "awaiting")]


def test_after_a_refusal_another_card_may_pay(shopper: QuickFormShopper) -> None:
    first = leave(shopper)
    shopper.get(press(shopper, first, "refuse"))

    shopper.post("/checkout/other-method", {"payment": CARD})
    second = shopper.press_confirm().location
    shopper.get(press(shopper, second, "pay"))

    assert first != second
    assert (orders(), outcomes()) == ([(CARD, "paid")], ["refused", "paid"])


def test_who_stops_finds_the_confirmation_with_everything_on_it(shopper: QuickFormShopper) -> None:
    back = press(shopper, leave(shopper), "leave")

    answer = shopper.get(back)

    assert (answer.status_code, answer.location) == (303, "/checkout/confirm")
    assert "お支払いは完了していません" in shopper.get("/checkout/confirm").text
    hosted = shopper.press_confirm().location
    shopper.get(press(shopper, hosted, "pay"))
    assert orders() == [(CARD, "paid")]


def test_the_browsers_back_finds_the_confirmation_and_the_same_visit(
    shopper: QuickFormShopper,
) -> None:
    hosted = leave(shopper)

    page = shopper.get("/checkout/confirm").text

    assert "もう一度押すと続けられます" in page
    assert shopper.press_confirm().location == hosted
    assert outcomes() == ["open"]


def test_back_after_paying_finds_the_order(shopper: QuickFormShopper) -> None:
    press(shopper, leave(shopper), "pay")

    answer = shopper.get(shopper.get("/checkout/confirm").location)

    assert answer.location.endswith("/complete")
    assert orders() == [(CARD, "paid")]


def test_what_the_browser_brings_back_is_no_proof(shopper: QuickFormShopper) -> None:
    token = leave(shopper).rpartition("/")[2]

    answer = shopper.get(f"/checkout/return/{token}?outcome=paid")

    assert (answer.status_code, answer.location) == (303, "/checkout/confirm")
    assert (orders(), outcomes()) == ([], ["open"])


def test_the_notice_places_the_order_of_a_browser_that_never_returns(
    shopper: QuickFormShopper,
) -> None:
    hosted = leave(shopper)

    assert shopper.post(hosted, {"press": "pay-and-stay"}).status_code == 303

    assert orders() == [(CARD, "paid")]
    assert shopper.get("/checkout").location.endswith("/complete")


def test_a_visit_of_which_nobody_brings_news_is_asked_about(shopper: QuickFormShopper) -> None:
    press(shopper, leave(shopper), "pay")
    periodic_tasks.run_due()
    assert orders() == []

    time.advance(10 * 60)
    periodic_tasks.run_due()

    assert orders() == [(CARD, "paid")]


def test_returning_twice_is_one_order(shopper: QuickFormShopper) -> None:
    back = press(shopper, leave(shopper), "pay")

    first, second = shopper.get(back), shopper.get(back)

    assert first.location == second.location
    assert len(orders()) == 1
    paid = sa.select(sa.func.count()).where(OrderEvent.event == "paid")
    assert db.session.scalar(paid) == 1


def test_the_same_press_after_the_order_leads_to_it(shopper: QuickFormShopper) -> None:
    shopper.put_in().answer(CARD)
    key = key_of(shopper)
    hosted = shopper.press_confirm(key).location
    complete = shopper.get(press(shopper, hosted, "pay")).location

    assert shopper.press_confirm(key).location == complete


def test_the_pieces_are_held_while_the_shopper_pays(
    yamato_app: Flask, shopper: QuickFormShopper
) -> None:
    hosted = leave(shopper, product="matcha-bowl")
    other = QuickFormShopper(yamato_app.test_client())

    answer = other.post("/cart/items", {"product": "matcha-bowl", "quantity": "1"})

    assert answer.status_code == 422
    shopper.get(press(shopper, hosted, "pay"))
    assert orders() == [(CARD, "paid")]


# paid, but it cannot be placed


def change_price(shopper: QuickFormShopper) -> None:
    with transaction():
        db.session.execute(sa.update(Variant).where(Variant.sku == "yunomi").values(price=3_301))


def change_cart(shopper: QuickFormShopper) -> None:
    shopper.post("/cart/items/yunomi", {"quantity": "2"})


def order_otherwise(shopper: QuickFormShopper) -> None:
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()


def come_a_day_later(shopper: QuickFormShopper) -> None:
    time.advance(25 * 60 * 60)
    periodic_tasks.tidy_up()


@pytest.mark.parametrize(
    ("meanwhile", "left"),
    [
        (change_price, 0),
        (change_cart, 0),
        (order_otherwise, 1),
        (come_a_day_later, 0),
    ],
)
@pytest.mark.parametrize("what", ["pay", "issue"])
def test_what_is_paid_and_cannot_be_placed_is_given_back(
    shopper: QuickFormShopper,
    meanwhile: Callable[[QuickFormShopper], None],
    left: int,
    what: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hosted = leave(shopper, CARD if what == "pay" else CVS)
    meanwhile(shopper)

    back = press(shopper, hosted, what)
    page = shopper.get(back)
    periodic_tasks.run_due()

    assert page.status_code == 200
    assert "ご注文は確定していません" in page.text
    assert "全額お返しします" in page.text
    assert (len(orders()), outcomes(), refunds()) == (left, ["refunded"], 1)
    assert "paid_order_not_placed" in capsys.readouterr().out


def test_a_sold_out_piece_is_given_back_for(yamato_app: Flask, shopper: QuickFormShopper) -> None:
    hosted = leave(shopper, product="matcha-bowl")
    time.advance(16 * 60)
    periodic_tasks.tidy_up()
    other = QuickFormShopper(yamato_app.test_client())
    other.put_in("matcha-bowl").answer("cod").press_confirm()

    shopper.get(press(shopper, hosted, "pay"))
    periodic_tasks.run_due()

    assert (orders(), outcomes(), refunds()) == ([("cod", "awaiting")], ["refunded"], 1)


def test_the_confirmation_says_that_money_goes_back(shopper: QuickFormShopper) -> None:
    hosted = leave(shopper)
    change_price(shopper)

    shopper.get(press(shopper, hosted, "pay"))

    assert "全額お返しします" in shopper.get("/checkout/confirm").text


def test_a_provider_that_is_down_at_the_refund_is_asked_again(
    shopper: QuickFormShopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosted = leave(shopper)
    change_price(shopper)

    with monkeypatch.context() as patch:
        patch.setattr(SandboxHosted, "refund", _down)
        shopper.get(press(shopper, hosted, "pay"))
        periodic_tasks.run_due()
    assert (outcomes(), refunds()) == (["owed-back"], 0)

    time.advance(10)
    periodic_tasks.run_due()
    assert (outcomes(), refunds()) == (["refunded"], 1)


def test_a_provider_that_is_down_at_the_return_changes_nothing(
    shopper: QuickFormShopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = press(shopper, leave(shopper), "pay")

    with monkeypatch.context() as patch:
        patch.setattr(SandboxHosted, "outcome", _down)
        assert shopper.get(back).location == "/checkout/confirm?payment=unknown"
        notice = shopper.client.post("/webhooks/hosted", data={"visit": back.rpartition("/")[2]})
        assert notice.status_code == 503

    assert shopper.get(back).location.endswith("/complete")


def _down(*_args: object) -> str:
    raise GatewayUnavailable


def test_a_notice_is_no_proof(shopper: QuickFormShopper) -> None:
    token = leave(shopper).rpartition("/")[2]

    shopper.client.post("/webhooks/hosted", data={"visit": token, "outcome": "paid"})

    assert orders() == []


def test_a_failed_check_of_another_method_does_not_undo_a_payment(
    shopper: QuickFormShopper,
) -> None:
    shopper.to_sms("090-0000-0003")
    shopper.post("/checkout/other-method", {"payment": CARD})
    hosted = shopper.press_confirm().location
    time.advance(5)
    shopper.get("/checkout/sms/status")

    shopper.get(press(shopper, hosted, "pay"))

    assert orders() == [(CARD, "paid")]
