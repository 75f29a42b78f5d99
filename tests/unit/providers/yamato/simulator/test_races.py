"""Equal requests at the same moment."""

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.models import CreditRecord
from tests.at_once import at_once
from tests.unit.providers.yamato.simulator.merchant import Merchant, Phone, error_of
from tests.unit.verification.stand_ins import StillClock

TOO_MANY = "kaasa021E"


def outcome(merchant: Merchant, code: str) -> str:
    answer = merchant.try_code(code)
    return error_of(answer) or answer["result"]


def tries() -> int | None:
    with db.engine.connect() as another:
        return another.scalar(sa.select(CreditRecord.tries))


def test_of_equal_orders_at_once_one_is_taken(merchant: Merchant, phone: Phone) -> None:
    acts: list[Callable[[], dict[str, str]]] = [merchant.order] * 4

    errors = sorted(error_of(answer) for answer in at_once(acts))

    assert errors == ["", "kaara009E", "kaara009E", "kaara009E"]
    assert len(phone.texts) == 1


def test_of_twenty_wrong_codes_at_once_three_are_compared(merchant: Merchant, phone: Phone) -> None:
    merchant.order()
    wrong = [f"{(int(phone.code) + step) % 10_000:04}" for step in range(1, 21)]

    outcomes = at_once([partial(outcome, merchant, code) for code in wrong])

    assert sorted(outcomes) == ["2"] * 3 + [TOO_MANY] * 17
    assert tries() == 3


def test_of_equal_right_codes_at_once_one_approves(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    outcomes = at_once([partial(outcome, merchant, phone.code)] * 8)

    assert outcomes.count("1") == 1
    assert set(outcomes) <= {"1", "5", TOO_MANY}
    assert merchant.status()["result"] == "1"


def test_a_right_code_among_wrong_ones_passes_if_it_had_a_try(
    merchant: Merchant, phone: Phone
) -> None:
    merchant.order()
    wrong = f"{(int(phone.code) + 1) % 10_000:04}"

    outcomes = at_once([partial(outcome, merchant, code) for code in [wrong] * 5 + [phone.code]])

    status = merchant.status()["result"]
    assert (outcomes[-1], status) in {("1", "1"), (TOO_MANY, "31")}
    assert outcomes.count("2") <= 3


def test_of_equal_cancellations_at_once_one_succeeds(merchant: Merchant) -> None:
    merchant.order()
    acts: list[Callable[[], dict[str, str]]] = [merchant.cancel] * 4

    errors = sorted(error_of(answer) for answer in at_once(acts))

    assert errors == [""] + ["kaacl009E"] * 3


def test_of_many_who_look_at_once_one_is_told_of_a_lost_text(
    app: Flask, merchant: Merchant, still: StillClock
) -> None:
    merchant.order(telNum="09000000004")

    def look() -> list[tuple[str, str]]:
        with app.app_context():
            return events.lose_due()

    told = at_once([look] * 6)

    assert sum(map(len, told)) == 1
