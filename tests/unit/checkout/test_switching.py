"""Another method, another phone, another cart."""

import re

import pytest

from storefront.testing.form_shopper import FormShopper
from tests.unit.checkout.reading import completion, leads_to, step_of


def test_another_method_leads_to_the_confirmation(shopper: FormShopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/other-method", {"payment": "cod"})

    assert leads_to(answer) == "/checkout/confirm"


def test_another_method_stands_on_the_confirmation(shopper: FormShopper) -> None:
    shopper.to_sms()
    shopper.post("/checkout/other-method", {"payment": "cod"})

    page = shopper.get("/checkout/confirm").text

    assert "4,290円" in page
    assert "注文を確定する" in page


@pytest.mark.parametrize("payment", ["barter", "card", "kuroneko_payslip"])
def test_an_impossible_method_shows_the_form(shopper: FormShopper, payment: str) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/other-method", {"payment": payment})

    assert (answer.status_code, step_of(answer)) == (422, "input")
    assert 'data-testid="error-summary"' in answer.text


def test_a_method_over_its_limit_shows_the_form(shopper: FormShopper) -> None:
    shopper.put_in("tsumugi").answer("cod")

    answer = shopper.post("/checkout/other-method", {"payment": "kuroneko_smartphone"})

    assert answer.status_code == 422


def test_no_method_chosen_leads_to_the_list_of_methods(shopper: FormShopper) -> None:
    shopper.to_sms()

    assert leads_to(shopper.post("/checkout/other-method")) == "/checkout?switch=1"


def test_another_method_before_any_answer_is_kept_for_the_form(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")
    shopper.post("/checkout/other-method", {"payment": "cod"})

    page = shopper.get("/checkout").text

    assert re.search(r'id="payment-cod"[^>]* checked', page)


def test_back_to_the_first_method_its_code_is_still_good(shopper: FormShopper) -> None:
    shopper.to_sms()
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.post("/checkout/other-method", {"payment": "kuroneko_smartphone"})

    assert leads_to(shopper.guess("1234")) == completion()


def test_a_changed_phone_voids_the_code(shopper: FormShopper) -> None:
    shopper.to_sms()

    shopper.answer(tel="090-0000-0040")

    assert leads_to(shopper.guess("1234")) == "/checkout/confirm"


def test_a_changed_cart_voids_the_code(shopper: FormShopper) -> None:
    shopper.to_sms()

    shopper.put_in("chasen")

    assert leads_to(shopper.guess("1234")) == "/checkout/confirm"


def test_a_key_of_another_version_is_refused_on_code_entry(shopper: FormShopper) -> None:
    shopper.to_sms()

    answer = shopper.post("/checkout/sms", {"code": "1234", "confirmation_key": "0" * 32})

    assert leads_to(answer) == "/checkout/confirm"
