"""Every address once the order is placed."""

import pytest

from storefront.sandbox.phone import phone
from storefront.testing.form_shopper import FormShopper
from tests.cookies import keep
from tests.unit.checkout.reading import (
    GETS,
    POSTS,
    completion,
    cookie_of,
    count_orders,
    key_of,
    leads_to,
    step_of,
)

AFTER = [*GETS[:5], "/checkout/address?postal_code=1000005"]


@pytest.mark.parametrize("path", AFTER)
def test_after_the_order_every_address_leads_to_its_completion(
    shopper: FormShopper, path: str
) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    assert leads_to(shopper.get(path)) == completion()


@pytest.mark.parametrize("path", POSTS)
def test_after_the_order_every_press_leads_to_its_completion(
    shopper: FormShopper, path: str
) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    answer = shopper.post(path, {"code": "1234", "payment": "cod"})

    assert (leads_to(answer), count_orders()) == (completion(), 1)


def test_after_the_order_a_new_cart_begins_anew(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    shopper.put_in("chasen")

    assert (shopper.get("/checkout").status_code, step_of(shopper.last)) == (200, "input")


def test_after_the_order_its_answers_are_not_shown_to_the_next(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()
    shopper.put_in("chasen")

    assert "taro@example.com" not in shopper.get("/checkout").text


def test_a_second_order_can_be_placed(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()
    shopper.put_in("chasen").answer("cod")

    assert leads_to(shopper.press_confirm()) == completion()
    assert count_orders() == 2


def test_the_checkout_cookie_changes_with_the_order(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    before = cookie_of(shopper.client)

    shopper.press_confirm()

    assert cookie_of(shopper.client) not in {before, ""}


def ordered_with_the_cookie_from_before(shopper: FormShopper) -> str:
    """The key of an order, in a browser that still has the cookie from before it."""
    shopper.put_in().answer("cod")
    key, cookie = key_of(shopper), cookie_of(shopper.client)
    shopper.press_confirm(key)
    keep(shopper.client, "checkout", cookie)
    return key


def test_the_same_key_with_the_cookie_from_before_finds_the_order(shopper: FormShopper) -> None:
    key = ordered_with_the_cookie_from_before(shopper)

    assert leads_to(shopper.press_confirm(key)) == completion()
    assert count_orders() == 1


def test_the_same_key_finds_the_order_though_the_cart_is_filled_again(shopper: FormShopper) -> None:
    key = ordered_with_the_cookie_from_before(shopper)
    shopper.put_in("chasen")

    assert leads_to(shopper.press_confirm(key)) == completion()
    assert count_orders() == 1


def test_the_cookie_from_before_begins_anew_with_a_filled_cart(shopper: FormShopper) -> None:
    ordered_with_the_cookie_from_before(shopper)
    shopper.put_in("chasen")

    assert (shopper.get("/checkout").status_code, step_of(shopper.last)) == (200, "input")


def test_the_same_press_for_a_code_sends_one_text(shopper: FormShopper) -> None:
    shopper.put_in().answer()
    key = key_of(shopper)

    answers = [leads_to(shopper.press_confirm(key)) for _ in range(3)]

    assert answers == ["/checkout/sms"] * 3
    assert len(phone.messages()) == 1


def test_a_guess_with_the_cookie_from_before_finds_the_order(shopper: FormShopper) -> None:
    shopper.to_sms()
    cookie = cookie_of(shopper.client)
    shopper.guess("1234")
    keep(shopper.client, "checkout", cookie)

    assert leads_to(shopper.guess("1234")) == completion()
    assert count_orders() == 1


def test_an_old_key_with_the_new_cookie_and_a_new_cart_still_leads_to_its_order(
    shopper: FormShopper,
) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)
    completion = leads_to(shopper.press_confirm(key))
    shopper.put_in("chasen")

    replay = shopper.press_confirm(key)

    assert leads_to(replay) == completion
