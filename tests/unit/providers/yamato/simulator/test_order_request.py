"""What an order request must hold: every rule's error, over HTTP."""

import secrets

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.providers.yamato.simulator.models import CreditRecord
from tests.unit.providers.yamato.simulator.merchant import Merchant, error_of

GIFT = {
    "sendDiv": "1",
    "sendName": "鈴木　花子",
    "sendPostCode": "1000005",
    "sendAddress1": "東京都千代田区丸の内１",
}

FAULTS: list[tuple[str, dict[str, str | None]]] = [
    ("001", {"ycfStrCode": None}),
    ("002", {"ycfStrCode": "1234567890a"}),
    ("003", {"ycfStrCode": "1234567890"}),
    ("004", {"ycfStrCode": "99999999999"}),
    ("006", {"orderNo": ""}),
    ("007", {"orderNo": "A 1"}),
    ("007", {"orderNo": "A\x001"}),
    ("007", {"orderNo": "Ａ１"}),
    ("008", {"orderNo": "A" * 21}),
    ("010", {"orderYmd": None}),
    ("011", {"orderYmd": "2026/1/1"}),
    ("012", {"orderYmd": "2026121"}),
    ("013", {"orderYmd": "20261301"}),
    ("014", {"shipYmd": None}),
    ("015", {"shipYmd": "2026120x"}),
    ("016", {"shipYmd": "202612030"}),
    ("017", {"shipYmd": "20270229"}),
    ("018", {"shipYmd": "20270302"}),
    ("019", {"name": None}),
    ("020", {"name": "山田 太郎"}),
    ("020", {"name": "ﾔﾏﾀﾞ"}),
    ("021", {"name": "山" * 31}),
    ("022", {"name": "山田😀"}),
    ("022", {"name": "山田\u301c郎"}),
    ("023", {"nameKana": "ヤマダ"}),
    ("024", {"nameKana": "ﾔ" * 81}),
    ("025", {"postCode": None}),
    ("026", {"postCode": "100０005"}),
    ("027", {"postCode": "1-00-0005"}),
    ("028", {"postCode": "100-000"}),
    ("029", {"postCode": "999-9999"}),
    ("105", {"postCode": "10-00005"}),
    ("030", {"address1": None}),
    ("031", {"address1": "東京都千代田区1"}),
    ("032", {"address1": "東京都" + "あ" * 23}),
    ("033", {"address1": "東京都😀"}),
    ("034", {"address1": "千代田区丸の内"}),
    ("035", {"address2": "2-7-2"}),
    ("036", {"address2": "１" * 26}),
    ("037", {"address2": "１\u301c２"}),
    ("103", {"address2": None}),
    ("038", {"telNum": None}),
    ("039", {"telNum": "+818012345678"}),
    ("040", {"telNum": "080123456789"}),
    ("040", {"telNum": "03123456789"}),
    ("093", {"telNum": "3123456789"}),
    ("043", {"email": "太郎@example.com"}),
    ("044", {"email": "a" * 53 + "@example.com"}),
    ("045", {"email": "example.com"}),
    ("046", {"totalAmount": None}),
    ("047", {"totalAmount": "4,136"}),
    ("047", {"totalAmount": "-1"}),
    ("048", {"totalAmount": "1000000"}),
    ("049", {"totalAmount": "0"}),
    ("050", {"sendDiv": None}),
    ("051", {"sendDiv": "x"}),
    ("053", {"sendDiv": "5"}),
    ("054", {"itemName1": "tea"}),
    ("055", {"itemName1": "茶" * 31}),
    ("056", {"itemName2": "茶😀"}),
    ("057", {"itemName1": None}),
    ("058", {"itemCount1": "1.5"}),
    ("059", {"itemCount10": "10000"}),
    ("060", {"unitPrice1": "1円"}),
    ("061", {"unitPrice1": "12345678"}),
    ("062", {"unitPrice1": "-0"}),
    ("063", {"subTotal1": "４１３６"}),
    ("064", {"subTotal2": "-1000000"}),
    ("065", {"subTotal2": "1000000"}),
    ("101", {"totalAmount": "4137"}),
    ("101", {"subTotal1": None}),
    ("066", {**GIFT, "sendName": "suzuki"}),
    ("067", {**GIFT, "sendName": "鈴" * 31}),
    ("068", {**GIFT, "sendName": "鈴😀"}),
    ("070", {**GIFT, "sendPostCode": "〒1000005"}),
    ("071", {**GIFT, "sendPostCode": "1-00-0005"}),
    ("072", {**GIFT, "sendPostCode": "1"}),
    ("073", {**GIFT, "sendPostCode": "9999999"}),
    ("106", {**GIFT, "sendPostCode": "10-00005"}),
    ("075", {**GIFT, "sendAddress1": "Tokyo"}),
    ("076", {**GIFT, "sendAddress1": "東京都" + "あ" * 23}),
    ("077", {**GIFT, "sendAddress1": "東京都😀"}),
    ("078", {**GIFT, "sendAddress1": "千代田区丸の内１"}),
    ("104", {**GIFT, "sendAddress1": "東京都千代田区丸の内"}),
    ("079", {**GIFT, "sendAddress2": "a"}),
    ("080", {**GIFT, "sendAddress2": "あ" * 26}),
    ("081", {**GIFT, "sendAddress2": "😀"}),
    ("082", {**GIFT, "sendTelNum": "tel"}),
    ("083", {**GIFT, "sendTelNum": "03-12345678"}),
    ("084", {**GIFT, "sendTelNum": "0312345"}),
    ("094", {**GIFT, "sendTelNum": "3123456789"}),
    ("102", {**GIFT, "sendName": None}),
    ("066", {**GIFT, "sendName2": "suzuki"}),
    ("086", {"requestDate": None}),
    ("087", {"requestDate": "2026-12-01"}),
    ("088", {"requestDate": "20261201"}),
    ("089", {"requestDate": "20261201250000"}),
    ("090", {"password": None}),
    ("091", {"password": "pass-word"}),
    ("092", {"password": "abcd1235"}),
    ("095", {"billPostCode": "😀"}),
    ("096", {"billPostCode": "あ" * 21}),
    ("100", {"orderYmd": "20261204"}),
]


@pytest.mark.parametrize(("number", "changes"), FAULTS)
def test_a_fault_is_answered_with_its_own_error(
    counter: Merchant, number: str, changes: dict[str, str | None]
) -> None:
    answer = counter.order(**changes)

    assert error_of(answer) == f"kaara{number}E"


def test_what_is_refused_for_its_form_leaves_no_record(merchant: Merchant) -> None:
    merchant.order(totalAmount="4137")

    assert db.session.scalar(sa.select(CreditRecord)) is None
    assert error_of(merchant.order()) == ""


def test_the_first_faulty_field_is_named(counter: Merchant) -> None:
    answer = counter.order(postCode=None, name=None, password="wrong")

    assert answer["errorCode"] == "kaara019E"


@pytest.mark.parametrize(
    "changes",
    [
        {"totalAmount": "3636", "itemName2": "クーポン使用", "subTotal2": "-500"},
        {"itemCount1": "2", "unitPrice1": "2068"},
        {"address1": "東京都千代田区丸の内２－７", "address2": None},
        {"telNum": "080-1234-5678"},
        {"telNum": "0312345678"},
        {"name": "髙橋　﨑"},
        {"nameKana": None, "email": None, "headerInformation": "", "fraudbuster": ""},
        {"shipYmd": "20270301"},
        {"billPostCode": "a" * 40},
        {"billPostCode": "あ" * 20},
    ],
)
def test_what_merchants_usually_send_is_taken(
    counter: Merchant, changes: dict[str, str | None]
) -> None:
    answer = counter.order(orderNo=secrets.token_hex(8), **changes)

    assert (error_of(answer), answer["result"]) == ("", "3")


def test_a_gift_to_several_addresses_is_usable(merchant: Merchant) -> None:
    second = {"sendName2": "佐藤　次郎", "sendTelNum2": "03-1234-5678"}

    answer = merchant.order(**{**GIFT, **second})

    assert answer["result"] == "0"
