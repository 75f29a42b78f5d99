"""The client against the simulator: one suite, spoken in process and over a socket."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import unquote_plus, urlencode, urlsplit

import pytest
from flask import Flask
from werkzeug.test import Client as Caller

from storefront.kuroneko.amendments import Cause, Reduction, Reissue, Withdrawal
from storefront.kuroneko.client import Client
from storefront.kuroneko.endings import Refused
from storefront.kuroneko.messages import InvoiceDivision, SendDivision
from storefront.kuroneko.registration import Registration
from storefront.kuroneko.results import (
    Credit,
    CreditResult,
    Standing,
    Status,
    StatusWarning,
    Verdict,
)
from storefront.kuroneko.shipments import Process, Shipment
from storefront.kuroneko.simulator import events
from storefront.kuroneko.simulator.server import PREFIX, Simulator
from storefront.kuroneko.simulator.standalone import running
from storefront.kuroneko.simulator.terms import Terms
from storefront.kuroneko.transport import HttpLine, Patience, Reply
from tests.unit.kuroneko.samples import (
    MERCHANT,
    ORDER,
    PASSWORD,
    a_recipient,
    a_registration,
    an_invoice,
    an_orderer,
)
from tests.unit.verification.stand_ins import StillClock

BASE = f"http://yamato.test{PREFIX.rstrip('/')}"
SLIP, OTHER_SLIP = "123456789013", "123456789024"  # what the first eleven digits leave, by 7
DAY = date(2026, 12, 2)


@dataclass
class InProcess:
    """The simulator's WSGI app called without a socket; keeps what was posted."""

    simulator: Simulator
    posted: list[bytes] = field(default_factory=list)

    def post(self, url: str, fields: Mapping[str, str], patience: Patience) -> Reply:
        body = urlencode(fields).encode()
        self.posted.append(body)
        kind = "application/x-www-form-urlencoded; charset=UTF-8"
        answer = Caller(self.simulator).post(urlsplit(url).path, data=body, content_type=kind)
        return Reply(answer.status_code, answer.get_data())


@dataclass
class OverSocket:
    """The shop's own line, real bytes and all; keeps what it was given to post."""

    inner: HttpLine = field(default_factory=HttpLine)
    posted: list[bytes] = field(default_factory=list)

    def post(self, url: str, fields: Mapping[str, str], patience: Patience) -> Reply:
        self.posted.append(urlencode(fields).encode())
        return self.inner.post(url, fields, patience)


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
    assert yamato.client.verify_code(number, yamato.code) is Verdict.RIGHT
    return yamato


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def status(yamato: Line, number: str = ORDER) -> Status:
    return yamato.client.status(number).status


def test_the_whole_life_of_an_order(yamato: Line) -> None:
    client = yamato.client
    assert client.apply(order()) == Credit(CreditResult.EXAMINING, True)
    assert (client.credit_result(ORDER), status(yamato)) == ("3", "30")
    assert client.verify_code(ORDER, yamato.code) is Verdict.RIGHT
    assert (client.credit_result(ORDER), status(yamato)) == ("0", "1")
    client.ship(Shipment(ORDER, Process.YAMATO, SLIP))
    assert status(yamato) is Status.SLIP_REGISTERED
    for happening, stands in [
        (events.deliver, Status.SALES_FIXED),
        (events.bill, Status.INVOICE_ISSUED),
        (events.pay, Status.PAID),
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
    lines = order().lines[0].__class__("品", total)

    assert yamato.client.apply(order(total=total, lines=(lines,))).result is result


def test_what_is_owed_adds_up_over_orders(yamato: Line) -> None:
    line = order().lines[0].__class__
    big = {"total": 50_000, "lines": (line("品", 50_000),)}
    approved(yamato, "A-1", **big)

    second = order("A-2", total=5_001, lines=(line("品", 5_001),))
    assert yamato.client.apply(second).result is CreditResult.OVER_LIMIT
    third = order("A-3", total=5_000, lines=(line("品", 5_000),))
    assert yamato.client.apply(third).result is CreditResult.EXAMINING


@pytest.mark.parametrize(("seconds", "verdict"), [(179, Verdict.RIGHT), (181, Verdict.EXPIRED)])
def test_a_code_lives_three_minutes(
    yamato: Line, still: StillClock, seconds: int, verdict: Verdict
) -> None:
    yamato.client.apply(order())
    still.forward(seconds)

    assert yamato.client.verify_code(ORDER, yamato.code) is verdict


def test_the_third_wrong_code_locks(yamato: Line) -> None:
    yamato.client.apply(order())
    wrong = f"{(int(yamato.code) + 1) % 10_000:04}"
    told = [yamato.client.verify_code(ORDER, wrong) for _ in range(4)]

    assert told == [Verdict.WRONG, Verdict.WRONG, Verdict.WRONG, Verdict.LOCKED]
    assert status(yamato) is Status.NOT_VERIFIED


def test_a_code_of_full_width_digits_passes(yamato: Line) -> None:
    yamato.client.apply(order())
    wide = yamato.code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert yamato.client.verify_code(ORDER, wide) is Verdict.RIGHT


def test_an_order_that_was_never_made_has_no_standing(yamato: Line) -> None:
    client = yamato.client

    assert refused(lambda: client.credit_result("X-1")) == "kaars008E"
    assert refused(lambda: client.status("X-1")) == "kaast008E"
    assert refused(lambda: client.cancel("X-1")) == "kaacl008E"
    assert client.verify_code("X-1", "1234") is Verdict.ENDED


def test_a_cancelled_order_is_cancelled_once(yamato: Line) -> None:
    approved(yamato).client.cancel(ORDER)

    assert status(yamato) is Status.CANCELLED
    assert refused(lambda: yamato.client.cancel(ORDER)) == "kaacl009E"


def test_a_slip_is_registered_changed_and_withdrawn(yamato: Line) -> None:
    client = approved(yamato).client
    client.ship(Shipment(ORDER, Process.YAMATO, SLIP))
    assert refused(lambda: client.ship(Shipment(ORDER, Process.YAMATO, SLIP))) == "kaasl018E"
    client.ship(Shipment(ORDER, Process.CHANGE, OTHER_SLIP, DAY, SLIP))
    client.ship(Shipment(ORDER, Process.CANCEL))

    assert status(yamato) is Status.APPROVED


def test_another_carriers_number_needs_no_check_digit(yamato: Line) -> None:
    approved(yamato).client.ship(Shipment(ORDER, Process.OTHER_CARRIER, "AB-123"))

    assert status(yamato) is Status.SLIP_REGISTERED


def test_an_amount_may_only_fall(yamato: Line) -> None:
    client = approved(yamato).client
    client.reduce_amount(Reduction(ORDER, date(2026, 12, 1), an_invoice(ship_day=DAY)))
    assert (
        refused(
            lambda: client.reduce_amount(
                Reduction(ORDER, date(2026, 12, 1), an_invoice(ship_day=DAY))
            )
        )
        == "kaakk049E"
    )


def test_a_bill_is_issued_again_and_taken_back(yamato: Line) -> None:
    lines = order(division=SendDivision.TO_ORDERER)
    yamato.client.apply(lines)
    invoice = an_invoice(
        total=4136, lines=lines.lines, division=InvoiceDivision.SEPARATE, ship_day=DAY
    )

    yamato.client.reissue(Reissue(ORDER, Cause.LOST, invoice))
    yamato.client.reissue(Withdrawal(ORDER))


def test_a_bundled_slip_has_print_data_and_no_other(yamato: Line) -> None:
    yamato.client.apply(order("B-1", division=SendDivision.BUNDLED))
    yamato.client.apply(order("B-2", division=SendDivision.TO_ORDERER))

    assert yamato.client.status("B-1") == Standing(Status.APPROVED, StatusWarning.NOT_PRINTED)
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
