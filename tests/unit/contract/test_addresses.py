"""Addresses and what they answer."""

import re

import pytest
from flask.testing import FlaskClient

from storefront.testing.form_shopper import FormShopper, field_value
from tests.walk import CATALOGUE, PLAIN

pytestmark = pytest.mark.web


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", [*CATALOGUE, *PLAIN[:-1], "/cart"])
def test_a_page_of_the_contract_answers(client: FlaskClient, prefix: str, path: str) -> None:
    assert client.get(prefix + path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/categories/nowhere",
        "/products/nowhere",
        "/orders/nowhere",
        "/orders/nowhere/complete",
        "/pay/nowhere",
        "/design/nowhere",
        "/sandbox/nowhere",
    ],
)
def test_what_is_not_there_or_not_there_yet_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/checkout",
        "/checkout/confirm",
        "/checkout/sms",
        "/checkout/sms/status",
        "/checkout/confirm/status",
        "/checkout/address?postal_code=1000005",
    ],
)
def test_a_step_without_a_cart_leads_to_the_cart(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.location) == (303, "/cart")


every_press = pytest.mark.parametrize(
    "path",
    [
        "/checkout",
        "/checkout/confirm",
        "/checkout/sms",
        "/checkout/sms/resend",
        "/checkout/other-method",
        "/checkout/address",
        "/checkout/leave",
    ],
)


@every_press
def test_a_post_without_a_cart_leads_to_the_cart(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"csrf_token": "old"})

    assert (answer.status_code, answer.location) == (303, "/cart")


@pytest.mark.parametrize("path", ["/checkout/confirm", "/checkout/sms"])
def test_a_step_that_cannot_be_open_leads_to_the_first_unanswered(
    shopper: FormShopper, path: str
) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.get(path)

    assert (answer.status_code, answer.location) == (303, "/checkout")


@every_press
def test_an_old_token_is_a_refusal_with_a_fresh_one(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.post(path, data={"csrf_token": "old"})

    assert answer.status_code == 422
    assert field_value(answer.text, "csrf_token") != "old"


def test_an_old_token_at_the_look_up_is_a_refusal(client: FlaskClient) -> None:
    answer = client.post("/orders/find", data={"number": "AAAA-AAAA", "email": "a@example.com"})

    assert answer.status_code == 422
    assert 'value="AAAA-AAAA"' in answer.text


def test_the_order_form_leads_to_the_confirmation(shopper: FormShopper) -> None:
    shopper.put_in().answer()

    assert (shopper.last.status_code, shopper.last.location) == (303, "/checkout/confirm")


def test_a_sent_code_leads_to_code_entry(shopper: FormShopper) -> None:
    shopper.to_sms()

    assert (shopper.last.status_code, shopper.last.location) == (303, "/checkout/sms")


def test_the_right_code_leads_to_the_completion(shopper: FormShopper) -> None:
    answer = shopper.to_sms().guess("1234")

    assert answer.status_code == 303
    assert re.fullmatch(r"/orders/[\w-]{43}/complete", answer.location)


def test_the_last_wrong_code_leads_to_the_order_form(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0006")

    answer = shopper.guess("9999")

    assert (answer.status_code, answer.location) == (303, "/checkout")


def test_another_method_leads_to_the_confirmation(shopper: FormShopper) -> None:
    answer = shopper.to_sms().post("/checkout/other-method", {"payment": "cod"})

    assert (answer.status_code, answer.location) == (303, "/checkout/confirm")


def test_no_method_leads_to_the_list_of_methods(shopper: FormShopper) -> None:
    answer = shopper.to_sms().post("/checkout/other-method")

    assert (answer.status_code, answer.location) == (303, "/checkout?switch=1")


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_with_nothing_new_is_empty(shopper: FormShopper, path: str) -> None:
    answer = shopper.to_sms().get(path)

    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/checkout/address?postal_code=1000005"),
        ("POST", "/checkout/quote"),
        ("POST", "/checkout/validate/email"),
    ],
)
def test_a_small_partial_is_a_piece_of_a_page(shopper: FormShopper, method: str, path: str) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.client.open(path, method=method, data={"email": "a@gmial.com"})

    assert answer.status_code == 200
    assert "<html" not in answer.text


def test_the_button_for_the_address_leads_back_to_the_form(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = shopper.post("/checkout/address", {"postal_code": "100-0005"})

    assert (answer.status_code, answer.location) == (303, "/checkout")


@pytest.mark.parametrize("path", ["/checkout", "/checkout/confirm", "/checkout/sms"])
def test_after_the_order_every_checkout_address_leads_to_its_completion(
    shopper: FormShopper, path: str
) -> None:
    placed = shopper.to_sms().guess("1234")

    answer = shopper.get(path)

    assert (answer.status_code, answer.location) == (303, placed.location)


@pytest.mark.parametrize("name", ["/", "/products/yunomi", "/cart", "/checkout", "/nowhere"])
def test_htmx_gets_the_same_main_as_the_page(shopper: FormShopper, name: str) -> None:
    shopper.put_in().get("/cart")
    shopper.get("/checkout")

    page = shopper.get(name).text
    part = shopper.get(name, **{"HX-Request": "true"}).text

    assert _main(part) == _main(page)
    assert "<html" not in part


def _main(html: str) -> str:
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return re.sub('name="csrf_token" value="[^"]*"', "", found[0])
