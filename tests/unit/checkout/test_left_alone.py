"""A shopper who comes back after an hour."""

import pytest

from storefront.testing.form_shopper import ADDRESS, FormShopper
from storefront.testing.specimen import NAME
from tests.unit.checkout.reading import BANNER, POSTS, PassTime, leads_to

CARRY_THE_FORM = {"/checkout", "/checkout/address", "/checkout/draft", "/checkout/leave"}


def test_a_shopper_away_for_an_hour_is_told(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)

    answer = shopper.get("/checkout")

    assert (answer.status_code, BANNER in answer.text) == (200, True)
    assert "taro@example.com" not in answer.text


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_a_shopper_away_for_an_hour_is_led_to_the_form(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.get(path)) == "/checkout"
    assert BANNER in shopper.get("/checkout").text


@pytest.mark.parametrize("path", [one for one in POSTS if one not in CARRY_THE_FORM])
def test_a_press_after_an_hour_is_led_to_the_form(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout"


def test_a_shopper_away_for_an_hour_is_told_what_went(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.put_in().get("/checkout")
    shopper.post("/checkout/draft", {"name": NAME, "note": "急ぎます", "delivery_time": "0000"})
    pass_time(70 * 60)

    page = shopper.get("/checkout").text

    assert "入力内容(ご注文者、備考)が消えました" in page
    assert f'value="{NAME}"' not in page


def test_who_had_typed_nothing_is_told_that_the_cart_is_there(
    shopper: FormShopper, pass_time: PassTime
) -> None:
    shopper.put_in().get("/checkout")
    pass_time(70 * 60)

    page = shopper.get("/checkout").text

    assert "手続きを最初からにしました。カートの商品は残っています" in page


def test_a_form_sent_after_an_hour_goes_on(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in().get("/checkout")
    pass_time(70 * 60)

    shopper.post("/checkout", {**ADDRESS, "payment": "cod"})

    assert leads_to(shopper.last) == "/checkout/confirm"
    assert NAME in shopper.get("/checkout/confirm").text


@pytest.mark.parametrize("path", ["/checkout/draft", "/checkout/address", "/checkout/leave"])
def test_what_is_typed_after_an_hour_is_kept(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.put_in().answer("cod")
    pass_time(70 * 60)

    shopper.post(path, {**ADDRESS, "name": "山田 花子"})

    page = shopper.get("/checkout").text
    assert "山田 花子" in page
    assert BANNER not in page


def test_typing_counts_as_being_there(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in().get("/checkout")
    for _nth in range(3):
        pass_time(50 * 60)
        shopper.post("/checkout/draft", {"name": NAME})

    assert f'value="{NAME}"' in shopper.get("/checkout").text


def test_the_cart_survives_an_hour_away(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert "萩焼の湯呑" in shopper.get("/cart").text


def test_the_banner_stands_once(shopper: FormShopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert BANNER not in shopper.get("/checkout").text


@pytest.mark.parametrize("seen_after", [0, 299, 301])
def test_a_draft_is_kept_for_an_hour_since_the_shopper_was_there(
    shopper: FormShopper, pass_time: PassTime, seen_after: int
) -> None:
    shopper.put_in().answer("cod")
    pass_time(seen_after)
    shopper.get("/checkout")
    pass_time(3_590)

    assert "taro@example.com" in shopper.get("/checkout").text
