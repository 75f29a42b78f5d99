"""A press whose token is old, tampered with, or of a session that is gone."""

import pytest

from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests.cookies import forget
from tests.unit.checkout.reading import (
    PRESSES,
    completion,
    count_orders,
    key_of,
    leads_to,
    with_bad_token,
)


def test_a_stale_token_keeps_what_was_typed_in_the_form(shopper: FormShopper) -> None:
    shopper.put_in().get("/checkout")

    answer = with_bad_token(shopper, "/checkout", {**ADDRESS, "payment": "cod", "city": "大手町"})

    assert answer.status_code == 422
    assert 'value="大手町"' in answer.text
    assert 'data-testid="error-summary"' in answer.text


@pytest.mark.parametrize("path", PRESSES)
def test_a_stale_token_brings_a_fresh_one_that_works(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()
    refused = with_bad_token(shopper, path, PRESSES[path])
    fresh = field_value(refused.text, "csrf_token")

    answer = shopper.client.post(path, data={**PRESSES[path], "csrf_token": fresh})

    assert refused.status_code == 422
    assert 'data-testid="error-summary"' in refused.text
    assert answer.status_code == (422 if path in NOT_YET else 303)


NOT_YET = {"/checkout/confirm", "/checkout/sms/resend"}  # no key was sent; it is too early


@pytest.mark.parametrize("path", PRESSES)
def test_a_gone_session_is_a_stale_token(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()
    token = shopper.token()
    forget(shopper.client, "session")

    answer = shopper.client.post(path, data={**PRESSES[path], "csrf_token": token})

    assert answer.status_code == 422


def test_a_stale_token_places_no_order(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    key = key_of(shopper)

    with_bad_token(shopper, "/checkout/confirm", {"confirmation_key": key})

    assert count_orders() == 0


def test_a_stale_token_costs_no_try(shopper: FormShopper) -> None:
    shopper.to_sms()
    for _ in range(3):
        with_bad_token(shopper, "/checkout/sms", {"code": "9999"})

    assert leads_to(shopper.guess("1234")) == completion()


@pytest.mark.parametrize("path", PRESSES)
def test_a_refused_press_leaves_the_session_cookie_as_it_is(
    shopper: FormShopper, path: str
) -> None:
    shopper.to_sms()

    answer = with_bad_token(shopper, path, PRESSES[path])

    assert "session" not in ";".join(answer.headers.getlist("Set-Cookie"))


@pytest.mark.parametrize("code", ["9999", "12", ""])
def test_a_wrong_code_leaves_the_session_cookie_as_it_is(shopper: FormShopper, code: str) -> None:
    shopper.to_sms()

    assert shopper.guess(code).headers.getlist("Set-Cookie") == []
