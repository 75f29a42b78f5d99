"""What a typed code is answered, and in which order that is decided."""

import secrets
from datetime import timedelta

import pytest

from storefront.providers.yamato.simulator import events
from tests.unit.providers.yamato.simulator.conftest import Opened
from tests.unit.providers.yamato.simulator.merchant import (
    MERCHANT,
    Merchant,
    Phone,
    error_of,
    sandbox,
)
from tests.unit.verification.stand_ins import StillClock


def wrong(phone: Phone) -> str:
    return f"{(int(phone.code) + 1) % 10_000:04}"


def outcome(merchant: Merchant, code: str) -> str:
    answer = merchant.try_code(code)
    return error_of(answer) or answer["result"]


FAULTS: list[tuple[str, dict[str, str | None]]] = [
    ("001", {"ycfStrCode": None}),
    ("002", {"ycfStrCode": "a" * 11}),
    ("003", {"ycfStrCode": "1"}),
    ("004", {"ycfStrCode": "99999999999"}),
    ("006", {"orderNo": None}),
    ("007", {"orderNo": "Ａ"}),
    ("010", {"ninCode": None}),
    ("011", {"ninCode": "１２３４"}),
    ("011", {"ninCode": "12a4"}),
    ("012", {"ninCode": "12345"}),
    ("013", {"requestDate": None}),
    ("014", {"requestDate": "now"}),
    ("015", {"requestDate": "20261201"}),
    ("016", {"requestDate": "20261301000000"}),
    ("017", {"password": None}),
    ("018", {"password": "ab-d1234"}),
    ("023", {"password": "abcd12345"}),
    ("024", {"password": "abcd1235"}),
    ("020", {"orderNo": "A-9999"}),
    ("020", {"orderNo": "A" * 21}),
]


@pytest.mark.parametrize(("number", "changes"), FAULTS)
def test_a_fault_is_answered_with_its_own_error_and_costs_no_try(
    counter: Merchant, number: str, changes: dict[str, str | None]
) -> None:
    order = {"orderNo": secrets.token_hex(8), "ninCode": "1234"}
    counter.order(orderNo=order["orderNo"], telNum=sandbox("0000"))

    for _ in range(4):
        assert error_of(counter.ask("KAASA0020", **{**order, **changes})) == f"kaasa{number}E"

    assert counter.ask("KAASA0020", **order)["result"] == "1"


def test_the_right_code_approves_the_order_once(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    assert outcome(merchant, phone.code) == "1"

    assert merchant.credit()["result"] == "0"
    assert merchant.status()["result"] == "1"
    assert outcome(merchant, phone.code) == "5"


def test_a_wrong_code_may_be_corrected(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    assert outcome(merchant, wrong(phone)) == "2"
    assert outcome(merchant, wrong(phone)) == "2"
    assert outcome(merchant, phone.code) == "1"


def test_the_third_wrong_code_locks(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    assert [outcome(merchant, wrong(phone)) for _ in range(3)] == ["2"] * 3

    assert outcome(merchant, phone.code) == "kaasa021E"
    assert merchant.status()["result"] == "31"
    assert merchant.credit()["result"] == "1"


def test_the_tries_are_a_setting(opened: Opened, phone: Phone) -> None:
    with opened(tries=4) as url:
        merchant = Merchant(url)
        merchant.order()
        for _ in range(3):
            outcome(merchant, wrong(phone))

        assert outcome(merchant, phone.code) == "1"


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_part_of_the_code_is_wrong(merchant: Merchant, phone: Phone, length: int) -> None:
    merchant.order()

    assert outcome(merchant, phone.code[:length]) == "2"


@pytest.mark.parametrize(("seconds", "expected"), [(179, "1"), (180, "3"), (181, "3")])
def test_a_code_lives_180_seconds(
    merchant: Merchant, phone: Phone, still: StillClock, seconds: int, expected: str
) -> None:
    merchant.order()
    still.forward(seconds)

    assert outcome(merchant, phone.code) == expected


def test_the_lifetime_is_a_setting(opened: Opened, phone: Phone, still: StillClock) -> None:
    with opened(lifetime=timedelta(minutes=10)) as url:
        merchant = Merchant(url)
        merchant.order()
        still.forward(599)

        assert phone.texts[0][2] == 600
        assert "10分有効" in phone.texts[0][1]
        assert outcome(merchant, phone.code) == "1"


def test_an_expired_code_is_told_before_a_locked_one(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    merchant.order()
    for _ in range(3):
        outcome(merchant, wrong(phone))
    still.forward(180)

    assert outcome(merchant, phone.code) == "3"


def test_an_expired_code_is_told_before_a_lost_text(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    merchant.order()
    events.lose_text(MERCHANT, "A-1001-1")
    assert outcome(merchant, phone.code) == "4"
    still.forward(180)

    assert outcome(merchant, phone.code) == "3"


def test_an_expired_order_stands_as_not_proven(merchant: Merchant, still: StillClock) -> None:
    merchant.order()
    still.forward(180)

    assert merchant.status()["result"] == "31"
    assert merchant.credit()["result"] == "1"


def test_the_old_code_does_not_open_a_new_order(merchant: Merchant, phone: Phone) -> None:
    merchant.order()
    old = phone.code
    while phone.code == old:
        merchant.order(orderNo=f"A-1001-{len(phone.texts) + 1}")

    answer = merchant.try_code(old, orderNo=f"A-1001-{len(phone.texts)}")

    assert answer["result"] == "2"


def test_a_payslip_order_needs_no_code(merchant: Merchant) -> None:
    merchant.order(sendDiv="0")

    assert outcome(merchant, "1234") == "kaasa020E"
