"""What a look-up writes, what it replaces and what it leaves alone."""

import re
import sqlite3
from contextlib import closing

import pytest

from storefront.shipping.address_lookup import AddressLines, fill_in, is_undecided, may_be_in
from storefront.shipping.postal_codes import LIST, Address, find
from storefront.shipping.prefectures import PREFECTURES

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


@pytest.mark.parametrize(
    ("code", "city", "line"),
    [
        ("6050862", "京都市 東山区", "清水1-1"),
        ("6050862", "京都市", "東山区清水1-1"),
        ("6050862", "東山区", "清水1-1"),
        ("6050862", "京都府京都市東山区", "清水1-1"),
        ("0610200", "石狩郡当別町", "1-1"),
        ("0610200", "当別町", "1-1"),
        ("0610200", "石狩郡", "当別町1-1"),
        ("2530000", "茅ケ崎市", "1-1"),
        ("2530000", "茅が崎市", "1-1"),
        ("9630000", "郡山市", "1-1"),
        ("7000941", "岡山市南区", "青江1-1"),
        ("1000005", "Chiyoda-ku", "1-1"),
        ("1000099", "千代田区", "1-1"),
    ],
)
def test_a_city_that_may_be_right_is_not_remarked_upon(code: str, city: str, line: str) -> None:
    assert may_be_in(find(code), city, line) or not find(code)


@pytest.mark.parametrize(
    ("code", "city"),
    [
        ("6050862", "京都市左京区"),
        ("1000005", "港区"),
        ("9630000", "福島市"),
        ("0610200", "石狩市"),
    ],
)
def test_a_city_that_is_none_of_the_codes_is_seen(code: str, city: str) -> None:
    assert not may_be_in(find(code), city, "1-1")


def test_every_city_of_the_list_may_be_in_itself_however_it_is_written() -> None:
    with closing(sqlite3.connect(LIST, uri=True)) as known:
        rows = known.execute("SELECT jis / 1000, name FROM city").fetchall()
    assert len(rows) > 1_800
    wrong = []
    for jis, city in rows:
        place = Address(PREFECTURES[jis - 1][0], city, "")
        ways = (city, f" {city}", place.prefecture + city, city.replace("ヶ", "ケ"))
        short = re.sub("^.+?郡(?=.+[町村]$)", "", city)
        wrong += [way for way in (*ways, short) if not may_be_in([place], way, "1-1")]
    assert wrong == []
