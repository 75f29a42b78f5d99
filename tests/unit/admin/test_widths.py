"""What the owner types is read in full width as in half."""

import pytest
from flask import Flask

from storefront.admin.auth import accounts
from storefront.admin.orders.filters import narrowed
from storefront.admin.reports import periods
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries import search_index
from storefront.shop import profile
from tests.factories import an_order, some_answers
from tests.unit.admin.conftest import Keeper

WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}


def wide(text: str) -> str:
    return text.translate(WIDE)


@pytest.mark.parametrize(
    "words", ["髙橋", "高橋 花子", "高橋様", "hanako@example.com", wide("hanako@example.com")]
)
def test_an_order_is_found_by_its_person(owner: Keeper, words: str) -> None:
    order = an_order(customer=some_answers(name="髙橋 花子", email="hanako@example.com"))
    search_index.write(order.id)

    there = owner.post("/admin/orders/search", {"words": words}).location

    assert order.number in owner.client.get(there).text


def test_an_order_is_found_by_its_number(owner: Keeper) -> None:
    order = an_order()

    answer = owner.post("/admin/orders/search", {"words": wide(order.number.lower())})

    assert answer.location.endswith(f"/admin/orders/{order.number}")


def test_days_that_narrow_a_list_or_a_report(app: Flask) -> None:
    day = wide("2026-11-30")

    assert narrowed({"since": day}).asked == {"since": "2026-11-30"}
    assert periods.day_of(day) == periods.day_of("2026-11-30") is not None


def test_the_day_that_money_came(owner: Keeper) -> None:
    order = an_order(payment_code="bank_transfer")
    typed = {"received_on": wide(f"{clock.today()}"), "received_yen": wide("4,290円")}

    assert owner.post(f"/admin/orders/{order.number}/paid", typed).status_code == 303
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).payment_status == "paid"


def test_the_day_of_news(owner: Keeper) -> None:
    typed = {"day": wide("2026-12-01"), "title": "春の新茶"}

    assert owner.post("/admin/settings/shop/news", typed).status_code == 303


def test_the_address_of_who_is_let_in(owner: Keeper) -> None:
    typed = {"name": "次郎", "email": wide("Jiro@sakura.example"), "role": "staff"}

    assert owner.post("/admin/settings/people", typed).status_code == 200
    assert accounts.by_email(wide("jiro@sakura.example"))


def test_phone_and_mail_of_the_shop(owner: Keeper) -> None:
    page = "/admin/settings/shop"

    answer = owner.send(page, page, phone=wide("03-1234-5678"), email=wide("a@sakura.example"))

    assert answer.status_code == 303
    assert (profile.shop().phone, profile.shop().email) == ("03-1234-5678", "a@sakura.example")


def test_the_code_of_a_delivery_method(owner: Keeper) -> None:
    typed = {"name": "クール便", "code": wide("cool-parcel"), "carrier": "yamato"}
    typed |= {"state": "private", "fee": "900", "prepare_days": "2", "days_offered": "14"}

    owner.post("/admin/settings/delivery/new", typed)

    assert "cool-parcel" in owner.get("/admin/settings/delivery").text


@pytest.mark.parametrize(
    "words", ["ｙｕｎｏｍｉ", "ＹＵＮＯＭＩ", "萩焼の　湯呑", "ハギヤキノユノミ"]
)
def test_a_product_on_the_owners_list(owner: Keeper, words: str) -> None:
    assert "萩焼の湯呑" in owner.get(f"/admin/products?q={words}").text


def test_an_honorific_behind_the_name_of_who_is_let_in(owner: Keeper) -> None:
    typed = {"name": "次郎さん", "email": "jiro@sakura.example", "role": "staff"}

    owner.post("/admin/settings/people", typed)

    jiro = accounts.by_email(typed["email"])
    assert jiro
    assert jiro.name == "次郎"


def test_whose_entries_of_the_audit_log_are_shown(owner: Keeper) -> None:
    owner.post("/admin/settings/people", {"name": "花", "email": "h@x.example", "role": "staff"})
    by = owner.get("/admin/audit").text.partition("@sakura.example")[0][-8:]

    text = owner.get(f"/admin/audit?who={wide(f'{by}@sakura.example'.upper())}").text

    assert "person.add" in text


@pytest.mark.parametrize("email", [wide("taro@example.com"), "　taro@example.com "])
def test_a_person_who_asks_to_be_erased(owner: Keeper, email: str) -> None:
    order = an_order(payment_status="paid", status="delivered")

    there = owner.post("/admin/settings/privacy/find", {"email": email, "phone": ""}).location

    assert order.number in owner.client.get(there).text
