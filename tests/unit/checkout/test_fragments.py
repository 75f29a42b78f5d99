"""What HTMX gets, and how long each answer may be kept."""

import re

import pytest

from storefront.testing.form_shopper import FormShopper
from tests.unit.checkout.reading import (
    PRESSES,
    SCREENS,
    completion,
    key_of,
    leads_to,
    with_bad_token,
)


@pytest.mark.parametrize("path", SCREENS)
def test_htmx_gets_the_fragment_alone(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.get(path, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "<title>" in answer.text


@pytest.mark.parametrize("path", SCREENS)
def test_htmx_gets_the_same_main_as_everyone(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()
    without_time = [
        re.sub(
            r'data-now="[^"]*"|name="csrf_token" value="[^"]*"',
            "",
            main_of(shopper.client.get(path, headers=headers).text),
        )
        for headers in ({}, {"HX-Request": "true"})
    ]

    assert without_time[0] == without_time[1]


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize("path", PRESSES)
def test_htmx_gets_a_refused_press_as_a_fragment(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    answer = shopper.client.post(path, data=PRESSES[path], headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "<html" not in answer.text


def test_htmx_is_led_on_by_the_same_303(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    data = {"confirmation_key": key_of(shopper), "csrf_token": shopper.token()}

    answer = shopper.client.post("/checkout/confirm", data=data, headers={"HX-Request": "true"})

    assert leads_to(answer) == completion()


@pytest.mark.parametrize(
    ("path", "freshness"),
    [
        ("/checkout", "private, no-cache"),
        ("/checkout/confirm", "no-store"),
        ("/checkout/sms", "no-store"),
    ],
)
def test_a_screen_says_how_long_it_may_be_kept(
    shopper: FormShopper, path: str, freshness: str
) -> None:
    shopper.to_sms()

    assert shopper.get(path).headers["Cache-Control"] == freshness


def test_the_completion_is_never_kept(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod")
    shopper.press_confirm()

    assert shopper.get(completion()).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", PRESSES)
def test_a_refused_press_may_be_shown_again_by_back(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    answer = with_bad_token(shopper, path, PRESSES[path])

    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", [*SCREENS, "/checkout/sms/status", "/cart", "/checkout/x"])
def test_every_answer_varies_with_htmx(shopper: FormShopper, path: str) -> None:
    shopper.to_sms()

    assert "HX-Request" in shopper.get(path).headers["Vary"]
