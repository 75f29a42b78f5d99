"""The client against the simulator: one suite, spoken in process and over a socket."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

import pytest
from flask import Flask

from storefront.providers.yamato.protocol.amendments import Cause, Reduction, Reissue, Withdrawal
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.exceptions import NoAnswer, Refused
from storefront.providers.yamato.protocol.line_items import LineItem as Item
from storefront.providers.yamato.protocol.line_items import summary
from storefront.providers.yamato.protocol.messages import InvoiceDivision, SendDivision
from storefront.providers.yamato.protocol.registration import Registration
from storefront.providers.yamato.protocol.results import (
    CodeJudgement,
    Credit,
    CreditResult,
    CreditStatus,
    StatusReply,
    StatusWarning,
)
from storefront.providers.yamato.protocol.shipments import Process, Shipment
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import running
from storefront.providers.yamato.simulator.terms import Terms
from tests.unit.providers.yamato.samples import (
    MERCHANT,
    ORDER,
    PASSWORD,
    a_recipient,
    a_registration,
    an_invoice,
    an_orderer,
)
from tests.unit.providers.yamato.wires import BASE, InProcess, OverSocket
from tests.unit.verification.stand_ins import StillClock

SLIP, OTHER_SLIP = "123456789013", "123456789024"  # what the first eleven digits leave, by 7
DAY = date(2026, 12, 2)


@dataclass
class Line:
    client: Client
    texts: list[str]
    posted: list[bytes]

    @property
    def code(self) -> str:
        return self.texts[-1].rpartition("#")[2]


Opened = Callable[..., Line]


@pytest.fixture(params=["in process", "over a socket"])
def opened(
    request: pytest.FixtureRequest, app: Flask, still: StillClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Opened]:
    """Opens a Yamato in terms of the test's choice, on a clock that stands."""
    monkeypatch.setenv("NO_PROXY", "*")
    servers = []

    def open_(**changes: Any) -> Line:
        texts: list[str] = []
        terms = {"text": lambda _to, words, _seconds: texts.append(words), **changes}
        simulator = Simulator(
            app, Terms(MERCHANT.code, PASSWORD, "さくら商店", "shop.example.jp", **terms)
        )
        line: Any = InProcess(simulator)
        url = BASE
        if request.param == "over a socket":
            server = running(simulator)
            url, line = server.__enter__(), OverSocket()
            servers.append(server)
        return Line(Client(url, MERCHANT, transport=line), texts, line.posted)

    yield open_
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def yamato(opened: Opened) -> Line:
    return opened()


def order(number: str = ORDER, **changes: Any) -> Registration:
    days = {"order_day": date(2026, 12, 1), "ship_day": DAY}
    return a_registration(order_number=number, **{**days, **changes})


def approved(yamato: Line, number: str = ORDER, **changes: Any) -> Line:
    yamato.client.apply(order(number, **changes))
    assert yamato.client.verify_code(number, yamato.code) is CodeJudgement.RIGHT
    return yamato


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def status(yamato: Line, number: str = ORDER) -> CreditStatus:
    return yamato.client.status(number).status


def test_the_whole_life_of_an_order(yamato: Line) -> None:
    client = yamato.client
    assert client.apply(order()) == Credit(CreditResult.EXAMINING, True)
    assert (client.credit_result(ORDER), status(yamato)) == ("3", "30")
    assert client.verify_code(ORDER, yamato.code) is CodeJudgement.RIGHT
    assert (client.credit_result(ORDER), status(yamato)) == ("0", "1")
    client.ship(Shipment(ORDER, Process.YAMATO, SLIP))
    assert status(yamato) is CreditStatus.SLIP_REGISTERED
    for happening, stands in [
        (events.deliver, CreditStatus.SALES_FIXED),
        (events.bill, CreditStatus.INVOICE_ISSUED),
        (events.pay, CreditStatus.PAID),
    ]:
        happening(MERCHANT.code, ORDER)
        assert status(yamato) is stands
    assert refused(lambda: client.cancel(ORDER)) == "kaacl015E"


def test_a_number_is_taken_once(yamato: Line) -> None:
    yamato.client.apply(order())

    assert refused(lambda: yamato.client.apply(order())) == "kaara009E"


@pytest.mark.parametrize(
    ("total", "result"), [(55_000, CreditResult.EXAMINING), (55_001, CreditResult.OVER_LIMIT)]
)
def test_fifty_five_thousand_yen_may_be_owed(
    yamato: Line, total: int, result: CreditResult
) -> None:
    asked = order(total=total, lines=summary("品", total))

    assert yamato.client.apply(asked).result is result


def test_what_is_owed_adds_up_over_orders(yamato: Line) -> None:
    big = {"total": 50_000, "lines": summary("品", 50_000)}
    approved(yamato, "A-1", **big)

    second = order("A-2", total=5_001, lines=summary("品", 5_001))
    assert yamato.client.apply(second).result is CreditResult.OVER_LIMIT
    third = order("A-3", total=5_000, lines=summary("品", 5_000))
    assert yamato.client.apply(third).result is CreditResult.EXAMINING


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(179, CodeJudgement.RIGHT), (181, CodeJudgement.EXPIRED)]
)
def test_a_code_lives_three_minutes(
    yamato: Line, still: StillClock, seconds: int, verdict: CodeJudgement
) -> None:
    yamato.client.apply(order())
    still.forward(seconds)

    assert yamato.client.verify_code(ORDER, yamato.code) is verdict


def test_the_third_wrong_code_locks(yamato: Line) -> None:
    yamato.client.apply(order())
    wrong = f"{(int(yamato.code) + 1) % 10_000:04}"
    told = [yamato.client.verify_code(ORDER, wrong) for _ in range(4)]

    assert told == [
        CodeJudgement.WRONG,
        CodeJudgement.WRONG,
        CodeJudgement.WRONG,
        CodeJudgement.LOCKED,
    ]
    assert status(yamato) is CreditStatus.NOT_VERIFIED


def test_a_code_of_full_width_digits_passes(yamato: Line) -> None:
    yamato.client.apply(order())
    wide = yamato.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert yamato.client.verify_code(ORDER, wide) is CodeJudgement.RIGHT


def test_an_order_that_was_never_made_has_no_standing(yamato: Line) -> None:
    client = yamato.client

    assert refused(lambda: client.credit_result("X-1")) == "kaars008E"
    assert refused(lambda: client.status("X-1")) == "kaast008E"
    assert refused(lambda: client.cancel("X-1")) == "kaacl008E"
    assert client.verify_code("X-1", "1234") is CodeJudgement.ENDED


def test_a_cancelled_order_is_cancelled_once(yamato: Line) -> None:
    approved(yamato).client.cancel(ORDER)

    assert status(yamato) is CreditStatus.CANCELLED
    assert refused(lambda: yamato.client.cancel(ORDER)) == "kaacl009E"


def test_a_slip_is_registered_changed_and_withdrawn(yamato: Line) -> None:
    client = approved(yamato).client
    client.ship(Shipment(ORDER, Process.YAMATO, SLIP))
    assert refused(lambda: client.ship(Shipment(ORDER, Process.YAMATO, SLIP))) == "kaasl018E"
    client.ship(Shipment(ORDER, Process.CHANGE, OTHER_SLIP, DAY, SLIP))
    client.ship(Shipment(ORDER, Process.CANCEL))

    assert status(yamato) is CreditStatus.APPROVED


def test_another_carriers_number_needs_no_check_digit(yamato: Line) -> None:
    approved(yamato).client.ship(Shipment(ORDER, Process.OTHER_CARRIER, "AB-123"))

    assert status(yamato) is CreditStatus.SLIP_REGISTERED


def slip(number: int) -> str:
    return f"{number:011}{number % 7}"


def test_an_order_has_ten_parcels_at_most(yamato: Line) -> None:
    client = approved(yamato).client
    for number in range(10):
        client.ship(Shipment(ORDER, Process.YAMATO, slip(number)))

    assert refused(lambda: client.ship(Shipment(ORDER, Process.YAMATO, slip(10)))) == "kaasl017E"


def test_a_parcel_holds_three_orders_at_most(yamato: Line) -> None:
    def ship(number: str) -> None:
        yamato.client.apply(order(number, division=SendDivision.TO_ORDERER))
        yamato.client.ship(Shipment(number, Process.YAMATO, SLIP))

    for number in ("A-1", "A-2", "A-3"):
        ship(number)

    assert refused(lambda: ship("A-4")) == "kaasl045E"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Shipment(ORDER, Process.OTHER_CARRIER, "AB-1"), (Process.OTHER_CARRIER, "AB-2")),
        (Shipment(ORDER, Process.YAMATO, SLIP), (Process.OTHER_CARRIER, "AB-2")),
        (Shipment(ORDER, Process.OTHER_CARRIER, "AB-1"), (Process.CHANGE, SLIP)),
    ],
)
def test_a_changed_slip_takes_the_place_of_the_one_before(
    yamato: Line, first: Shipment, second: tuple[Process, str]
) -> None:
    client = approved(yamato).client
    client.ship(first)
    client.ship(Shipment(ORDER, *second, DAY, first.slip))

    again = Shipment(ORDER, *second, DAY, first.slip)
    assert refused(lambda: client.ship(again)) == "kaasl032E"  # it is not there any more


def test_what_has_no_parcel_has_none_to_withdraw(yamato: Line) -> None:
    client = approved(yamato).client

    assert refused(lambda: client.ship(Shipment(ORDER, Process.CANCEL))) == "kaasl022E"


def lowered(total: int) -> Reduction:
    lines = summary("お買い上げ品一式", total)
    return Reduction(ORDER, date(2026, 12, 1), an_invoice(ship_day=DAY, total=total, lines=lines))


def test_an_amount_may_fall_and_never_reach_the_first(yamato: Line) -> None:
    client = approved(yamato).client

    assert refused(lambda: client.reduce_amount(lowered(4136))) == "kaakk049E"
    client.reduce_amount(lowered(3000))
    assert refused(lambda: client.reduce_amount(lowered(3000))) == "kaakk049E"
    client.reduce_amount(lowered(3500))
    assert refused(lambda: client.reduce_amount(lowered(4136))) == "kaakk050E"


def test_a_lower_amount_leaves_room_for_another_order(yamato: Line) -> None:
    most: dict[str, Any] = {"total": 55_000, "lines": summary("品", 55_000)}
    approved(yamato, **most)
    small: dict[str, Any] = {"total": 52_000, "lines": summary("品", 52_000)}
    assert yamato.client.apply(order("A-2", **small)).result is CreditResult.OVER_LIMIT

    yamato.client.reduce_amount(lowered(3000))

    assert yamato.client.apply(order("A-3", **small)).result is CreditResult.EXAMINING


def test_a_cancelled_order_leaves_room_for_another(yamato: Line) -> None:
    most: dict[str, Any] = {"total": 55_000, "lines": summary("品", 55_000)}
    approved(yamato, **most).client.cancel(ORDER)

    assert yamato.client.apply(order("A-2", **most)).result is CreditResult.EXAMINING


def test_a_bill_is_issued_again_and_taken_back(yamato: Line) -> None:
    lines = order(division=SendDivision.TO_ORDERER)
    yamato.client.apply(lines)
    invoice = an_invoice(
        total=4136, lines=lines.lines, division=InvoiceDivision.SEPARATE, ship_day=DAY
    )

    yamato.client.reissue(Reissue(ORDER, Cause.LOST, invoice))
    yamato.client.reissue(Withdrawal(ORDER))


def test_a_bill_is_issued_nine_times_at_most(yamato: Line) -> None:
    made = order(division=SendDivision.TO_ORDERER)
    yamato.client.apply(made)
    invoice = an_invoice(
        total=4136, lines=made.lines, division=InvoiceDivision.SEPARATE, ship_day=DAY
    )
    again = Reissue(ORDER, Cause.OTHER, invoice, "犬が食べた")
    for _ in range(9):
        yamato.client.reissue(again)

    assert refused(lambda: yamato.client.reissue(again)) == "kaarr009E"
    assert refused(lambda: yamato.client.reissue(replace(again, invoice=lowered(1).invoice))) == (
        "kaarr009E"
    )


@pytest.mark.parametrize(
    ("ending", "credit"),
    [
        ("0000", Credit(CreditResult.EXAMINING, True)),
        ("0020", Credit(CreditResult.USABLE)),
        ("0021", Credit(CreditResult.NOT_USABLE)),
        ("0022", Credit(CreditResult.OVER_LIMIT)),
        ("0023", Credit(CreditResult.EXAMINING, False)),
    ],
)
def test_the_client_hears_whether_a_text_went_out(
    yamato: Line, ending: str, credit: Credit
) -> None:
    asked = order(orderer=an_orderer(phone=f"0900000{ending}"))

    assert yamato.client.apply(asked) == credit


@pytest.mark.parametrize("ending", ["0007", "0025"])
def test_an_answer_that_is_none_is_told_as_such(yamato: Line, ending: str) -> None:
    asked = order(orderer=an_orderer(phone=f"0900000{ending}"))

    with pytest.raises(NoAnswer):
        yamato.client.apply(asked)


def test_print_data_name_what_was_bought(yamato: Line) -> None:
    lines = (Item("湯呑", 3_300, 1, 3_300), Item("クーポン使用", -300))
    yamato.client.apply(order("B-1", division=SendDivision.BUNDLED, total=3_000, lines=lines))

    printed = yamato.client.print_data("B-1")

    assert [(line.name, line.count, line.subtotal) for line in printed.lines] == [
        ("湯呑", "1", "3300"),
        ("クーポン使用", "", "-300"),
    ]
    assert (printed.texts["name"], printed.texts["claimSum"]) == ("山田　太郎", "3000")


def test_a_bundled_slip_has_print_data_and_no_other(yamato: Line) -> None:
    yamato.client.apply(order("B-1", division=SendDivision.BUNDLED))
    yamato.client.apply(order("B-2", division=SendDivision.TO_ORDERER))

    assert yamato.client.status("B-1") == StatusReply(
        CreditStatus.APPROVED, StatusWarning.NOT_PRINTED
    )
    assert yamato.client.print_data("B-1").texts["claimSum"] == "4136"
    assert refused(lambda: yamato.client.print_data("B-2")) == "kaasd010E"


def test_a_gift_names_its_receiver(yamato: Line) -> None:
    gift = order(division=SendDivision.TO_OTHER, recipient=a_recipient())

    assert yamato.client.apply(gift).result is CreditResult.USABLE


def test_a_wrong_password_is_our_fault_whatever_is_asked(opened: Opened) -> None:
    client = opened().client
    wrong = Client(client.base_url, MERCHANT.__class__(MERCHANT.code, "wrong123"))
    wrong.transport = client.transport

    assert refused(lambda: wrong.apply(order())) == "kaara092E"
    assert refused(lambda: wrong.verify_code(ORDER, "1234")) == "kaasa024E"
    assert refused(lambda: wrong.credit_result(ORDER)) == "kaars012E"


def test_the_request_for_credit_is_the_documents_to_the_byte(yamato: Line) -> None:
    yamato.client.apply(order(orderer=an_orderer()))

    sent = [pair.partition("=") for pair in yamato.posted[0].decode().split("&")]
    assert [(name, unquote_plus(text)) for name, _, text in sent] == [
        ("ycfStrCode", "12345678901"),
        ("orderNo", "K7Q2M9XA-1"),
        ("orderYmd", "20261201"),
        ("shipYmd", "20261202"),
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
        ("requestDate", "20261201120000"),
        ("password", "pass1234"),
        ("headerInformation", ""),
        ("fraudbuster", ""),
    ]


def test_the_question_about_a_code_is_the_documents_to_the_byte(yamato: Line) -> None:
    yamato.client.verify_code("X-1", "０0４2")

    assert yamato.posted[0] == (
        b"ycfStrCode=12345678901&orderNo=X-1&ninCode=0042"
        b"&requestDate=20261201120000&password=pass1234"
    )
