import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.providers.yamato.protocol.encoding import (
    Address,
    first_unsendable,
    half_width_kana,
    item_name,
    text_problems,
    wide,
)
from storefront.providers.yamato.protocol.field_errors import Field, Invalid, Problem, Reason
from storefront.shipping.prefectures import PREFECTURES

texts = st.text() | st.text(alphabet="aZ0-~〜¥\\\"'ｱﾞ山髙🍵 　é￥”")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Taro Yamada", "Ｔａｒｏ　Ｙａｍａｄａ"),
        ("2-7-2", "２－７－２"),
        ("ｶﾞｰﾃﾞﾝ", "ガーデン"),
        ("\"'\\~", "”’＼～"),
        ("1〜2", "１～２"),
        ("¥100", "￥１００"),
        ("\\100", "＼１００"),
        ("髙﨑", "髙﨑"),
        ("①㈱", "①㈱"),
    ],
)
def test_text_is_sent_in_full_width(typed: str, sent: str) -> None:
    assert wide(typed) == sent


@given(texts)
def test_widening_twice_changes_nothing_more(text: str) -> None:
    assert wide(wide(text)) == wide(text)


@given(texts)
def test_what_is_sendable_takes_two_bytes_a_character(text: str) -> None:
    if first_unsendable(text) is None:
        assert len(wide(text).encode("cp932")) == 2 * len(wide(text))


@pytest.mark.parametrize("character", ["🍵", "𠮷", "é", "\ue000", "☎", "\xa9"])
def test_a_character_outside_shift_jis_is_named(character: str) -> None:
    found = text_problems(Field.NAME, f"山{character}田", 30)

    assert found == [Problem(Field.NAME, Reason.CHARACTERS, character=character)]


def test_a_name_of_thirty_characters_fits() -> None:
    assert text_problems(Field.NAME, "あ" * 30, 30) == []


def test_a_name_is_counted_in_full_width() -> None:
    found = text_problems(Field.NAME, "ｶﾞ" * 31, 30)

    assert found == [Problem(Field.NAME, Reason.LONG, 30, 31)]


@pytest.mark.parametrize("name", ["", "　 ", "\u200b"])
def test_a_name_of_nothing_is_empty(name: str) -> None:
    assert text_problems(Field.NAME, name, 30) == [Problem(Field.NAME, Reason.EMPTY)]


@pytest.mark.parametrize(
    ("reading", "sent"),
    [
        ("やまだ　たろう", "ﾔﾏﾀﾞ ﾀﾛｳ"),
        ("ヴァン・ヒューイ", "ｳﾞｧﾝ･ﾋｭｰｲ"),
        ("一ノ瀬", ""),
        ("ヶヵヮヰヱ", "ｹｶﾜｲｴ"),
        ("", ""),
        ("カ" * 40, "ｶ" * 40),
        ("ガ" * 20, "ｶﾞ" * 20),
        ("ガ" * 21, ""),
    ],
)
def test_kana_are_sent_in_half_width_if_they_fit(reading: str, sent: str) -> None:
    assert half_width_kana(reading) == sent


def test_a_product_that_yamato_cannot_print_is_sent_cut_and_with_marks() -> None:
    assert item_name("🍵" + "茶" * 40) == "〓" + "茶" * 29


@pytest.mark.parametrize("name", ["¥100", "\\100"])
def test_a_product_never_begins_with_a_half_width_yen_sign(name: str) -> None:
    assert item_name(name)[0] in "￥＼"


def an_address(length: int) -> Address:
    return Address("東京都", "千代田区", "丸の内2", "あ" * (length - len("東京都千代田区丸の内２")))


def test_the_26th_character_begins_the_second_line() -> None:
    address = Address("東京都", "千代田区", "丸の内2-7-2", "さくらマンション丸の内中央1205号室")

    first, second = address.lines()

    assert first == "東京都千代田区丸の内２－７－２さくらマンション丸の"
    assert second == "内中央１２０５号室"


@pytest.mark.parametrize(("length", "lengths"), [(25, (25, 0)), (26, (25, 1)), (50, (25, 25))])
def test_an_address_fills_its_first_line_first(length: int, lengths: tuple[int, int]) -> None:
    first, second = an_address(length).lines()

    assert (len(first), len(second)) == lengths


@given(st.sampled_from(PREFECTURES), st.text(alphabet="町本ab １", min_size=1, max_size=60))
def test_an_address_is_sent_whole_or_not_at_all(prefecture: tuple[str, str], rest: str) -> None:
    address = Address(prefecture[0], "市", f"1{rest}")

    if address.problems():
        assert len(address.whole) > 50
    else:
        assert "".join(address.lines()) == address.whole


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (an_address(51), Problem(Field.ADDRESS, Reason.LONG, 50, 51)),
        (Address("", "千代田区", "丸の内2"), Problem(Field.ADDRESS, Reason.NO_PREFECTURE)),
        (Address("東京", "千代田区", "丸の内2"), Problem(Field.ADDRESS, Reason.NO_PREFECTURE)),
        (
            Address("千葉県", "八千代市", "大和田", "101"),
            Problem(Field.ADDRESS, Reason.NO_BLOCK_NUMBER),
        ),
        (
            Address("東京都", "🍵区", "1"),
            Problem(Field.ADDRESS, Reason.CHARACTERS, character="🍵"),
        ),
        (Address("", "", ""), Problem(Field.ADDRESS, Reason.EMPTY)),
    ],
)
def test_an_address_that_yamato_would_refuse_names_what_is_wrong(
    address: Address, problem: Problem
) -> None:
    with pytest.raises(Invalid) as failure:
        address.lines()

    assert failure.value.problems == (problem,)


def test_a_street_that_says_it_has_no_number_is_taken() -> None:
    assert Address("東京都", "青ヶ島村", "番地なし").problems() == []


def test_the_words_of_an_error_hold_nothing_that_was_typed() -> None:
    with pytest.raises(Invalid) as failure:
        Address("東京都", "千代田区", "秘密").lines()

    assert str(failure.value) == "address no-block-number"
