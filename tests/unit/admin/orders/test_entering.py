"""Orders that staff enter: by the shop's own rules, and never by a method that asks the shopper."""

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.catalogue.models import Variant
from storefront.core.extensions import db
from storefront.orders.models import Order
from tests.markup import Element, parsed
from tests.unit.admin.conftest import Keeper

NEW = "/admin/orders/new"
CALLER = {
    "sku_1": "yunomi",
    "quantity_1": "2",
    "name": "電話 花子",
    "postal_code": "100-0005",
    "prefecture": "東京都",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "tel": "03-1234-5678",
    "email": "hanako@example.com",
    "payment": "cod",
}


def orders() -> list[Order]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Order)))


def pieces(sku: str) -> int:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(sa.select(Variant.available).where(Variant.sku == sku)).one()


def test_a_callers_order_is_placed_as_any_other(staff: Keeper) -> None:
    answer = staff.send(NEW, NEW, **CALLER)

    (order,) = orders()
    assert answer.location == f"/admin/orders/{order.number}"
    assert (order.total, order.payment_code, order.status) == (7590, "cod", "placed")
    assert pieces("yunomi") == 98
    assert order.customer["tel"] == "0312345678"


def test_several_goods_in_one_order(staff: Keeper) -> None:
    staff.send(NEW, NEW, **CALLER, sku_2="chasen", quantity_2="0")
    staff.send(NEW, NEW, **CALLER, sku_2="ｃｈａｓｅｎ", quantity_2="３")

    assert [[line.sku for line in one.lines] for one in orders()] == [["yunomi", "chasen"]]


def test_a_caller_may_be_a_company(staff: Keeper) -> None:
    staff.send(NEW, NEW, **{**CALLER, "name": ""}, company="株式会社さくら 御中")

    (order,) = orders()
    assert (order.customer["name"], order.customer["company"]) == ("", "株式会社さくら")
    assert "株***" in staff.get("/admin/orders").text


def test_the_sums_are_shown_before_anything_is_placed(staff: Keeper) -> None:
    answer = staff.send(NEW, NEW, **CALLER, preview="1")

    assert answer.status_code == 200
    assert 'data-yen="7590"' in answer.text
    assert orders() == []


@pytest.mark.parametrize("method", ["kuroneko_smartphone", "kuroneko_payslip", "card", "cvs"])
def test_what_asks_the_shopper_cannot_be_used(staff: Keeper, method: str) -> None:
    answer = staff.send(NEW, NEW, **{**CALLER, "payment": method})

    assert answer.status_code == 422
    assert orders() == []


def test_the_page_says_why_the_smartphone_type_is_not_there(staff: Keeper) -> None:
    page = staff.get(NEW).text

    assert "お客様ご自身の携帯電話に届く認証番号を、お客様が入力する必要があるため" in page
    assert 'value="kuroneko_smartphone"' not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sku_1": ""}, "商品のSKUを入力してください"),
        ({"sku_1": "nothing"}, "このSKUの商品は販売していません"),
        ({"sku_1": "kyusu"}, "在庫が足りません"),
        ({"quantity_1": "0"}, "1から99までの数字"),
        ({"quantity_1": "100"}, "1から99までの数字"),
        ({"name": ""}, "お名前を入力してください"),
        ({"email": "x"}, "メールアドレス"),
        ({"payment": ""}, "お支払い方法を選択してください"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    staff: Keeper, changes: dict[str, str], sentence: str
) -> None:
    answer = staff.send(NEW, NEW, **{**CALLER, **changes})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "丸の内2-7-2" in answer.text
    assert orders() == []


def test_the_confirmation_goes_to_the_caller(app: Flask, staff: Keeper) -> None:
    from storefront.sandbox.phone import mailbox
    from storefront.worker import periodic_tasks

    staff.send(NEW, NEW, **CALLER)
    periodic_tasks.run_due()

    assert [mail.to for mail in mailbox.mails("hanako@example.com")] == ["hanako@example.com"]


ADDRESS_ASKED = {**CALLER, "prefecture": "", "city": "", "street": "1-2"}


def address_of(page: Element) -> list[str]:
    chosen = page.one("select", name="prefecture").all("option", selected="")
    lines = [page.one("input", name=name)["value"] for name in ("city", "street")]
    return [chosen[0].choice if chosen else "", *lines]


def test_a_callers_address_is_filled_in_by_the_button(staff: Keeper) -> None:
    answer = staff.send(NEW, NEW, **{**ADDRESS_ASKED, "postal_code": "6050862"}, fill_in="1")

    assert answer.status_code == 200
    assert address_of(parsed(answer.text)) == ["京都府", "京都市東山区", "清水1-2"]
    assert orders() == []


def test_a_callers_code_with_several_places_offers_each(staff: Keeper) -> None:
    typed = {**ADDRESS_ASKED, "postal_code": "7000941"}
    asked = parsed(staff.send(NEW, NEW, **typed, fill_in="1").text)
    chips = asked.all("button", name="town")

    chosen = parsed(staff.send(NEW, NEW, **typed, town=chips[1]["value"]).text)

    assert [one.text for one in chips] == ["岡山市北区青江", "岡山市南区青江"]
    assert address_of(asked) == ["", "", "1-2"]
    assert address_of(chosen) == ["岡山県", "岡山市南区", "青江1-2"]


def test_a_callers_address_is_looked_up_alone(staff: Keeper) -> None:
    page = parsed(staff.get("/admin/orders/address?postal_code=6050862&prefecture=東京都").text)

    assert address_of(page) == ["東京都", "京都市東山区", "清水"]
    assert "京都府の番号です" in page.one(id="prefecture-error").text


def test_a_callers_order_is_filled_in_before_the_look_up_answers(staff: Keeper) -> None:
    staff.send(NEW, NEW, **ADDRESS_ASKED)

    (order,) = orders()
    assert order.customer["street"] == "丸の内1-2"
    assert order.customer["prefecture"] == "東京都"


def test_a_callers_prefecture_that_contradicts_the_code_is_told(staff: Keeper) -> None:
    answer = staff.send(NEW, NEW, **{**CALLER, "postal_code": "6050862"})

    assert answer.status_code == 422
    assert [name for name, _ in staff.summary()] == ["prefecture"]
