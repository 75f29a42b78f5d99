"""What a checkout's row knows of its codes."""

from dataclasses import replace

from flask import Flask

from storefront.checkout import store
from storefront.verification import sending
from tests.factories import a_requester
from tests.unit.checkout.journeys import begun
from tests.unit.verification.stand_ins import asked


def test_codes_of_a_checkout_come_newest_first(app: Flask) -> None:
    checkout_id = begun().checkout.id
    requester = a_requester(checkout=checkout_id, phone="09000000000")

    made = [
        sending.issue(replace(asked(), idempotency_key=press), requester).id for press in ("1", "2")
    ]

    found = store.find(checkout_id)
    assert found
    assert [one.id for one in found.challenges] == made[::-1]
