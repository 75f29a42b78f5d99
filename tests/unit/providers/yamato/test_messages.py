"""What is posted, field by field in the documented order, and what is refused before that."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.core import clock
from storefront.providers.yamato.protocol.amendments import Cause, Reduction, Reissue, Withdrawal
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason
from storefront.providers.yamato.protocol.inquiries import CodeCheck, Enquiry
from storefront.providers.yamato.protocol.line_items import LineItem, line_problems, summary
from storefront.providers.yamato.protocol.messages import (
    Api,
    InvoiceDivision,
    Message,
    SendDivision,
    masked,
    request_date,
)
from storefront.providers.yamato.protocol.shipments import Process, Shipment
from tests.unit.providers.yamato.samples import (
    MERCHANT,
    ORDER,
    a_recipient,
    a_registration,
    an_invoice,
    an_orderer,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")

WHO = [("ycfStrCode", "12345678901"), ("orderNo", ORDER)]
WHEN = ("requestDate", "20261125120405")
SECRET = ("password", "pass1234")
SMARTPHONE_ORDER = [
    *WHO,
    ("orderYmd", "20261125"),
    ("shipYmd", "20261128"),
    ("name", "山田　太郎"),
    ("nameKana", "ﾔﾏﾀﾞ ﾀﾛｳ"),
    ("postCode", "1000005"),
    ("address1", "東京都千代田区丸の内２－７－２さくら１０１"),
    ("address2", ""),
    ("telNum", "09012345678"),
    ("email", "taro@example.com"),
    ("billPostCode", ""),
    ("totalAmount", "4136"),
    ("sendDiv", "3"),
    ("cartCode", ""),
    ("itemName1", "お買い上げ品一式"),
    ("itemCount1", ""),
    ("unitPrice1", ""),
    ("subTotal1", "4136"),
    ("sendName", ""),
    ("sendPostCode", ""),
    ("sendAddress1", ""),
    ("sendAddress2", ""),
    ("sendTelNum", ""),
    WHEN,
    SECRET,
    ("headerInformation", ""),
    ("fraudbuster", ""),
]
INVOICED = [
    ("postCode", "1000005"),
    ("address1", "東京都千代田区丸の内２－７－２さくら１０１"),
    ("address2", ""),
]
LINE = [
    ("itemName1", "お買い上げ品一式"),
    ("itemCount1", ""),
    ("unitPrice1", ""),
    ("subTotal1", "3000"),
]
REGISTRATION = a_registration()
GIFT_LINES = (LineItem("急須", 6600, 2, 3300), LineItem("クーポン使用", -600))
GIFT = a_registration(
    division=SendDivision.TO_OTHER,
    recipient=a_recipient(phone="06-1234-5678"),
    total=6000,
    lines=GIFT_LINES,
)
REDUCTION = Reduction(ORDER, date(2026, 11, 25), an_invoice())
REISSUE = Reissue(ORDER, Cause.OTHER, an_invoice(), "宛名が違う")
CHANGE = Shipment(ORDER, Process.CHANGE, "1000-0000-0004", date(2026, 11, 28), "000000000000")
SENT: list[tuple[Message, list[tuple[str, str]]]] = [
    (REGISTRATION, SMARTPHONE_ORDER),
    (CodeCheck(ORDER, "０００７"), [*WHO, ("ninCode", "0007"), WHEN, SECRET]),
    (Enquiry(Api.CREDIT_RESULT, ORDER), [*WHO, WHEN, SECRET]),
    (Enquiry(Api.STATUS, ORDER), [*WHO, WHEN, SECRET]),
    (Enquiry(Api.CANCEL, ORDER), [*WHO, WHEN, SECRET]),
    (Enquiry(Api.PRINT_DATA, ORDER), [*WHO, WHEN, SECRET]),
    (
        Shipment(ORDER, Process.YAMATO, "100000000004"),
        [
            *WHO,
            ("paymentNo", "100000000004"),
            ("processDiv", "0"),
            ("shipYmd", ""),
            ("beforePaymentNo", ""),
            WHEN,
            SECRET,
        ],
    ),
    (
        CHANGE,
        [
            *WHO,
            ("paymentNo", "100000000004"),
            ("processDiv", "1"),
            ("shipYmd", "20261128"),
            ("beforePaymentNo", "000000000000"),
            WHEN,
            SECRET,
        ],
    ),
    (
        Shipment(ORDER, Process.OTHER_CARRIER, "K7Q2M9XA-1"),
        [
            *WHO,
            ("paymentNo", "K7Q2M9XA-1"),
            ("processDiv", "2"),
            ("shipYmd", ""),
            ("beforePaymentNo", ""),
            WHEN,
            SECRET,
        ],
    ),
    (
        Shipment(ORDER, Process.CANCEL),
        [
            *WHO,
            ("paymentNo", ""),
            ("processDiv", "9"),
            ("shipYmd", ""),
            ("beforePaymentNo", ""),
            WHEN,
            SECRET,
        ],
    ),
    (
        REDUCTION,
        [
            *WHO,
            ("orderYmd", "20261125"),
            ("shipYmd", "20261128"),
            *INVOICED,
            *LINE,
            ("totalAmount", "3000"),
            ("sendDiv", "2"),
            ("billPostCode", ""),
            SECRET,
            WHEN,
        ],
    ),
    (
        REISSUE,
        [
            *WHO,
            SECRET,
            ("requestContents", "1"),
            ("reasonReissue", "6"),
            ("reasonReissueEtc", "宛名が違う"),
            ("shipYmd", "20261128"),
            ("sendDiv", "2"),
            *INVOICED,
            *LINE,
            ("billPostCode", ""),
        ],
    ),
    (
        Withdrawal(ORDER),
        [
            *WHO,
            SECRET,
            ("requestContents", "3"),
            ("reasonReissue", ""),
            ("reasonReissueEtc", ""),
            ("shipYmd", ""),
            ("sendDiv", ""),
            ("postCode", ""),
            ("address1", ""),
            ("address2", ""),
            ("billPostCode", ""),
        ],
    ),
]


@pytest.mark.parametrize(("message", "fields"), SENT)
def test_a_message_has_the_documented_fields_in_order(
    message: Message, fields: list[tuple[str, str]]
) -> None:
    assert message.problems() == []
    assert list(message.fields(MERCHANT).items()) == fields


def test_a_gift_has_real_lines_and_a_recipient() -> None:
    fields = GIFT.fields(MERCHANT)

    assert GIFT.problems() == []
    assert (
        fields
        | {
            "sendDiv": "1",
            "itemCount1": "2",
            "unitPrice1": "3300",
            "subTotal1": "6600",
            "itemName2": "クーポン使用",
            "itemCount2": "",
            "subTotal2": "-600",
            "sendName": "佐藤花子",
            "sendPostCode": "5410053",
            "sendAddress1": "大阪府大阪市本町１－２",
            "sendAddress2": "",
            "sendTelNum": "0612345678",
        }
        == fields
    )


def test_requests_are_dated_in_japan() -> None:
    clock.tell_by(lambda: datetime(2026, 12, 31, 15, 0, 1, tzinfo=UTC))

    assert request_date() == "20270101000001"


def test_the_two_code_sets_of_send_divisions_differ() -> None:
    assert [one.value for one in SendDivision] == ["0", "1", "2", "3"]
    assert [one.value for one in InvoiceDivision] == ["0", "1", "2"]
    assert (SendDivision.SMARTPHONE.value, InvoiceDivision.SMARTPHONE.value) == ("3", "2")


NO_NUMBER = Address("東京都", "千代田区", "丸の内")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"order_number": "A" * 21}, Problem(Field.ORDER_NUMBER, Reason.FORMAT, 20, 21)),
        ({"ship_day": date(2026, 11, 24)}, Problem(Field.SHIP_DAY, Reason.RANGE, 90)),
        ({"ship_day": date(2027, 2, 24)}, Problem(Field.SHIP_DAY, Reason.RANGE, 90)),
        ({"orderer": an_orderer(name="あ" * 31)}, Problem(Field.NAME, Reason.LONG, 30, 31)),
        (
            {"orderer": an_orderer(postal_code="100")},
            Problem(Field.POSTAL_CODE, Reason.FORMAT),
        ),
        (
            {"orderer": an_orderer(address=NO_NUMBER)},
            Problem(Field.ADDRESS, Reason.NO_BLOCK_NUMBER),
        ),
        ({"orderer": an_orderer(email="taro")}, Problem(Field.EMAIL, Reason.FORMAT)),
        (
            {"orderer": an_orderer(phone="03-1234-5678")},
            Problem(Field.SMS_PHONE, Reason.NOT_MOBILE),
        ),
        ({"mobile_prefixes": ("080",)}, Problem(Field.SMS_PHONE, Reason.NOT_MOBILE)),
        ({"total": 4135}, Problem(Field.LINES, Reason.SUM, 4135)),
        ({"division": SendDivision.TO_OTHER}, Problem(Field.SHIP_ADDRESS, Reason.EMPTY)),
        ({"recipient": a_recipient(name="")}, Problem(Field.SHIP_NAME, Reason.EMPTY)),
        (
            {"recipient": a_recipient(postal_code="")},
            Problem(Field.SHIP_POSTAL_CODE, Reason.FORMAT),
        ),
        (
            {"recipient": a_recipient(address=NO_NUMBER)},
            Problem(Field.SHIP_ADDRESS, Reason.NO_BLOCK_NUMBER),
        ),
        ({"recipient": a_recipient(phone="1")}, Problem(Field.SHIP_PHONE, Reason.FORMAT)),
    ],
)
def test_what_yamato_would_refuse_is_told_beside_its_field(
    changes: dict[str, object], problem: Problem
) -> None:
    assert a_registration(**changes).problems() == [problem]


def test_all_problems_are_told_at_once() -> None:
    orderer = an_orderer(name="", email="", address=NO_NUMBER)

    found = a_registration(orderer=orderer).problems()

    assert [one.field for one in found] == [Field.NAME, Field.ADDRESS, Field.EMAIL]


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2027, 2, 23)])
def test_goods_go_today_or_within_ninety_days(day: date) -> None:
    assert a_registration(ship_day=day).problems() == []


def test_a_landline_is_enough_for_a_payslip() -> None:
    orderer = an_orderer(phone="03-1234-5678")

    registration = a_registration(division=SendDivision.TO_ORDERER, orderer=orderer)

    assert registration.problems() == []
    assert registration.fields(MERCHANT)["telNum"] == "0312345678"


def test_a_payslip_needs_a_japanese_phone_number() -> None:
    orderer = an_orderer(phone="+1 500 555 0006")

    found = a_registration(division=SendDivision.TO_ORDERER, orderer=orderer).problems()

    assert found == [Problem(Field.PHONE, Reason.FORMAT)]


@pytest.mark.parametrize(
    ("lines", "total", "reasons"),
    [
        (summary("一式", 1), 1, []),
        (summary("一式", 999_999), 999_999, []),
        (summary("一式", 0), 0, [Reason.RANGE]),
        (summary("一式", 1_000_000), 1_000_000, [Reason.FORMAT, Reason.RANGE]),
        (summary("", 100), 100, [Reason.FORMAT]),
        (summary("一式", 100), 101, [Reason.SUM]),
        ((LineItem("茶", 10),) * 10, 100, []),
        ((LineItem("茶", 10),) * 11, 110, [Reason.RANGE]),
        ((), 100, [Reason.RANGE, Reason.SUM]),
        ((LineItem("茶", 300), LineItem("クーポン使用", -100)), 200, []),
        ((LineItem("茶", 10, 9_999, 1),), 10, []),
        ((LineItem("茶", 10, 10_000, 1),), 10, [Reason.FORMAT]),
        ((LineItem("茶", 10, 1, -1_000_000),), 10, [Reason.FORMAT]),
    ],
)
def test_lines_are_few_and_make_the_total(
    lines: tuple[LineItem, ...], total: int, reasons: list[Reason]
) -> None:
    assert [one.reason for one in line_problems(lines, total)] == reasons


@given(st.lists(st.integers(-999_999, 999_999), min_size=1, max_size=10), st.integers())
def test_lines_that_do_not_make_the_total_are_never_sent(yen: list[int], total: int) -> None:
    found = line_problems([LineItem("茶", one) for one in yen], total)

    assert (found == []) == (sum(yen) == total and 1 <= total <= 999_999)


@pytest.mark.parametrize(
    ("shipment", "reasons"),
    [
        (Shipment(ORDER, Process.YAMATO), [Reason.FORMAT]),
        (Shipment(ORDER, Process.YAMATO, "100000000005"), [Reason.CHECK_DIGIT]),
        (Shipment(ORDER, Process.YAMATO, "1000-0000-0004"), []),
        (Shipment(ORDER, Process.YAMATO, "100000000004", date(2027, 2, 24)), [Reason.RANGE]),
        (Shipment(ORDER, Process.YAMATO, "100000000004", date(2026, 8, 26)), [Reason.RANGE]),
        (Shipment(ORDER, Process.YAMATO, "100000000004", None, "あ"), [Reason.FORMAT]),
        (Shipment(ORDER, Process.OTHER_CARRIER, "A" * 13), [Reason.FORMAT]),
        (Shipment(ORDER, Process.OTHER_CARRIER, "1000-0000-0005"), []),
        (Shipment(ORDER, Process.OTHER_CARRIER, "100000000005"), []),
        (replace(CHANGE, ship_day=None), [Reason.EMPTY]),
        (replace(CHANGE, former_slip=""), [Reason.FORMAT]),
        (Shipment(ORDER, Process.CANCEL, "100000000004"), [Reason.FORMAT]),
        (Shipment(ORDER, Process.CANCEL, ship_day=date(2026, 11, 28)), [Reason.FORMAT]),
        (Shipment("", Process.CANCEL), [Reason.FORMAT]),
    ],
)
def test_what_a_shipment_has_to_name(shipment: Shipment, reasons: list[Reason]) -> None:
    assert [one.reason for one in shipment.problems()] == reasons


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("1000-0000-0004", "100000000004"), ("AB-1", "AB-1"), ("12-34", "12-34")],
)
def test_a_slip_is_named_the_same_way_whenever_it_is_named(typed: str, sent: str) -> None:
    new = Shipment(ORDER, Process.OTHER_CARRIER, typed).fields(MERCHANT)
    change = Shipment(ORDER, Process.CHANGE, "100000000004", None, typed).fields(MERCHANT)

    assert (new["paymentNo"], change["beforePaymentNo"]) == (sent, sent)


def test_a_bill_of_long_ago_is_not_issued_again() -> None:
    long_ago = an_invoice(ship_day=date(2026, 8, 26))

    found = Reissue(ORDER, Cause.LOST, long_ago).problems()

    assert found == [Problem(Field.SHIP_DAY, Reason.RANGE, 90)]


@pytest.mark.parametrize(
    ("cause", "words", "problems"),
    [
        (Cause.LOST, "", []),
        (Cause.OTHER, "", [Problem(Field.REASON, Reason.EMPTY)]),
        (Cause.OTHER, "あ" * 26, [Problem(Field.REASON, Reason.LONG, 25, 26)]),
        (Cause.LOST, "🍵", [Problem(Field.REASON, Reason.CHARACTERS, character="🍵")]),
    ],
)
def test_a_reissue_for_another_cause_says_which(
    cause: Cause, words: str, problems: list[Problem]
) -> None:
    assert Reissue(ORDER, cause, an_invoice(), words).problems() == problems


@pytest.mark.parametrize("message", [message for message, _fields in SENT])
def test_no_message_is_sent_under_a_malformed_order_number(message: Message) -> None:
    malformed: Message = replace(message, order_number="-")  # type: ignore[type-var]

    assert [one.field for one in malformed.problems()] == [Field.ORDER_NUMBER]


@pytest.mark.parametrize("code", ["7", "00070", "", "abcd"])
def test_a_code_that_cannot_be_right_is_no_try(code: str) -> None:
    assert CodeCheck(ORDER, code).problems() == [Problem(Field.CODE, Reason.FORMAT, 4)]


def test_the_call_log_shows_what_was_bought_and_hides_who_bought_it() -> None:
    fields = masked(GIFT.fields(MERCHANT))

    hidden = {name for name, text in fields.items() if text.startswith("***")}
    assert hidden == {
        "name",
        "nameKana",
        "postCode",
        "address1",
        "telNum",
        "email",
        "sendName",
        "sendPostCode",
        "sendAddress1",
        "sendTelNum",
        "password",
    }
    assert (fields["telNum"], fields["password"]) == ("***5678", "***")
    assert (fields["itemName1"], fields["subTotal2"]) == ("急須", "-600")


def test_a_code_is_masked() -> None:
    assert masked(CodeCheck(ORDER, "0007").fields(MERCHANT))["ninCode"] == "***"


@pytest.mark.parametrize("message", [REGISTRATION, GIFT, CodeCheck(ORDER, "4821"), REDUCTION])
def test_a_message_shows_nobody_to_a_debugger(message: Message) -> None:
    shown = repr(message) + repr(MERCHANT)

    for private in ("山田", "090-1234", "丸の内", "4821", "pass1234", "taro"):
        assert private not in shown
