"""What opens which step, and where everyone else is led."""

import pytest
from flask import Flask

from storefront.testing.form_shopper import FormShopper
from tests.cookies import keep
from tests.unit.checkout.reading import GETS, POSTS, cookie_of, leads_to


@pytest.mark.parametrize("path", GETS)
def test_without_a_cart_every_step_leads_to_the_cart(shopper: FormShopper, path: str) -> None:
    assert leads_to(shopper.get(path)) == "/cart"


@pytest.mark.parametrize("path", POSTS)
def test_without_a_cart_every_press_leads_to_the_cart(shopper: FormShopper, path: str) -> None:
    assert leads_to(shopper.post(path)) == "/cart"


@pytest.mark.parametrize("path", GETS[1:])
def test_without_a_checkout_every_step_leads_to_the_first(shopper: FormShopper, path: str) -> None:
    shopper.put_in()

    assert leads_to(shopper.get(path)) == "/checkout"


@pytest.mark.parametrize("path", POSTS)
def test_without_a_checkout_every_press_leads_to_the_cart(shopper: FormShopper, path: str) -> None:
    shopper.put_in()

    assert leads_to(shopper.post(path)) == "/cart"


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms", "/checkout/sms/status"])
def test_with_nothing_answered_every_step_leads_to_the_form(
    shopper: FormShopper, path: str
) -> None:
    shopper.put_in().get("/checkout")

    assert leads_to(shopper.get(path)) == "/checkout"


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms", "/checkout/sms/resend"])
def test_with_nothing_answered_a_press_leads_to_the_form(shopper: FormShopper, path: str) -> None:
    shopper.put_in().get("/checkout")

    assert leads_to(shopper.post(path)) == "/checkout"


@pytest.mark.parametrize("path", ["/checkout/sms", "/checkout/sms/status"])
@pytest.mark.parametrize("payment", ["cod", "kuroneko_smartphone"])
def test_with_no_code_sent_code_entry_leads_to_the_confirmation(
    shopper: FormShopper, path: str, payment: str
) -> None:
    shopper.put_in().answer(payment)

    assert leads_to(shopper.get(path)) == "/checkout/confirm"


@pytest.mark.parametrize("path", ["/checkout/sms", "/checkout/sms/resend"])
def test_with_no_code_sent_a_guess_leads_to_the_confirmation(
    shopper: FormShopper, path: str
) -> None:
    shopper.put_in().answer()

    assert leads_to(shopper.post(path, {"code": "1234"})) == "/checkout/confirm"


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
def test_with_a_code_sent_every_step_is_open(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    assert shopper.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/checkout/other-method", "/checkout/sms/resend"])
def test_a_reload_of_a_refused_press_leads_to_code_entry(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    assert leads_to(shopper.get(path)) == "/checkout/sms"


def test_an_emptied_cart_leads_out_of_the_checkout(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.post("/cart/items/yunomi", {"quantity": "0"})

    assert leads_to(shopper.get("/checkout/confirm")) == "/cart"


@pytest.mark.parametrize("cookie", ["", "c:", "o:", "c:x.y", "\x7f", "o:abc.def"])
def test_a_forged_cookie_begins_anew(shopper: FormShopper, cookie: str) -> None:
    shopper.put_in()
    keep(shopper.client, "checkout", cookie)

    assert shopper.get("/checkout").status_code == 200


def test_the_checkout_of_another_shopper_cannot_be_entered(
    app: Flask, shopper: FormShopper
) -> None:
    other = FormShopper(app.test_client())
    other.put_in().answer("cod", name="鈴木 花子")
    shopper.put_in()
    keep(shopper.client, "checkout", cookie_of(other.client))

    assert "鈴木 花子" not in shopper.get("/checkout").text


@pytest.mark.parametrize(
    "path",
    ["/checkout/quote", "/checkout/validate/tel", "/checkout/nothing", "/checkout/confirm/x"],
)
def test_an_address_that_is_none_is_no_fault(shopper: FormShopper, path: str) -> None:
    shopper.put_in()

    assert shopper.get(path).status_code in {404, 405}


def test_english_steps_lead_to_english_steps(app: Flask) -> None:
    shopper = FormShopper(app.test_client(), "/en")

    assert leads_to(shopper.put_in().answer("cod").last) == "/en/checkout/confirm"
    assert leads_to(shopper.press_confirm()).startswith("/en/orders/")
