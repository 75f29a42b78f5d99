"""What the code knows of each kind of payment method."""

import pytest

from storefront.payments.kinds import KINDS

NAMES = {"kuroneko_smartphone", "kuroneko_payslip", "card", "cvs", "cod", "bank_transfer"}
FIRST_STATES = {"awaiting", "paid", "deferred"}


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_has_a_name_of_the_contract(code: str) -> None:
    assert code in NAMES


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_is_found_by_its_own_code(code: str) -> None:
    assert KINDS[code].code == code


@pytest.mark.parametrize("code", KINDS)
def test_a_payment_begins_in_a_state_of_the_contract(code: str) -> None:
    assert KINDS[code].first_state in FIRST_STATES


@pytest.mark.parametrize(
    ("code", "first_state"),
    [
        ("kuroneko_smartphone", "deferred"),
        ("kuroneko_payslip", "deferred"),
        ("card", "awaiting"),
        ("cvs", "awaiting"),
        ("cod", "awaiting"),
        ("bank_transfer", "awaiting"),
    ],
)
def test_where_the_payment_of_a_placed_order_stands(code: str, first_state: str) -> None:
    assert KINDS[code].first_state == first_state


def test_only_pay_later_always_checks_the_phone() -> None:
    checking = [code for code, kind in KINDS.items() if kind.always_checks_sms]

    assert checking == ["kuroneko_smartphone"]


def test_whoever_always_checks_the_phone_asks_for_consent() -> None:
    checking = [kind for kind in KINDS.values() if kind.always_checks_sms]

    assert all(kind.needs_consent for kind in checking)


def test_yamato_takes_50_characters_of_address() -> None:
    longest = {code: kind.longest_address for code, kind in KINDS.items()}

    assert {code for code, most in longest.items() if most == 50} == {
        "kuroneko_smartphone",
        "kuroneko_payslip",
    }
