"""Who is given credit, and the text that goes out with the code."""

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.models import CreditRecord
from tests.unit.providers.yamato.simulator.conftest import Opened
from tests.unit.providers.yamato.simulator.merchant import (
    MERCHANT,
    PHONE,
    Merchant,
    Phone,
    error_of,
    sandbox,
    slip,
)
from tests.unit.verification.stand_ins import StillClock


def yen(amount: int) -> dict[str, str]:
    return {"totalAmount": str(amount), "subTotal1": str(amount)}


def owe(merchant: Merchant, order: str, amount: int, **changes: str) -> None:
    """An approved order that is not paid yet."""
    assert merchant.order(orderNo=order, sendDiv="0", **yen(amount), **changes)["result"] == "0"


def test_an_order_with_a_code_is_under_examination(merchant: Merchant, phone: Phone) -> None:
    answer = merchant.order()

    assert answer == {
        "requestDate": "20261201120000",
        "ycfStrCode": MERCHANT,
        "orderNo": "A-1001-1",
        "returnCode": "0",
        "errorCode": "",
        "result": "3",
        "smsSend": "1",
    }
    assert len(phone.texts) == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "1"),
        ({"telNum": sandbox("0004")}, "1"),  # lost on its way, which is found out later
        ({"telNum": sandbox("0023")}, "0"),
        ({"telNum": sandbox("0020")}, None),
        ({"telNum": sandbox("0021")}, None),
        ({"telNum": sandbox("0023"), "sendDiv": "0"}, None),
        ({"sendDiv": "0"}, None),
    ],
)
def test_only_the_simulator_tells_whether_a_code_is_on_its_way(
    merchant: Merchant, changes: dict[str, str], told: str | None
) -> None:
    assert merchant.order(**changes).get("smsSend") == told


def test_the_text_says_amount_and_time_and_ties_the_code_to_the_host(
    merchant: Merchant, phone: Phone
) -> None:
    merchant.order()

    [(to, words, seconds)] = phone.texts
    code = phone.code
    assert (to, seconds) == (PHONE, 180)
    assert len(code) == 4
    assert words == (
        f"【さくら商店】認証番号 {code} (4,136円のご注文) 3分有効\n@shop.example.jp #{code}"
    )
    assert len(words) <= 70


@pytest.mark.parametrize("division", ["0", "1", "2"])
def test_a_payslip_order_is_usable_at_once_and_sends_no_text(
    merchant: Merchant, phone: Phone, division: str
) -> None:
    gift = {"sendName": "鈴木", "sendPostCode": "1000005", "sendAddress1": "東京都千代田区１"}

    answer = merchant.order(sendDiv=division, **gift)

    assert answer["result"] == "0"
    assert phone.texts == []


def test_a_renewal_without_a_code_is_examined_and_sends_no_text(
    merchant: Merchant, phone: Phone
) -> None:
    answer = merchant.order(sendDiv="4")

    assert answer["result"] == "3"
    assert phone.texts == []
    assert error_of(merchant.try_code("1234")) == "kaasa020E"


def test_an_order_number_is_used_once(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    again = merchant.order(**yen(1))

    assert error_of(again) == "kaara009E"
    assert len(phone.texts) == 1


def test_the_number_of_a_refused_order_is_used_too(merchant: Merchant) -> None:
    assert merchant.order(telNum=sandbox("0021"))["result"] == "1"

    assert error_of(merchant.order()) == "kaara009E"


def test_another_merchant_may_use_the_same_number(merchant: Merchant, opened: Opened) -> None:
    merchant.order()

    with opened(merchant="10987654321") as url:
        answer = Merchant(url).order(ycfStrCode="10987654321")

    assert error_of(answer) == ""


@pytest.mark.parametrize(("amount", "result"), [(55_000, "3"), (55_001, "2")])
def test_one_order_may_reach_the_limit(merchant: Merchant, amount: int, result: str) -> None:
    assert merchant.order(**yen(amount))["result"] == result


@pytest.mark.parametrize(("amount", "result"), [(25_000, "3"), (25_001, "2")])
def test_unpaid_orders_add_up_over_all_merchants(
    merchant: Merchant, opened: Opened, amount: int, result: str
) -> None:
    with opened(merchant="10987654321") as url:
        owe(Merchant(url), "B-1", 10_000, ycfStrCode="10987654321")
    owe(merchant, "A-1", 20_000, name="山田太郎", telNum="080-1234-5678")

    assert merchant.order(**yen(amount))["result"] == result


@pytest.mark.parametrize("other", [{"telNum": "08012345679"}, {"name": "山田　花子"}])
def test_what_others_owe_does_not_count(merchant: Merchant, other: dict[str, str]) -> None:
    owe(merchant, "A-1", 50_000)

    assert merchant.order(**yen(50_000), **other)["result"] == "3"


def test_a_code_that_is_still_out_is_no_debt(merchant: Merchant) -> None:
    merchant.order(orderNo="A-1", **yen(50_000))

    assert merchant.order(**yen(50_000))["result"] == "3"


def test_a_cancelled_order_is_no_debt(merchant: Merchant) -> None:
    owe(merchant, "A-1", 50_000)
    merchant.cancel(orderNo="A-1")

    assert merchant.order(**yen(50_000))["result"] == "3"


def test_a_paid_order_is_no_debt(merchant: Merchant) -> None:
    owe(merchant, "A-1", 50_000)
    merchant.ship(slip(1), orderNo="A-1")
    events.deliver(MERCHANT, "A-1")
    events.bill(MERCHANT, "A-1")
    assert merchant.order(orderNo="A-2", **yen(50_000))["result"] == "2"

    events.pay(MERCHANT, "A-1")

    assert merchant.order(**yen(50_000))["result"] == "3"


def test_a_reduced_order_owes_less(merchant: Merchant) -> None:
    owe(merchant, "A-1", 50_000)
    merchant.reduce(orderNo="A-1")

    assert merchant.order(**yen(52_000))["result"] == "3"


@pytest.mark.parametrize(("lenient", "result"), [(True, "3"), (False, "2")])
def test_sandbox_numbers_owe_nothing_to_a_lenient_yamato(
    opened: Opened, lenient: bool, result: str
) -> None:
    with opened(lenient=lenient) as url:
        owe(Merchant(url), "A-1", 50_000, telNum=sandbox("0000"))

        answer = Merchant(url).order(telNum=sandbox("0000"), **yen(50_000))

    assert answer["result"] == result


def test_other_numbers_owe_to_a_lenient_yamato_too(opened: Opened) -> None:
    with opened(lenient=True) as url:
        owe(Merchant(url), "A-1", 50_000)

        assert Merchant(url).order(**yen(50_000))["result"] == "2"


def test_codes_are_random_and_keep_their_zeros(merchant: Merchant, phone: Phone) -> None:
    codes = set()
    for number in range(12):
        merchant.order(orderNo=f"A-{number}")
        codes.add(phone.code)

    assert len(codes) > 1
    assert {len(code) for code in codes} == {4}


def test_name_phone_and_code_are_unreadable_in_the_database(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    merchant.order()

    with db.engine.connect() as raw:
        row = raw.exec_driver_sql("SELECT sent, sms_number, code, person FROM kuroneko_sim_records")
        written = b"".join(part if isinstance(part, bytes) else part.encode() for part in row.one())
    assert not any(word.encode() in written for word in ("山田", PHONE, phone.code))


def test_no_password_is_remembered(merchant: Merchant) -> None:
    merchant.order()

    record = db.session.scalars(sa.select(CreditRecord)).one()
    assert "password" not in record.sent
    assert record.sent["name"] == "山田　太郎"
