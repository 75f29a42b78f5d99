"""070-0WWW-NNNN leads where 090-0000-NNNN leads, for whoever tests beside others.

Endings whose network hangs (0010, 0024, 0026) wait for real and have tests of their own: here each
ending is one that does not.
"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.testing.form_shopper import QuickFormShopper
from tests.unit.checkout.reading import reason_of
from tests.yamato import yamato_app

__all__ = ["yamato_app"]

SMS, CONFIRM = "/checkout/sms", "/checkout/confirm"
SENT = dict.fromkeys(("0000", "0001", "0002", "0003", "0006", "0009", "0040", "0041"), SMS)
OWN = {
    **SENT,
    **dict.fromkeys(("0004", "0005"), "refused"),
    **dict.fromkeys(("0007", "0008"), "unavailable"),
}
YAMATO = {
    **SENT,
    **dict.fromkeys(("0004", "0005", "0023", "0030", "0031", "0032"), SMS),
    **dict.fromkeys(("0007", "0008"), "unavailable"),
    **dict.fromkeys(("0020", "0025"), CONFIRM),
    "0021": "credit",
    "0022": "limit",
}
EVERYBODY = ("000", "123", "999")


def leads_to(app: Flask, number: str) -> str:
    """The step it leads to, or why the method has failed."""
    shopper = QuickFormShopper(app.test_client()).to_sms(number)
    assert shopper.last.status_code == 303
    location = str(shopper.last.location)
    return location if location != "/checkout" else str(reason_of(shopper.get(location).text))


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_ending_with_codes_of_the_shop(client: FlaskClient, who: str) -> None:
    assert {one: leads_to(client.application, f"0700{who}{one}") for one in OWN} == OWN


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_ending_with_yamato(yamato_app: Flask, who: str) -> None:
    assert {one: leads_to(yamato_app, f"0700{who}{one}") for one in YAMATO} == YAMATO


@pytest.mark.parametrize("number", ["070-0123-0000", "080-0123-4567"])
def test_they_are_capped_by_nothing(client: FlaskClient, number: str) -> None:
    """Five texts a day are what another number gets."""
    for _each in range(7):
        assert leads_to(client.application, number) == SMS


@pytest.mark.parametrize("number", ["070-0123-0000", "080-0123-4567"])
def test_they_have_no_limit_of_what_they_owe(yamato_app: Flask, number: str) -> None:
    """55,000 yen are what another number may owe."""
    client = yamato_app.test_client()
    for _each in range(2):
        body = {"state": "placed", "tel": number, "items": {"yunomi": 12}}
        assert client.post("/sandbox/orders", json=body).status_code == 201


def test_an_ordinary_number_has_a_random_code(client: FlaskClient) -> None:
    codes = set()
    for nth in range(3):
        QuickFormShopper(client.application.test_client()).to_sms(f"080-0{nth:03}-0000")
        found = client.get(f"/sandbox/phone.json?to=0800{nth:03}0000").get_json()
        codes.add(found[0]["code"])

    assert len(codes) > 1
