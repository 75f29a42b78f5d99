"""What a look-up writes, what it replaces and what it leaves alone."""

import pytest

from storefront.shipping.address_lookup import AddressLines, fill_in, is_undecided
from storefront.shipping.postal_codes import Address, find

MARUNOUCHI, KIYOMIZU = find("1000005"), find("6050862")
AOE = find("7000941")  # a town of this name in two wards of Okayama
OYAMAZAKI = find("6180000")  # in Kyoto, or Shimamoto in Osaka
NOTHING = AddressLines("", "", "")
TOKYO = AddressLines("東京都", "千代田区", "丸の内")
KYOTO = AddressLines("京都府", "京都市東山区", "清水")


def street(text: str, of: AddressLines = TOKYO) -> AddressLines:
    return AddressLines(of.prefecture, of.city, text)


def test_an_empty_address_is_filled_in() -> None:
    assert fill_in(NOTHING, MARUNOUCHI) == TOKYO


def test_what_a_look_up_wrote_is_replaced_by_the_next() -> None:
    assert fill_in(TOKYO, KIYOMIZU, former=MARUNOUCHI) == KYOTO


def test_the_numbers_that_were_typed_behind_a_town_stay() -> None:
    filled = fill_in(street("丸の内 2-7-2 JPタワー"), KIYOMIZU, former=MARUNOUCHI)

    assert filled == street("清水2-7-2 JPタワー", KYOTO)


BY_HAND = AddressLines("大阪府", "大阪市北区", "梅田1-1")


def test_what_was_typed_by_hand_stays() -> None:
    assert fill_in(BY_HAND, KIYOMIZU, former=MARUNOUCHI) == BY_HAND


def test_each_field_is_judged_by_itself() -> None:
    assert fill_in(AddressLines("", "港区", ""), MARUNOUCHI) == AddressLines(
        "東京都", "港区", "丸の内"
    )


def test_the_button_replaces_what_was_typed_by_hand_but_no_numbers() -> None:
    assert fill_in(BY_HAND, MARUNOUCHI, is_pressed=True) == street("丸の内1-1")


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("1000005", "丸の内2-7-2"),
        ("1000005", "大字丸の内2-7-2"),
        ("0600061", "南1条西16丁目1"),
        ("1000013", "霞ヶ関1-1"),
        ("9000000", "久茂地3-3"),  # names no town
    ],
)
def test_the_button_writes_no_town_twice(code: str, typed: str) -> None:
    assert fill_in(AddressLines("", "", typed), find(code), is_pressed=True).street == typed


@pytest.mark.parametrize("typed", ["2-7-2", "２丁目７番２号", "2 - 7", "番地なし"])
def test_a_street_of_numbers_alone_gets_its_town(typed: str) -> None:
    assert fill_in(AddressLines("", "", typed), MARUNOUCHI) == street("丸の内" + typed)


@pytest.mark.parametrize("typed", ["2-7-2 Marunouchi", "丸の内2-7-2", "大手町1-1"])
def test_a_street_with_words_stays_as_it_is(typed: str) -> None:
    assert fill_in(AddressLines("", "", typed), MARUNOUCHI) == street(typed)


@pytest.mark.parametrize("places", [AOE, OYAMAZAKI])
def test_several_places_fill_in_nothing(places: list[Address]) -> None:
    assert fill_in(NOTHING, places) == NOTHING
    assert fill_in(TOKYO, places, former=MARUNOUCHI) == NOTHING
    assert fill_in(TOKYO, places, is_pressed=True) == street("丸の内", NOTHING)


@pytest.mark.parametrize("place", [*AOE, *OYAMAZAKI], ids=lambda one: one.city)
def test_the_place_that_was_picked_is_filled_in(place: Address) -> None:
    filled = fill_in(street("1-2", NOTHING), [*AOE, *OYAMAZAKI], picked=place)

    assert filled == AddressLines(place.prefecture, place.city, place.town + "1-2")


def test_a_code_that_leads_nowhere_changes_nothing() -> None:
    assert fill_in(TOKYO, [], former=MARUNOUCHI, is_pressed=True) == TOKYO


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (NOTHING, True),
        (AddressLines("岡山県", "岡山市北区", ""), True),
        (AddressLines("岡山県", "岡山市北区", "青江1-1"), False),
        (AddressLines("岡山県", "岡山市", "青江1-1"), False),  # whole, and typed by hand
    ],
)
def test_several_places_are_asked_about_until_the_address_says_which(
    typed: AddressLines, answer: bool
) -> None:
    assert is_undecided(typed, AOE) is answer


def test_a_place_without_a_town_is_decided_by_its_city() -> None:
    assert not is_undecided(AddressLines("京都府", "乙訓郡大山崎町", ""), OYAMAZAKI)
    assert not is_undecided(NOTHING, MARUNOUCHI)
