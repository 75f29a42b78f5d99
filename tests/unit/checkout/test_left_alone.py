"""A shopper who comes back after an hour."""

import pytest

from tests.shopper import Shopper
from tests.unit.checkout.reading import BANNER, POSTS, PassTime, leads_to


def test_a_shopper_away_for_an_hour_is_told(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)

    answer = shopper.get("/checkout")

    assert (answer.status_code, BANNER in answer.text) == (200, True)
    assert "taro@example.com" not in answer.text


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_a_shopper_away_for_an_hour_is_led_to_the_form(
    shopper: Shopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.get(path)) == "/checkout"
    assert BANNER in shopper.get("/checkout").text


@pytest.mark.parametrize("path", POSTS)
def test_a_press_after_an_hour_is_led_to_the_form(
    shopper: Shopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms()
    pass_time(3_601)

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout"


def test_the_cart_survives_an_hour_away(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert "萩焼の湯呑" in shopper.get("/cart").text


def test_the_banner_stands_once(shopper: Shopper, pass_time: PassTime) -> None:
    shopper.put_in().answer("cod")
    pass_time(3_601)
    shopper.get("/checkout")

    assert BANNER not in shopper.get("/checkout").text


@pytest.mark.parametrize("seen_after", [0, 299, 301])
def test_a_draft_is_kept_for_an_hour_since_the_shopper_was_there(
    shopper: Shopper, pass_time: PassTime, seen_after: int
) -> None:
    shopper.put_in().answer("cod")
    pass_time(seen_after)
    shopper.get("/checkout")
    pass_time(3_590)

    assert "taro@example.com" in shopper.get("/checkout").text
