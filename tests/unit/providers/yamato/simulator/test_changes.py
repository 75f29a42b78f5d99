"""Slips, a lower amount, another invoice, the print data, and cancelling."""

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.alarms import Alarm
from storefront.providers.yamato.simulator.models import CreditRecord, Slip
from tests.unit.providers.yamato.simulator.merchant import (
    ENQUIRY,
    MERCHANT,
    Merchant,
    error_of,
    slip,
)

Changes = dict[str, str | None]
NUMBER = "A-1001-1"


@pytest.fixture
def shop(merchant: Merchant) -> Merchant:
    """A merchant with one usable order."""
    merchant.order(sendDiv="0")
    return merchant


@pytest.fixture
def shelf(counter: Merchant) -> Merchant:
    """As shop, but all tests share the order: what is refused leaves it as it was."""
    counter.order(sendDiv="0")
    return counter


def slips() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Slip.number).order_by(Slip.id)))


def record() -> CreditRecord:
    db.session.rollback()
    found = db.session.scalars(sa.select(CreditRecord)).one()
    db.session.refresh(found)
    return found


def fault(answer: dict[str, str]) -> str:
    """The three digits, empty when it went well."""
    return error_of(answer)[5:8]


SHORT_FAULTS = {
    "KAARS0010": ("009", "010", "011", "013", "012", "004"),
    "KAAST0010": ("009", "010", "011", "013", "012", "015"),
    "KAACL0010": ("010", "011", "012", "014", "013", "017"),
    "KAASD0010": ("011", "012", "013", "015", "014", "019"),
}


@pytest.mark.parametrize("api", SHORT_FAULTS)
def test_the_short_requests_have_their_own_errors(shelf: Merchant, api: str) -> None:
    changes: list[Changes] = [
        {"requestDate": None},
        {"requestDate": "2026120112000x"},
        {"requestDate": "20261201240001"},
        {"password": None},
        {"password": "wrong123"},
        {"ycfStrCode": "99999999999"},
        {"ycfStrCode": None},
        {"ycfStrCode": "1234567890x"},
        {"ycfStrCode": "1"},
        {"orderNo": None},
        {"orderNo": "Ａ"},
        {"orderNo": "A" * 21},
        {"orderNo": "A-9"},
    ]

    faults = [fault(shelf.ask(api, **change)) for change in changes]

    alike = ("002", "003", "004", "005", "006", "007", "008")
    assert tuple(faults) == SHORT_FAULTS[api] + alike


# Slips


def test_a_slip_may_be_registered_changed_and_withdrawn(shop: Merchant) -> None:
    assert fault(shop.ship(slip(1), shipYmd="20261203")) == ""
    assert (shop.status()["result"], slips()) == ("3", [slip(1)])

    assert fault(shop.ship(slip(2), "1", beforePaymentNo=slip(1))) == ""
    assert slips() == [slip(2)]

    assert fault(shop.ship(None, "9")) == ""
    assert (shop.status()["result"], slips()) == ("1", [])


@pytest.mark.parametrize("number", ["A-1001-1", "JP1234567890", "A" * 20])
def test_another_carriers_number_has_no_form_of_yamatos(shop: Merchant, number: str) -> None:
    assert fault(shop.ship(number, "2")) == ""


SHIPMENT_FAULTS: list[tuple[str, Changes]] = [
    ("002", {"ycfStrCode": None}),
    ("041", {"ycfStrCode": "99999999999"}),
    ("008", {"orderNo": "A-9"}),
    ("019", {"processDiv": None}),
    ("019", {"processDiv": "3"}),
    ("010", {"paymentNo": None}),
    ("044", {"paymentNo": "１２３４"}),
    ("012", {"paymentNo": "1" * 13}),
    ("015", {"paymentNo": "ABC-123"}),
    ("014", {"paymentNo": "123456789010"}),
    ("012", {"processDiv": "2", "paymentNo": "1" * 21}),
    ("013", {"processDiv": "9"}),
    ("027", {"processDiv": "9", "paymentNo": None, "shipYmd": "20261203"}),
    ("031", {"processDiv": "9", "paymentNo": None, "beforePaymentNo": slip(2)}),
    ("022", {"processDiv": "9", "paymentNo": None}),
    ("022", {"processDiv": "1", "beforePaymentNo": slip(2)}),
    ("028", {"processDiv": "1"}),
    ("029", {"processDiv": "1", "beforePaymentNo": "?"}),
    ("030", {"processDiv": "1", "beforePaymentNo": "1" * 21}),
    ("023", {"shipYmd": "soon"}),
    ("024", {"shipYmd": "2026120"}),
    ("025", {"shipYmd": "20261232"}),
    ("042", {"shipYmd": "20270302"}),
    ("033", {"requestDate": None}),
    ("037", {"password": None}),
    ("036", {"password": "wrong123"}),
]


@pytest.mark.parametrize(("number", "changes"), SHIPMENT_FAULTS)
def test_a_faulty_shipment_has_its_own_error(
    shelf: Merchant, number: str, changes: Changes
) -> None:
    fields: Changes = {**ENQUIRY, "processDiv": "0", "paymentNo": slip(1), **changes}

    assert fault(shelf.ask("KAASL0010", **fields)) == number
    assert slips() == []


def test_the_check_digit_is_the_remainder_by_seven(shop: Merchant) -> None:
    good = [last for last in range(10) if not fault(shop.ship(f"1234567890{1}{last}"))]

    assert good == [12345678901 % 7]


def test_an_order_has_ten_slips_at_most(shop: Merchant) -> None:
    faults = [fault(shop.ship(slip(number))) for number in range(11)]

    assert faults == [""] * 10 + ["017"]


def test_an_order_has_a_slip_once(shop: Merchant) -> None:
    shop.ship(slip(1))
    shop.ship(slip(2))

    assert fault(shop.ship(slip(1))) == "018"
    assert fault(shop.ship(slip(1), "1", beforePaymentNo=slip(2))) == "018"


def test_a_slip_serves_three_orders_at_most(merchant: Merchant) -> None:
    faults = []
    for number in range(4):
        order = f"A-{number}"
        merchant.order(sendDiv="0", orderNo=order)
        faults.append(fault(merchant.ship(slip(1), orderNo=order)))

    assert faults == ["", "", "", "045"]


def test_only_a_slip_of_this_order_is_changed(shop: Merchant) -> None:
    shop.ship(slip(1))

    assert fault(shop.ship(slip(2), "1", beforePaymentNo=slip(3))) == "032"
    assert slips() == [slip(1)]


# Warnings


@pytest.mark.parametrize(
    ("alarm", "result"),
    [(Alarm.NO_SLIP, "6"), (Alarm.NOT_DELIVERED, "6"), (Alarm.INVESTIGATED, "5")],
)
def test_a_warning_shows_in_the_status_until_a_slip_comes(
    shop: Merchant, alarm: Alarm, result: str
) -> None:
    assert shop.status()["warning"] == "0"

    events.warn(MERCHANT, NUMBER, alarm)
    warned = shop.status()
    shop.ship(slip(1))
    after = shop.status()

    assert (warned["result"], warned["warning"]) == (result, str(alarm.value))
    assert (after["result"], after["warning"]) == ("3", "0")


# A lower amount


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((4135, 3000, 1), ["", "", ""]),
        ((3000, 3000), ["", "049"]),
        ((3000, 4000), ["", ""]),
        ((3000, 4136), ["", "050"]),
        ((4136,), ["049"]),
        ((4137,), ["050"]),
    ],
)
def test_an_amount_only_goes_below_the_first(
    shop: Merchant, amounts: tuple[int, ...], expected: list[str]
) -> None:
    faults = [
        fault(shop.reduce(totalAmount=str(amount), subTotal1=str(amount))) for amount in amounts
    ]

    assert faults == expected


def test_a_lower_amount_brings_its_lines_with_it(merchant: Merchant) -> None:
    merchant.order(
        sendDiv="0", subTotal1="4000", itemName2="送料", subTotal2="136", billPostCode="１"
    )

    merchant.reduce(address2="３－１", shipYmd=None)

    now = record()
    assert (now.amount_first, now.amount) == (4136, 3000)
    assert now.sent["address2"] == "３－１"
    assert now.sent["shipYmd"] == "20261203"
    assert now.sent["sendDiv"] == "0"
    assert not {"itemName2", "subTotal2", "billPostCode"} & set(now.sent)


REDUCTION_FAULTS: list[tuple[str, Changes]] = [
    ("001", {"ycfStrCode": None}),
    ("004", {"ycfStrCode": "99999999999"}),
    ("005", {"orderNo": None}),
    ("006", {"orderNo": "A-1-"}),
    ("006", {"orderNo": "_A"}),
    ("007", {"orderNo": "A" * 21}),
    ("008", {"orderNo": "A-9"}),
    ("013", {"shipYmd": "x"}),
    ("018", {"postCode": None}),
    ("022", {"postCode": "9999999"}),
    ("023", {"address1": None}),
    ("027", {"address1": "千代田区"}),
    ("028", {"address2": "2"}),
    ("031", {"address2": None}),
    ("032", {"itemName1": "tea"}),
    ("035", {"itemName1": None}),
    ("041", {"subTotal1": "x"}),
    ("046", {"totalAmount": None}),
    ("047", {"totalAmount": "-1"}),
    ("048", {"totalAmount": "0"}),
    ("051", {"totalAmount": "2999"}),
    ("053", {"sendDiv": None}),
    ("055", {"sendDiv": "3"}),
    ("056", {"billPostCode": "😀"}),
    ("059", {"password": None}),
    ("060", {"password": "no-good"}),
    ("061", {"password": "wrong123"}),
    ("062", {"requestDate": None}),
    ("065", {"requestDate": "20261301000000"}),
]


@pytest.mark.parametrize(("number", "changes"), REDUCTION_FAULTS)
def test_a_faulty_reduction_has_its_own_error(
    shelf: Merchant, number: str, changes: Changes
) -> None:
    assert fault(shelf.reduce(**changes)) == number
    assert record().amount == 4136


# Another invoice


def test_an_invoice_is_issued_again_nine_times_at_most(shop: Merchant) -> None:
    faults = [fault(shop.reissue()) for _ in range(10)]

    assert faults == [""] * 9 + ["009"]


def test_a_reissue_has_a_code_and_changes_the_address(shop: Merchant) -> None:
    answer = shop.reissue(address2="３－１")

    assert answer["reissueCode"] == "0"
    assert record().sent["address2"] == "３－１"


def test_a_reissue_is_withdrawn_once(shop: Merchant) -> None:
    withdrawal: Changes = {**ENQUIRY, "requestContents": "3"}
    assert fault(shop.ask("KAARR0010", **withdrawal)) == "017"
    shop.reissue()

    assert fault(shop.ask("KAARR0010", **withdrawal)) == ""
    assert fault(shop.ask("KAARR0010", **withdrawal)) == "017"


REISSUE_FAULTS: list[tuple[str, Changes]] = [
    ("001", {"ycfStrCode": None}),
    ("004", {"ycfStrCode": "99999999999"}),
    ("005", {"orderNo": None}),
    ("008", {"orderNo": "A-9"}),
    ("010", {"password": None}),
    ("012", {"password": "wrong123"}),
    ("013", {"requestContents": None}),
    ("015", {"requestContents": "2"}),
    ("018", {"reasonReissue": None}),
    ("020", {"reasonReissue": "7"}),
    ("021", {"reasonReissue": "6"}),
    ("022", {"reasonReissue": "6", "reasonReissueEtc": "why"}),
    ("023", {"reasonReissue": "6", "reasonReissueEtc": "あ" * 26}),
    ("025", {"shipYmd": None}),
    ("029", {"shipYmd": "20270302"}),
    ("031", {"sendDiv": None}),
    ("033", {"sendDiv": "3"}),
    ("034", {"postCode": None}),
    ("043", {"address1": "千代田区"}),
    ("047", {"address2": None}),
    ("048", {"itemName1": "tea"}),
    ("051", {"itemName1": None}),
    ("067", {"subTotal1": "4135"}),
]


@pytest.mark.parametrize(("number", "changes"), REISSUE_FAULTS)
def test_a_faulty_reissue_has_its_own_error(shelf: Merchant, number: str, changes: Changes) -> None:
    assert fault(shelf.reissue(**changes)) == number
    assert record().reissues == 0


# Print data


def test_only_a_bundled_slip_is_printed_by_the_merchant(shop: Merchant) -> None:
    assert fault(shop.print_data()) == "010"


def test_print_data_ends_the_warning_that_nobody_fetched_it(merchant: Merchant) -> None:
    merchant.order(sendDiv="2")
    before = merchant.status()["warning"]

    printed = merchant.print_data()

    assert (before, merchant.status()["warning"]) == ("4", "0")
    assert printed["claimSum"] == "4136"
    assert printed["maturity"] == "20261215"
    assert printed["name"] == "山田　太郎"
    assert printed["itemName1"] == "お買い上げ商品"
    assert printed["buyStore"] == "さくら商店"
    assert "itemName2" not in printed


# Cancelling


def test_an_order_is_cancelled_once(shop: Merchant) -> None:
    assert fault(shop.cancel()) == ""

    assert fault(shop.cancel()) == "009"
    assert shop.status()["result"] == "2"
    assert fault(shop.credit()) == "008"


def test_a_cancelled_order_takes_no_code(merchant: Merchant) -> None:
    merchant.order()
    merchant.cancel()

    assert merchant.try_code("1234")["result"] == "5"
    assert record().code is None
