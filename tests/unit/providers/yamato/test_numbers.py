import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.providers.yamato.protocol import identifiers
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason
from storefront.shipping.tracking_numbers import has_check_digit


@pytest.mark.parametrize(
    ("order_number", "attempt", "sent"),
    [("K7Q2M9XA", 1, "K7Q2M9XA-1"), ("A" * 16, 999, "A" * 16 + "-999")],
)
def test_an_attempt_has_an_order_number_of_its_own(
    order_number: str, attempt: int, sent: str
) -> None:
    assert identifiers.attempt_number(order_number, attempt) == sent


@pytest.mark.parametrize(
    ("order_number", "attempt"), [("A" * 16, 1000), ("-A", 1), ("", 1), ("注文", 1), ("A", 0)]
)
def test_an_attempt_that_yamato_would_refuse_is_none(order_number: str, attempt: int) -> None:
    with pytest.raises(ValueError, match="20 letters"):
        identifiers.attempt_number(order_number, attempt)


@pytest.mark.parametrize("number", ["A1", "a_b-c", "A" * 20])
def test_a_well_formed_order_number(number: str) -> None:
    assert identifiers.order_number_problems(number) == []


@pytest.mark.parametrize("number", ["", "A", "A" * 21, "-A", "A_", "A B", "A1\n", "Ａ１"])
def test_a_malformed_order_number(number: str) -> None:
    found = identifiers.order_number_problems(number)

    assert found == [Problem(Field.ORDER_NUMBER, Reason.FORMAT, 20, len(number))]


@pytest.mark.parametrize("slip", ["100000000004", "123456789013", "000000000000"])
def test_a_slip_whose_last_digit_is_right(slip: str) -> None:
    assert int(slip) // 10 % 7 == int(slip[-1])
    assert has_check_digit(slip)


@given(st.integers(min_value=0, max_value=10**11 - 1))
def test_one_slip_in_ten_is_right(stem: int) -> None:
    right = [last for last in range(10) if has_check_digit(f"{stem:011d}{last}")]

    assert right == [stem % 7]


@pytest.mark.parametrize(
    "slip", ["", "1234", "1234567890123", "12345678901A", "１００００００００００４"]
)
def test_what_is_no_slip_has_no_check_digit(slip: str) -> None:
    assert not has_check_digit(slip)


@pytest.mark.parametrize(
    "typed", ["090-1234-5678", "０９０１２３４５６７８", "+81 90 1234 5678", "06012345678"]
)
def test_a_mobile_number_gets_the_text(typed: str) -> None:
    assert identifiers.mobile_problems(typed, identifiers.MOBILE_PREFIXES) == []


@pytest.mark.parametrize("typed", ["03-1234-5678", "050-1234-5678", "0901234567", "", "🍵"])
def test_any_other_number_gets_none(typed: str) -> None:
    found = identifiers.mobile_problems(typed, identifiers.MOBILE_PREFIXES)

    assert found == [Problem(Field.SMS_PHONE, Reason.NOT_MOBILE)]


def test_the_prefixes_of_mobile_numbers_are_the_shops_choice() -> None:
    assert identifiers.mobile_problems("06012345678", ("070", "080", "090"))
    assert not identifiers.mobile_problems("05012345678", ("050",))


@pytest.mark.parametrize("typed", ["100-0005", "〒１００ー０００５", "1000005"])
def test_a_post_code_in_any_usual_form(typed: str) -> None:
    assert identifiers.postal_code_problems(Field.POSTAL_CODE, typed) == []


@pytest.mark.parametrize("typed", ["", "100000", "10000055", "100-000A", "١٠٠٠٠٠٥"])
def test_no_post_code(typed: str) -> None:
    found = identifiers.postal_code_problems(Field.POSTAL_CODE, typed)

    assert found == [Problem(Field.POSTAL_CODE, Reason.FORMAT)]


def test_an_address_for_mail_has_at_most_64_characters() -> None:
    assert identifiers.email_problems("a" * 52 + "@example.com") == []
    assert identifiers.email_problems("a" * 53 + "@example.com") == [
        Problem(Field.EMAIL, Reason.LONG, 64, 65)
    ]


@pytest.mark.parametrize("email", ["", "@", "a@", "@b", "a@b@c", "a b@c", "日@b", "a@b\n"])
def test_no_address_for_mail(email: str) -> None:
    assert identifiers.email_problems(email) == [Problem(Field.EMAIL, Reason.FORMAT)]


@pytest.mark.parametrize(
    ("typed", "sent"), [("0007", "0007"), ("０００７", "0007"), (" 00 07 ", "0007")]
)
def test_a_code_keeps_its_zeros_and_loses_its_width(typed: str, sent: str) -> None:
    assert identifiers.code(typed) == sent
    assert identifiers.code_problems(typed) == []


@pytest.mark.parametrize("typed", ["", "123", "12345", "12a4", "十二三四", "١٢٣٤"])
def test_what_cannot_be_a_code_is_a_problem(typed: str) -> None:
    assert identifiers.code_problems(typed) == [Problem(Field.CODE, Reason.FORMAT, 4)]
