import pytest

from storefront.shop import invoice_registration


@pytest.mark.parametrize("number", ["T7123456789012", "T4011001098993", "T9999999999999"])
def test_the_first_digit_checks_the_others(number: str) -> None:
    assert invoice_registration.is_of_company(number)


@pytest.mark.parametrize("place", range(1, 13))
def test_a_slip_in_any_digit_is_found(place: int) -> None:
    digits = list("7123456789012")
    digits[place] = "4" if digits[place] != "4" else "5"

    assert not invoice_registration.is_of_company("T" + "".join(digits))


@pytest.mark.parametrize("number", ["", "T", "7123456789012", "T712345678901", "T71234567890123"])
def test_what_is_not_t_and_thirteen_digits_is_none(number: str) -> None:
    assert not invoice_registration.is_well_formed(number)


@pytest.mark.parametrize(
    "typed", ["t7123456789012", "Ｔ７１２３４５６７８９０１２", "T 7-1234-5678-9012"]
)
def test_a_number_may_be_typed_in_any_usual_way(typed: str) -> None:
    assert invoice_registration.tidy(typed) == "T7123456789012"
