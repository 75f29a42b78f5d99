"""The meter of what the law wants said, and the door of the shop."""

import re

import pytest
import sqlalchemy as sa

from storefront.admin.auth.models import AuditEntry
from storefront.catalogue.models import Product
from storefront.checkout.legal import shop_opening
from storefront.core.extensions import db, transaction
from storefront.payments.models import PaymentMethod
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile
from storefront.shop.models import Shop
from storefront.testing.form_shopper import FormShopper
from tests.unit.admin.conftest import Keeper

PAGE = "/admin/settings/shop/opening"


def close(**changes: str) -> None:
    with transaction():
        db.session.execute(sa.update(Shop).values(is_open=False, **changes))
    db.session.expire_all()


def missing_on(page: str) -> list[str]:
    return re.findall(r'data-testid="item-(\w+)" data-state="missing"', page)


EMPTY = {
    "seller": lambda: sa.update(Shop).values(seller=""),
    "manager": lambda: sa.update(Shop).values(manager=""),
    "address": lambda: sa.update(Shop).values(address=""),
    "phone": lambda: sa.update(Shop).values(phone=""),
    "email": lambda: sa.update(Shop).values(email=""),
    "hours": lambda: sa.update(Shop).values(hours=""),
    "cancel_terms": lambda: sa.update(Shop).values(cancel_terms=""),
    "goods": lambda: sa.update(Product).values(published=False),
    "payment": lambda: sa.update(PaymentMethod).values(published=False),
    "shipping": lambda: sa.update(DeliveryMethod).values(published=False),
}


@pytest.mark.parametrize("item", EMPTY)
def test_the_shop_does_not_open_while_an_item_is_empty(owner: Keeper, item: str) -> None:
    close()
    with transaction():
        db.session.execute(EMPTY[item]())

    answer = owner.post(PAGE, {"do": "open"})

    assert answer.status_code == 422
    assert item in missing_on(answer.text)
    assert not profile.shop().is_open


def test_a_refusal_names_what_is_missing_and_leads_to_its_field(owner: Keeper) -> None:
    close(manager="", hours="")

    page = owner.post(PAGE, {"do": "open"}).text

    assert "まだ開店できません。足りない項目: 運営統括責任者、受付時間" in page
    assert 'href="/admin/settings/shop#manager"' in page


def test_the_meter_counts_what_is_filled(owner: Keeper) -> None:
    close(manager="", hours="")
    count = len(shop_opening.items())

    page = owner.get(PAGE).text

    assert f"{count}項目のうち{count - 2}項目が入力済み" in page


def test_the_demo_shop_lacks_nothing(owner: Keeper) -> None:
    assert missing_on(owner.get(PAGE).text) == []


def test_a_complete_shop_opens_and_sells(owner: Keeper) -> None:
    close()

    answer = owner.post(PAGE, {"do": "open"})

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert profile.shop().is_open
    owner.put_in()
    assert 'data-testid="go-to-checkout"' in owner.get("/cart").text


def test_the_page_says_how_many_shoppers_a_closed_door_would_meet(
    owner: Keeper, shopper: FormShopper
) -> None:
    assert 'data-testid="under-way"' not in owner.get(PAGE).text

    shopper.put_in().answer("cod")

    assert "注文の手続き中のお客さま: 1人" in owner.get(PAGE).text


def test_opening_and_closing_are_in_the_audit_log(owner: Keeper) -> None:
    owner.post(PAGE, {"do": "close"})
    owner.post(PAGE, {"do": "open"})

    actions = db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id))
    assert list(actions)[-2:] == ["shop.close", "shop.open"]


@pytest.mark.parametrize("payment", ["cod", "kuroneko_smartphone", "nothing"])
def test_the_final_screen_is_shown_with_all_six_items_and_no_way_to_order(
    owner: Keeper, payment: str
) -> None:
    page = owner.get(f"/admin/settings/shop/preview?payment={payment}").text

    laws = re.findall(r'data-law="(\w+)"', page)
    assert laws == ["quantity", "price", "delivery", "payment", "cancel"]
    assert 'data-testid="preview"' in page
    assert "/checkout/confirm" not in re.findall(r'action="([^"]+)"', page)
    assert "disabled" in page


def test_a_shop_without_goods_has_no_final_screen_to_show(owner: Keeper) -> None:
    with transaction():
        db.session.execute(sa.update(Product).values(published=False))

    answer = owner.get("/admin/settings/shop/preview")

    assert answer.status_code == 200
    assert "商品とお支払い方法を公開すると" in answer.text


def test_the_first_page_leads_the_owner_of_a_closed_shop_to_what_is_missing(
    owner: Keeper, staff: Keeper
) -> None:
    while_open = owner.get("/admin/").text
    close()

    assert f'<a href="{PAGE}">開店までに必要なものを見る</a>' in owner.get("/admin/").text
    assert "開店までに必要なもの" not in while_open + staff.get("/admin/").text


def test_shoppers_of_a_new_shop_read_once_that_it_is_being_prepared(shopper: FormShopper) -> None:
    with transaction():
        db.session.execute(sa.update(Shop).values(is_open=False, is_new=True))

    assert shopper.get("/").text.count("ただいま準備中です") == 1
    assert shopper.get("/help").text.count("ただいま準備中です") == 1
