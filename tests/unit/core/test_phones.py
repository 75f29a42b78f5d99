import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core import phones

mobiles = st.from_regex(r"0[6-9]0[0-9]{8}", fullmatch=True)
landlines = st.from_regex(r"0(?!0|10|[5-9]0)[0-9]{9}", fullmatch=True)
numbers = mobiles | landlines | st.from_regex(r"050[0-9]{8}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "09012345678",
        "090-1234-5678",
        "０９０－１２３４－５６７８",
        "090ー1234ー5678",
        "090 1234 5678",
        "(090)1234-5678",
        "090.1234.5678",
        "+81 90-1234-5678",
        "+81(0)90-1234-5678",
        "＋８１９０１２３４５６７８",
        "0081-90-1234-5678",
        "\u202d090-1234-5678\u202c",
    ],
)
def test_a_number_is_read_from_any_usual_form(typed: str) -> None:
    assert phones.national(typed) == "09012345678"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "090-1234-567",
        "090-1234-56789",
        "03-1234-56789",
        "0901234567",
        "0501234567",
        "9012345678901234567890",
        "+1 500 555 0006",
        "+999 123 456 789",
        "0120-ABC-DEF",
        "090-1234-5678 ext. 9",
        "090-1234-5678;ext=9",
        "0000000000",
        "0101234567",
        "+81 10 1234 567",
        "🍵",
    ],
)
def test_what_is_no_well_formed_japanese_number_is_none(typed: str) -> None:
    assert phones.national(typed) is None


@given(st.text() | st.text(alphabet="+0123456789０９-(). "))
def test_reading_what_was_read_changes_nothing_more(text: str) -> None:
    found = phones.national(text)

    assert found is None or phones.national(found) == found


@given(st.integers(min_value=0, max_value=9999))
def test_every_number_of_the_sandbox_is_accepted(line: int) -> None:
    number = f"0900000{line:04}"

    assert phones.national(number) == number


@given(numbers)
def test_a_number_survives_being_formatted(number: str) -> None:
    assert phones.national(phones.formatted(number)) == number


@given(numbers)
def test_a_number_survives_e164(number: str) -> None:
    assert phones.from_e164(phones.e164(number)) == number


@given(numbers)
def test_a_number_is_read_from_its_e164_form(number: str) -> None:
    assert phones.national(phones.e164(number)) == number


@given(numbers)
def test_a_number_is_its_prefix_and_its_last_four_digits(number: str) -> None:
    assert phones.prefix(number) + phones.last_four(number) == number
    assert len(phones.last_four(number)) == 4


@given(numbers)
def test_a_masked_number_hides_its_middle(number: str) -> None:
    area, exchange, line = phones.masked(number).split("-")

    assert set(exchange) == {"*"}
    assert number.startswith(area)
    assert number.endswith(line)


def test_a_number_in_e164() -> None:
    assert phones.e164("09012345678") == "+819012345678"


@pytest.mark.parametrize("number", ["06012345678", "07012345678", "08012345678", "09000000004"])
def test_a_mobile_number(number: str) -> None:
    assert phones.is_mobile(number)


@pytest.mark.parametrize("number", ["05012345678", "0312345678", "0120123456", "0901234567", ""])
def test_no_mobile_number(number: str) -> None:
    assert not phones.is_mobile(number)


@pytest.mark.parametrize(
    "text",
    [
        "090-1234-5678",
        "090-0000-0004",
        "03-1234-5678",
        "0466-12-3456",
        "0120-123-456",
        "050-1234-5678",
    ],
)
def test_hyphens_stand_where_the_area_code_ends(text: str) -> None:
    assert phones.formatted(text.replace("-", "")) == text


def test_a_mobile_number_shows_its_owner_seven_digits() -> None:
    assert phones.masked("09012345678") == "090-****-5678"


def test_a_landline_is_masked_behind_its_area_code() -> None:
    assert phones.masked("0312345678") == "03-****-5678"
