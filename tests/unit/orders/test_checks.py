"""The phone checks on the way to an order outlive the day of their codes."""

import secrets
from typing import Any

import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders import phone_checks
from storefront.ports.sms import Delivery
from storefront.sandbox import time
from storefront.verification import delivery_reports
from storefront.verification.models import Challenge
from storefront.worker import periodic_tasks
from tests.factories import an_order

DAY = 24 * 3600


def a_challenge(checkout_id: str, **changes: Any) -> Challenge:
    now = clock.now()
    fields = {
        "id": secrets.token_hex(16),
        "checkout_id": checkout_id,
        "method": "kuroneko_smartphone",
        "phone_digest": "m" * 32,
        "offer_fingerprint": "o" * 32,
        "idempotency_key": secrets.token_hex(16),
        "created_at": now,
        "coded_at": now,
        "sent_at": now,
        "expires_at": now,
        "texts": 1,
        "provider": "sandbox",
        "reference": "m-1",
    }
    challenge = Challenge(**{**fields, **changes})
    with transaction():
        db.session.add(challenge)
    return challenge


def test_a_check_is_read_alike_before_and_after_its_code_is_erased(app: Flask) -> None:
    order = an_order()
    first = a_challenge(order.checkout_id, ended="locked")
    time.advance(60)
    second = a_challenge(order.checkout_id, passed_at=clock.now(), reference="m-2")
    a_challenge("somebody else's")

    def told() -> list[tuple[Any, ...]]:
        found = phone_checks.of_order(order)
        return [(one.id, one.ended, one.passed_at, one.texts, one.provider) for one in found]

    fresh = told()
    time.advance(DAY + 1)
    periodic_tasks.tidy_up()

    assert [one[0] for one in fresh] == [first.id, second.id]
    assert told() == fresh
    assert db.session.scalar(sa.select(sa.func.count(Challenge.id))) == 0


def test_a_check_that_led_to_no_order_is_not_kept(app: Flask) -> None:
    a_challenge("left")
    time.advance(DAY + 1)

    periodic_tasks.tidy_up()

    assert db.session.scalars(sa.text("SELECT id FROM order_checks")).all() == []


def test_checks_are_kept_once(app: Flask) -> None:
    order = an_order()
    a_challenge(order.checkout_id)
    time.advance(DAY - 600)

    periodic_tasks.tidy_up()
    periodic_tasks.tidy_up()

    assert len(phone_checks.of_order(order)) == 1


def test_when_a_text_arrived_is_noted_with_it(app: Flask) -> None:
    order = an_order()
    a_challenge(order.checkout_id)
    time.advance(5)

    delivery_reports.record("sandbox", "m-1", Delivery.DELIVERED)

    (check,) = phone_checks.of_order(order)
    assert check.delivery == "delivered"
    assert check.reported_at is not None
    assert 4 < (check.reported_at - check.sent_at).total_seconds() < 60
