"""How the parcel is sent: fees by prefecture, methods to choose from, and days of rest."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.checkout import delivery_choice
from storefront.checkout.legal import items
from storefront.checkout.validation import ValidationProblem, problems
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.payments.models import PaymentMethod
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile
from storefront.testing.form_shopper import ADDRESS, FormShopper
from tests.factories import some_answers
from tests.markup import parsed
from tests.unit.checkout.journeys import COD, a_delivery, a_journey, a_method, a_shop
from tests.unit.checkout.reading import leads_to

OKINAWA = {"postal_code": "900-0001", "prefecture": "沖縄県", "city": "那覇市", "street": "港町1-1"}


def set_fees(**fees: int) -> None:
    with transaction():
        db.session.execute(sa.update(DeliveryMethod).values(fees=fees))


def add_letter(**changes: Any) -> None:
    fields = {"code": "letter", "name": "ネコポス", "fee": 385, "position": 1, "slots": []}
    fields |= {"offers_dates": False, "name_en": "Nekopos", "free_from": None}
    with transaction():
        db.session.add(DeliveryMethod(**{**fields, **changes}))


def total_of(page: str) -> int:
    found = re.search(r'data-testid="(?:confirm|order)-total" data-yen="(\d+)"', page)
    assert found
    return int(found[1])


# Fees by prefecture


def test_a_prefecture_with_a_fee_of_its_own_pays_that(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500)

    shopper.put_in().answer("cod", **OKINAWA)

    assert total_of(shopper.get("/checkout/confirm").text) == 3_300 + 1_500 + 330


def test_every_other_prefecture_pays_the_base_fee(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500)

    shopper.put_in().answer("cod")

    assert total_of(shopper.get("/checkout/confirm").text) == 4_290


def test_the_fee_is_that_of_where_the_parcel_goes(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500)
    there = {f"ship_{name}": value for name, value in OKINAWA.items()}
    there |= {"ship_to": "other", "ship_name": "山田 花子", "ship_tel": "098-000-0000"}

    shopper.put_in().answer("cod", **there)

    assert total_of(shopper.get("/checkout/confirm").text) == 3_300 + 1_500 + 330


def test_the_quote_counts_the_prefecture_in_the_form(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500)
    shopper.put_in().get("/checkout")

    quote = shopper.post("/checkout/quote", {**ADDRESS, **OKINAWA, "payment": "cod"})

    assert total_of(quote.text) == 3_300 + 1_500 + 330


def test_enough_goods_travel_free_to_the_far_prefecture_too(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500)

    shopper.put_in(quantity=4).answer("cod", **OKINAWA)

    assert total_of(shopper.get("/checkout/confirm").text) == 13_200 + 330


def test_the_cart_says_that_its_fee_may_change(shopper: FormShopper) -> None:
    assert "お届け先や配送方法で変わります" not in shopper.put_in().get("/cart").text

    set_fees(沖縄県=1_500)

    page = shopper.get("/cart").text
    assert "お届け先や配送方法で変わります" in page
    assert 'data-testid="cart-total" data-yen="3960"' in page


def test_a_fee_that_rose_after_the_confirmation_is_told_before_it_is_charged(
    shopper: FormShopper,
) -> None:
    shopper.put_in().answer("cod")
    page = shopper.get("/checkout/confirm").text
    key = re.search(r'name="confirmation_key" value="([^"]+)"', page)
    set_fees(東京都=900)

    answer = shopper.press_confirm(key[1] if key else "")

    assert answer.status_code == 422
    assert "ご注文内容が変わりました" in answer.text
    assert total_of(answer.text) == 4_530
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 0


def test_the_legal_page_names_the_fee_of_each_prefecture_that_differs(shopper: FormShopper) -> None:
    set_fees(沖縄県=1_500, 北海道=1_200, 東京都=660)

    text = shopper.get("/legal/tokushoho").text

    assert "次の都道府県のほかは660円(税込)です。" in text
    assert re.findall(r"<dt>([^<]+)</dt><dd>(1,\d+円)", text) == [
        ("北海道", "1,200円"),
        ("沖縄県", "1,500円"),
    ]


# More than one delivery method


def test_with_one_method_nothing_is_asked(shopper: FormShopper) -> None:
    assert 'name="delivery_method"' not in shopper.put_in().get("/checkout").text


def test_with_several_none_is_chosen_for_the_shopper(shopper: FormShopper) -> None:
    add_letter()

    page = shopper.put_in().get("/checkout").text

    assert re.findall(r'name="delivery_method" value="(\w+)"( checked)?', page) == [
        ("standard", ""),
        ("letter", ""),
    ]


def test_with_several_one_has_to_be_chosen(shopper: FormShopper) -> None:
    add_letter()

    answer = shopper.put_in().answer("cod").last

    assert answer.status_code == 422
    assert 'href="#delivery_method"' in answer.text


def test_the_chosen_method_is_what_is_paid_and_kept(shopper: FormShopper) -> None:
    add_letter()
    shopper.put_in().answer("cod", delivery_method="letter")

    page = shopper.get("/checkout/confirm").text
    shopper.press_confirm()

    order = db.session.scalars(sa.select(Order)).one()
    assert (total_of(page), order.total, order.shipping) == (4_015, 4_015, 385)
    assert order.texts["delivery_method"] == "letter"
    assert order.texts["law"]["delivery"].startswith("ネコポス ")


def test_what_was_chosen_is_still_chosen_when_the_form_is_opened_again(
    shopper: FormShopper,
) -> None:
    add_letter()
    shopper.put_in().answer("cod", delivery_method="letter")

    page = shopper.get("/checkout").text

    assert 'value="letter" checked' in page


def test_the_quote_says_anew_what_each_method_costs(shopper: FormShopper) -> None:
    add_letter()
    set_fees(沖縄県=1_500)
    shopper.put_in().get("/checkout")

    quote = shopper.post("/checkout/quote", {**ADDRESS, **OKINAWA, "delivery_method": "letter"})

    said = dict(re.findall(r'"#delivery-(\w+)-fee"[^>]*>送料([\d,]+)円', quote.text))
    assert said == {"standard": "1,500", "letter": "1,500"}
    assert total_of(quote.text) == 4_800


def test_a_method_that_is_gone_has_to_be_chosen_anew(shopper: FormShopper) -> None:
    add_letter()
    add_letter(code="slow", position=2)
    shopper.put_in().answer("cod", delivery_method="letter")
    with transaction():
        gone = sa.update(DeliveryMethod).where(DeliveryMethod.code == "letter")
        db.session.execute(gone.values(published=False))

    assert leads_to(shopper.get("/checkout/confirm")) == "/checkout"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"delivery_date": "+5"}, "delivery_date"),
        ({"delivery_time": "0812"}, "delivery_time"),
    ],
)
def test_what_the_chosen_method_does_not_offer_is_said_beside_the_field(
    shopper: FormShopper, wish: dict[str, str], field: str
) -> None:
    add_letter()
    wished = clock.today() + timedelta(days=5)
    wish = {name: wished.isoformat() if value == "+5" else value for name, value in wish.items()}

    answer = shopper.put_in().answer("cod", delivery_method="letter", **wish).last

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_select_that_was_answered_wrongly_is_marked_and_tied_to_its_error(
    shopper: FormShopper,
) -> None:
    add_letter()
    wished = (clock.today() + timedelta(days=5)).isoformat()

    answer = shopper.put_in().answer("cod", delivery_method="letter", delivery_date=wished).last

    (control,) = parsed(answer.text).all("select", id="delivery_date")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "delivery_date-hint delivery_date-error"


def test_a_payment_method_may_go_with_some_delivery_methods_only(app: Flask) -> None:
    ways = [a_delivery(), a_delivery(code="letter")]
    methods = [a_method(COD, delivery_methods=["standard"])]
    shop = a_shop(deliveries=ways)

    def of(way: str) -> list[ValidationProblem]:
        answers = some_answers(delivery_method=way)
        return problems(a_journey(shop=shop, methods=methods, answers=answers))

    assert (of("standard"), of("letter")) == ([], [ValidationProblem.DELIVERY])


def test_a_payment_method_says_which_delivery_methods_it_goes_with(shopper: FormShopper) -> None:
    add_letter()
    with transaction():
        cod = sa.update(PaymentMethod).where(PaymentMethod.code == "cod")
        db.session.execute(cod.values(delivery_methods=["standard"]))

    answer = shopper.put_in().answer("cod", delivery_method="letter").last

    assert answer.status_code == 422
    assert "ご利用いただける配送方法: 宅急便" in answer.text
    assert "お選びの配送方法ではご利用いただけません" in answer.text


# Days of rest


def test_offered_days_begin_after_the_shops_own_day_of_rest() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    week = {"weekdays": [], "national": False, "new_year": False}
    works, rests = a_shop(rest=week), a_shop(rest={**week, "days": [tomorrow.isoformat()]})

    first = [delivery_choice.days(shop, shop.offered[0])[0] for shop in (works, rests)]

    assert first[1] - first[0] == timedelta(days=1)


def test_the_promised_arrival_moves_with_the_days_of_rest(app: Flask) -> None:
    week = {"weekdays": [], "national": False, "new_year": False}
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    told = [
        items.delivery(a_journey(shop=a_shop(rest={**week, "days": days})))
        for days in ([], [tomorrow])
    ]

    assert told[0] != told[1]


def test_a_shop_with_no_rule_of_its_own_rests_on_sundays() -> None:
    assert a_shop().calendar.rests_on(date(2026, 11, 29))


# A closed shop


def close() -> None:
    with transaction():
        profile.shop().is_open = False


def test_a_closed_shop_says_so_and_leads_nobody_to_the_checkout(shopper: FormShopper) -> None:
    shopper.put_in()
    close()

    page = shopper.get("/cart").text

    assert "ただいま準備中のため、ご注文を承っていません" in page
    assert 'data-testid="go-to-checkout"' not in page
    assert leads_to(shopper.get("/checkout")) == "/cart"


def test_a_shop_that_closes_takes_no_order_from_an_open_confirmation(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    key = re.search(r'key" value="([^"]+)"', shopper.get("/checkout/confirm").text)
    close()

    assert leads_to(shopper.press_confirm(key[1] if key else "")) == "/cart"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 0


def test_a_closed_shop_still_shows_its_goods(shopper: FormShopper) -> None:
    close()

    page = shopper.get("/products/yunomi")

    assert page.status_code == 200
    assert 'data-testid="shop-closed"' in page.text
