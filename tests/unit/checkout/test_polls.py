"""What the screens ask every few seconds."""

import pytest

from storefront.testing.form_shopper import FormShopper
from tests.unit.checkout.reading import PassTime, completion, leads_to


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_with_nothing_new_is_empty(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.get(path)

    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize("path", ["/checkout/sms/status", "/checkout/confirm/status"])
def test_a_poll_after_a_failure_leads_to_the_form(
    shopper: FormShopper, pass_time: PassTime, path: str
) -> None:
    shopper.to_sms("090-0000-0003")
    pass_time(2)

    assert leads_to(shopper.get(path)) == "/checkout"


def test_a_poll_after_the_order_leads_to_its_completion(shopper: FormShopper) -> None:
    shopper.to_sms()
    shopper.guess("1234")

    assert leads_to(shopper.get("/checkout/sms/status")) == completion()
