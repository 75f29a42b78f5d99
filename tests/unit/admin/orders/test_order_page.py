"""The page of one order: what it shows and hides, and what may be done."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from storefront.admin.auth.models import AuditEntry
from storefront.admin.orders import timeline
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import fulfilment
from storefront.orders.models import Order
from storefront.payment_requests import deposits
from storefront.ports.payments import GatewayRefused, GatewayUnavailable
from storefront.sandbox import time
from tests.factories import a_payment_request, an_order, some_answers
from tests.markup import parsed
from tests.statements import statements
from tests.unit.admin.conftest import Keeper, keeper
from tests.unit.orders.gateways import FakeGateway, use_gateway
from tests.unit.orders.test_checks import a_challenge

SLIP = "123456789013"
WRONG_SLIP = "123456789014"
ON_CREDIT = {
    "payment_code": "kuroneko_smartphone",
    "payment_status": "deferred",
    "payment_reference": "7KQ2-M9XD-1",
}


def page_of(order: Order) -> str:
    return f"/admin/orders/{order.number}"


def audited() -> list[str]:
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def fresh(order: Order) -> Order:
    db.session.expire_all()
    return db.session.get_one(Order, order.id)


def test_phone_mail_and_street_are_hidden_until_they_are_asked_for(owner: Keeper) -> None:
    order = an_order(customer=some_answers(tel="08011112222", email="hanako@example.com"))
    secrets = ("080-1111-2222", "hanako@example.com", "丸の内2-7-2")

    hidden = owner.get(page_of(order)).text
    shown = owner.client.get(owner.post(f"{page_of(order)}/show").location).text

    assert [one for one in secrets if one in hidden] == []
    assert "080-****-2222" in hidden
    assert [one for one in secrets if one not in shown] == []
    assert audited() == ["order.show-person"]


def test_what_was_shown_hides_itself_and_is_of_no_use_to_others(
    owner: Keeper, staff: Keeper
) -> None:
    order = an_order()
    address = owner.post(f"{page_of(order)}/show").location

    assert "丸の内2-7-2" not in staff.client.get(address).text
    assert "丸の内2-7-2" in owner.client.get(address).text
    time.advance(301)
    assert "丸の内2-7-2" not in owner.client.get(address).text


def test_an_unknown_number_is_not_found(owner: Keeper) -> None:
    assert owner.get("/admin/orders/ZZZZ-ZZZZ").status_code == 404
    assert owner.post("/admin/orders/ZZZZ-ZZZZ/do/ship").status_code == 404


def test_a_wrong_slip_is_told_beside_its_field_and_stays_typed(owner: Keeper) -> None:
    order = an_order()

    answer = owner.post(f"{page_of(order)}/do/ship", {"slip": WRONG_SLIP, "carrier": "yamato"})

    assert answer.status_code == 422
    assert f'value="{WRONG_SLIP}"' in answer.text
    assert "検査数字" in answer.text
    assert fresh(order).status == "placed"


def test_an_order_is_shipped_changed_delivered_and_each_is_written_down(owner: Keeper) -> None:
    order, page = an_order(), ""
    page = f"{page_of(order)}/do"

    owner.post(f"{page}/prepare")
    shipped = owner.post(f"{page}/ship", {"slip": "1234-5678-9013", "carrier": "yamato"})
    owner.post(f"{page}/change-slip", {"slip": "AB-1", "carrier": "other"})
    owner.post(f"{page}/deliver")

    assert shipped.location == page_of(order)
    assert (fresh(order).status, order.payment_status) == ("delivered", "paid")
    assert order.shipments[0].slip == "AB-1"
    actions = ["prepare", "ship", "change-slip", "deliver"]
    assert audited() == [f"order.{one}" for one in actions]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (GatewayRefused("kaasl014E"), "ヤマトが受け付けませんでした(kaasl014E)"),
        (GatewayUnavailable(), "決済会社に接続できませんでした"),
    ],
)
def test_what_the_provider_refuses_is_a_sentence_beside_the_button(
    app: Flask, owner: Keeper, fault: Exception, words: str
) -> None:
    use_gateway(app, FakeGateway(fault))
    order = an_order(**ON_CREDIT)

    answer = owner.post(f"{page_of(order)}/do/ship", {"slip": SLIP, "carrier": "yamato"})

    assert answer.status_code == 422
    assert answer.text.count(words) == 2  # in the summary and beside the button
    assert f'value="{SLIP}"' in answer.text
    assert (fresh(order).status, audited()) == ("placed", [])


def test_what_cannot_be_done_any_more_says_so(owner: Keeper) -> None:
    order = an_order(status="delivered")

    answer = owner.post(f"{page_of(order)}/do/ship", {"slip": SLIP, "carrier": "yamato"})

    assert answer.status_code == 422
    assert "この注文の今の状態では、この操作はできません" in answer.text


def actions_on(page: str) -> set[str]:
    codes = "paid prepare ship change-slip withdraw deliver link refresh reduce reissue cancel"
    return {one for one in [*codes.split(), "return", "refund"] if f'"deed-{one}"' in page}


@pytest.mark.parametrize(
    ("changes", "actions"),
    [
        ({}, "prepare ship reduce cancel"),
        ({"payment_code": "bank_transfer"}, "paid prepare reduce cancel"),
        ({**ON_CREDIT, "status": "shipped"}, "deliver refresh reduce reissue return"),
        ({"status": "delivered", "payment_status": "paid"}, "return refund"),
        ({"status": "cancelled", "payment_status": "cancelled"}, ""),
    ],
)
def test_only_what_may_be_done_now_is_offered(
    owner: Keeper, changes: dict[str, Any], actions: str
) -> None:
    page = owner.get(page_of(an_order(**changes))).text

    assert actions_on(page) == set(actions.split())


def test_money_goes_back_by_an_owner_alone(owner: Keeper, staff: Keeper) -> None:
    order = an_order(status="delivered", payment_status="paid")
    refund = f"{page_of(order)}/refund/refund"

    assert staff.post(refund).status_code == 403
    assert staff.post(f"{page_of(order)}/do/return").status_code == 422
    assert fresh(order).payment_status == "paid"
    assert owner.post(refund).status_code == 303
    assert (fresh(order).payment_status, audited()) == ("refunded", ["order.refund"])
    assert "お店から" in owner.get(page_of(order)).text.partition('data-testid="give-back"')[2]


def test_money_goes_back_only_once_it_is_proven_who_asks(owner: Keeper) -> None:
    order = an_order(status="delivered", payment_status="paid")
    time.advance(14 * 60)
    owner.get(page_of(order))  # still there
    time.advance(7 * 60)

    answer = owner.post(f"{page_of(order)}/refund/refund")

    assert "/admin/prove" in answer.location
    assert fresh(order).payment_status == "paid"


def test_less_is_charged_but_never_more(owner: Keeper) -> None:
    order = an_order()

    more = owner.post(f"{page_of(order)}/do/reduce", {"yen": "９,０００円"})
    owner.post(f"{page_of(order)}/do/reduce", {"yen": "１，０００円"})

    assert "今の請求金額より小さく" in more.text
    assert fresh(order).owed == 1000


def test_a_link_is_sent_again_and_not_too_soon(owner: Keeper) -> None:
    order = db.session.get_one(Order, a_payment_request().order_id)

    first, second = (owner.post(f"{page_of(order)}/do/link") for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 422)
    assert "1分以上あけて3回まで" in second.text


def test_a_note_is_kept_sealed_and_out_of_the_log(owner: Keeper) -> None:
    order = an_order()
    owner.post(f"{page_of(order)}/note", {"note": "<b>電話で\n相談</b>"})

    page = owner.get(page_of(order)).text

    assert "&lt;b&gt;電話で\n相談&lt;/b&gt;" in page
    kept = db.session.scalar(sa.text("SELECT staff_note FROM orders"))
    assert "相談".encode() not in kept
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.before, entry.after) == ({"characters": 0}, {"characters": 13})


def test_a_press_without_a_token_does_nothing(owner: Keeper) -> None:
    order = an_order()

    answer = owner.client.post(f"{page_of(order)}/do/cancel", data={})

    assert answer.status_code == 422
    assert fresh(order).status == "placed"


def test_the_timeline_tells_of_the_check_the_switch_and_the_mails(owner: Keeper) -> None:
    order = an_order()
    a_challenge(order.checkout_id, ended="locked", attempts=3, created_at=order.placed_at)
    owner.post(f"{page_of(order)}/do/ship", {"slip": SLIP, "carrier": "yamato"})
    names = {"kuroneko_smartphone": "スマホ", "cod": "代引"}

    told = [f"{one.words} {one.detail}".strip() for one in timeline.of(fresh(order), names)]

    assert "認証番号のSMSを送りました 1通目 sandbox" in told
    assert "入力回数の上限に達しました 入力3回" in told
    assert "お支払い方法を変更しました スマホ → 代引" in told
    assert f"発送しました {SLIP}" in told
    assert "発送のお知らせメールの送信を待っています" in told


def test_the_page_costs_at_most_twelve_statements(app: Flask, owner: Keeper) -> None:
    request = a_payment_request()
    order = db.session.get_one(Order, request.order_id)
    address = page_of(order)
    owner.get(address)

    with statements(app) as asked:
        owner.get(address)

    assert len(asked) <= 12, asked


def test_an_order_by_a_second_method_of_a_kind_has_a_page_and_goes_its_way(owner: Keeper) -> None:
    order = an_order(payment_code="bank_transfer-2")

    assert owner.get(page_of(order)).status_code == 200
    owner.post(f"{page_of(order)}/do/ship", {"slip": SLIP, "carrier": "yamato"})
    assert fresh(order).status == "placed"


def test_a_carrier_outside_the_contract_is_told_in_words(app: Flask, owner: Keeper) -> None:
    use_gateway(app, FakeGateway(fault=GatewayRefused("other-carrier")))
    order = an_order(**ON_CREDIT)

    answer = owner.post(f"{page_of(order)}/do/ship", {"slip": "AB-1", "carrier": "other"})

    assert "ほかの運送会社での発送" in (answer.text + owner.get(page_of(order)).text)
    assert fresh(order).status == "placed"


BANK = {"payment_code": "bank_transfer"}


def confirm(who: Keeper, order: Order, **typed: str) -> TestResponse:
    fields = {"received_on": f"{clock.today()}", "received_yen": "4,290円", **typed}
    return who.post(f"{page_of(order)}/paid", fields)


def test_money_on_the_account_is_confirmed_and_the_parcel_may_leave(staff: Keeper) -> None:
    order = an_order(**BANK)

    confirmed = confirm(staff, order)

    assert confirmed.location == page_of(order)
    page = staff.get(page_of(order)).text
    assert page.count(f"{clock.today():%Y年%-m月%-d日} 4,290円") == 2  # payment, timeline
    assert "deed-ship" in page
    assert fresh(order).payment_status == "paid"
    assert audited() == ["order.paid"]


def test_a_difference_is_said_and_taken_when_it_is_ticked(owner: Keeper) -> None:
    order = an_order(**BANK)

    short = confirm(owner, order, received_yen="4000")

    assert short.status_code == 422
    assert "請求金額より290円少ない金額です" in short.text
    assert 'name="accepted"' in short.text
    assert fresh(order).payment_status == "awaiting"
    assert confirm(owner, order, received_yen="4000", accepted="1").status_code == 303
    assert "(290円不足)" in owner.get(page_of(order)).text


@pytest.mark.parametrize(
    "typed",
    [
        {"received_on": "きのう"},
        {"received_on": ""},
        {"received_yen": ""},
        {"received_yen": "0"},
        {"received_yen": "x"},
    ],
)
def test_what_is_no_day_or_no_amount_stays_typed(owner: Keeper, typed: dict[str, str]) -> None:
    order = an_order(**BANK)

    answer = confirm(owner, order, **typed)

    assert answer.status_code == 422
    assert all(f'value="{text}"' in answer.text for text in typed.values())
    assert fresh(order).payment_status == "awaiting"


def test_money_is_confirmed_only_by_who_has_shown_again_who_it_is(app: Flask) -> None:
    order = an_order(**BANK)
    stale = keeper(app, "owner", proven_at=clock.now() - timedelta(hours=3))

    answer = confirm(stale, order)

    assert "/admin/prove" in (answer.location or "")
    assert keeper(app, "owner").post(f"{page_of(order)}/do/paid").status_code == 404
    assert fresh(order).payment_status == "awaiting"


def test_money_after_the_end_says_that_it_goes_back(owner: Keeper) -> None:
    order = an_order(**BANK)
    fulfilment.cancel(order)

    confirm(owner, order)

    page = owner.get(page_of(order)).text
    assert "お店から4,290円をお客様に返金してください" in page
    assert "終わった注文に入金がありました" in page


def an_order_paid_late() -> Order:
    order = an_order(**BANK)
    fulfilment.cancel(order)
    deposits.confirm(order, clock.today(), 4290)
    return order


def send_back(who: Keeper, order: Order, **typed: str) -> TestResponse:
    fields = {"given_on": f"{clock.today()}", "given_yen": "4,290円", **typed}
    return who.post(f"{page_of(order)}/given-back", fields)


def figure_of_owed_back(who: Keeper) -> str:
    (figure,) = parsed(who.get("/admin/").text).all("a", href="/admin/orders?group=owed-back")
    return figure.all("b")[0].text


def test_money_sent_back_is_noted_and_asked_for_no_longer(owner: Keeper) -> None:
    order = an_order_paid_late()
    page = owner.get(page_of(order)).text
    assert 'data-testid="give-back"' in page
    assert 'value="4290"' in page.split('id="do-given-back"')[1]
    assert figure_of_owed_back(owner) == "1"
    assert order.number in owner.get("/admin/orders?group=owed-back").text

    for _ in range(2):
        assert send_back(owner, order).location == page_of(order)

    page = owner.get(page_of(order)).text
    assert 'data-testid="give-back"' not in page
    assert "do-given-back" not in page
    assert page.count(f"お客様に返金しました <small>{clock.today()} 4,290円") == 1
    assert figure_of_owed_back(owner) == "0"
    assert order.number not in owner.get("/admin/orders?group=owed-back").text
    assert audited()[-1] == "order.given-back"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"given_on": "きのう"}, "返金日を2026-11-30のように"),
        ({"given_on": ""}, "返金日を入力してください"),
        ({"given_on": "2020-01-01"}, "ご注文日から今日まで"),
        ({"given_yen": ""}, "返金した金額を入力してください"),
        ({"given_yen": "0"}, "1円以上"),
        ({"given_yen": "x"}, "数字で入力してください"),
        ({"given_yen": "4291"}, "まだ返金していない金額以下"),
    ],
)
def test_what_cannot_have_been_sent_back_is_said_and_stays_typed(
    owner: Keeper, typed: dict[str, str], words: str
) -> None:
    order = an_order_paid_late()

    answer = send_back(owner, order, **typed)

    assert answer.status_code == 422
    assert words in answer.text
    assert all(f'value="{text}"' in answer.text for text in typed.values())
    assert figure_of_owed_back(owner) == "1"


def test_only_an_owner_who_has_shown_again_who_it_is_notes_money_sent_back(
    app: Flask, staff: Keeper
) -> None:
    order = an_order_paid_late()
    stale = keeper(app, "owner", proven_at=clock.now() - timedelta(hours=3))

    assert send_back(staff, order).status_code == 403
    assert "/admin/prove" in (send_back(stale, order).location or "")
    assert keeper(app, "owner").post(f"{page_of(order)}/do/given-back").status_code == 404
    page = staff.get(page_of(order)).text
    assert "do-given-back" not in page
    assert "返金の記録は、オーナーだけができます" in page
