"""What each number 090-0000-NNNN makes Yamato do."""

import threading
import time

import pytest
import requests
import sqlalchemy as sa
from defusedxml import ElementTree
from flask import Flask

from storefront.core.extensions import db
from storefront.providers.yamato.simulator import events
from storefront.providers.yamato.simulator.models import CreditRecord
from tests.unit.providers.yamato.simulator import merchant as posts
from tests.unit.providers.yamato.simulator.conftest import Opened
from tests.unit.providers.yamato.simulator.merchant import (
    ENQUIRY,
    MERCHANT,
    ORDER,
    Merchant,
    Phone,
    error_of,
    sandbox,
    slip,
)
from tests.unit.verification.stand_ins import StillClock


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A merchant who hangs up after a moment."""
    monkeypatch.setattr(posts, "TIMEOUT", 1)


def order(merchant: Merchant, ending: str, **changes: str) -> str:
    answer = merchant.order(telNum=sandbox(ending), **changes)
    return error_of(answer) or answer["result"]


def outcome(merchant: Merchant, code: str) -> str:
    answer = merchant.try_code(code)
    return error_of(answer) or answer["result"]


def stands(merchant: Merchant) -> tuple[str, str]:
    """The results of both enquiries."""
    return merchant.credit()["result"], merchant.status()["result"]


@pytest.mark.parametrize(
    ("ending", "code"),
    [("0000", "1234"), ("0006", "1234"), ("0009", "1234"), ("0040", "0042"), ("0041", "0000")],
)
def test_a_known_code_is_sent_and_right(
    merchant: Merchant, phone: Phone, ending: str, code: str
) -> None:
    assert order(merchant, ending) == "3"

    assert [(to, phone.code) for to, _words, _seconds in phone.texts] == [(sandbox(ending), code)]
    assert outcome(merchant, code) == "1"


def test_0001_no_code_is_right_and_the_third_locks(merchant: Merchant, phone: Phone) -> None:
    order(merchant, "0001")

    assert [outcome(merchant, phone.code) for _ in range(4)] == ["2", "2", "2", "kaasa021E"]


def test_0002_the_code_has_already_expired(merchant: Merchant, phone: Phone) -> None:
    order(merchant, "0002")

    assert outcome(merchant, phone.code) == "3"
    assert stands(merchant) == ("1", "31")


def test_0003_the_text_is_lost_after_two_seconds(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    order(merchant, "0003")
    still.forward(1)
    assert stands(merchant) == ("3", "30")

    still.forward(1)

    assert stands(merchant) == ("1", "31")
    assert outcome(merchant, phone.code) == "4"


def test_0003_a_code_typed_before_that_is_right(merchant: Merchant, phone: Phone) -> None:
    order(merchant, "0003")

    assert outcome(merchant, phone.code) == "1"


@pytest.mark.parametrize("number", [sandbox("0004"), sandbox("0005"), "0312345678"])
def test_a_number_that_gets_no_text_is_found_out_by_judging(
    merchant: Merchant, phone: Phone, number: str
) -> None:
    assert merchant.order(telNum=number)["result"] == "3"

    assert phone.texts == []
    assert outcome(merchant, "1234") == "4"
    assert stands(merchant) == ("1", "31")


def test_0006_the_first_wrong_code_locks_and_says_so(merchant: Merchant) -> None:
    order(merchant, "0006")

    assert outcome(merchant, "4321") == "kaasa021E"

    assert outcome(merchant, "1234") == "kaasa021E"
    assert stands(merchant) == ("1", "31")


@pytest.mark.parametrize("ending", ["0007", "0008"])
def test_an_unavailable_yamato_has_never_heard_of_the_order(
    merchant: Merchant, phone: Phone, ending: str
) -> None:
    answer = merchant.post("KAARA0010", {**ORDER, "telNum": sandbox(ending)})

    assert answer.status_code == 503
    assert error_of(merchant.credit()) == "kaars008E"
    assert error_of(merchant.status()) == "kaast008E"
    assert phone.texts == []


@pytest.mark.usefixtures("impatient")
def test_0010_the_record_stands_though_no_answer_came(merchant: Merchant, phone: Phone) -> None:
    with pytest.raises(requests.Timeout):
        order(merchant, "0010")

    assert stands(merchant) == ("3", "30")
    assert phone.texts == []


def test_0020_is_approved_without_a_code(merchant: Merchant, phone: Phone) -> None:
    assert order(merchant, "0020") == "0"

    assert stands(merchant) == ("0", "1")
    assert phone.texts == []


@pytest.mark.parametrize("division", ["0", "3"])
@pytest.mark.parametrize(("ending", "result"), [("0021", "1"), ("0022", "2")])
def test_a_refusal_is_answered_again_and_sends_no_text(
    merchant: Merchant, phone: Phone, ending: str, result: str, division: str
) -> None:
    assert order(merchant, ending, sendDiv=division) == result

    assert stands(merchant) == (result, "32")
    assert phone.texts == []
    assert outcome(merchant, "1234") == "kaasa020E"


def test_0023_stays_under_examination_without_a_text(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    assert order(merchant, "0023") == "3"
    still.forward(24 * 60 * 60)

    assert stands(merchant) == ("3", "30")
    assert outcome(merchant, "1234") == "kaasa020E"
    assert phone.texts == []


def test_0023_an_examination_may_end_well(merchant: Merchant) -> None:
    order(merchant, "0023")

    events.approve(MERCHANT, "A-1001-1")

    assert stands(merchant) == ("0", "1")


def test_0023_an_examination_may_end_badly(merchant: Merchant) -> None:
    order(merchant, "0023")

    events.refuse(MERCHANT, "A-1001-1")

    assert stands(merchant) == ("1", "32")


@pytest.mark.usefixtures("impatient")
def test_0024_answers_nothing_ever(merchant: Merchant, phone: Phone) -> None:
    with pytest.raises(requests.Timeout):
        order(merchant, "0024")

    with pytest.raises(requests.Timeout):
        merchant.credit()
    with pytest.raises(requests.Timeout):
        merchant.status()
    assert phone.texts == []


def test_0024_an_unanswered_line_is_broken_off_after_a_while(opened: Opened) -> None:
    with opened(silence=0.2) as url:
        start = time.monotonic()

        with pytest.raises(requests.ConnectionError):
            order(Merchant(url), "0024")

    assert 0.2 <= time.monotonic() - start < 10


@pytest.mark.usefixtures("impatient")
def test_0024_one_who_hangs_up_frees_the_line(opened: Opened) -> None:
    with opened(silence=600) as url:
        others = set(threading.enumerate())
        with pytest.raises(requests.Timeout):
            order(Merchant(url), "0024")
        held = set(threading.enumerate()) - others

        for line in held:
            line.join(timeout=10)

    assert [line for line in held if line.is_alive()] == []


@pytest.mark.parametrize("api", ["KAARA0010", "KAARS0010", "KAAST0010"])
def test_0025_answers_rubbish(merchant: Merchant, phone: Phone, api: str) -> None:
    fields = {**ORDER, "telNum": sandbox("0025")}
    merchant.post("KAARA0010", {**fields, "orderNo": "A-2"})

    answer = merchant.post(api, {**fields, "orderNo": "A-1" if api == "KAARA0010" else "A-2"})

    assert answer.status_code == 200
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(answer.content)
    assert phone.texts == []


@pytest.mark.parametrize(("division", "stands_as"), [("3", ("3", "30")), ("0", ("0", "1"))])
def test_0026_is_taken_late_though_its_sender_has_hung_up(
    opened: Opened, phone: Phone, monkeypatch: pytest.MonkeyPatch, division: str, stands_as: object
) -> None:
    with opened(slowness=0.5) as url:
        merchant = Merchant(url)
        monkeypatch.setattr(posts, "TIMEOUT", 0.2)
        with pytest.raises(requests.Timeout):
            order(merchant, "0026", sendDiv=division)
        monkeypatch.setattr(posts, "TIMEOUT", 20)
        at_first = error_of(merchant.credit())
        end = time.monotonic() + 20
        while error_of(merchant.credit()) and time.monotonic() < end:
            time.sleep(0.05)

        assert at_first == "kaars008E"
        assert stands(merchant) == stands_as
        assert [phone.code for _text in phone.texts] == (["1234"] if division == "3" else [])


@pytest.mark.parametrize("ending", ["0001", "0004", "0007", "0008", "0010"])
def test_a_code_scenario_means_nothing_to_a_payslip(counter: Merchant, ending: str) -> None:
    assert order(counter, ending, sendDiv="0", orderNo=f"A-{ending}") == "0"


@pytest.mark.parametrize(
    ("ending", "text_arrives", "is_paid_today"),
    [("0000", True, False), ("0030", True, True), ("0031", True, False), ("0032", False, False)],
)
def test_a_bill_says_what_becomes_of_it(
    merchant: Merchant, ending: str, text_arrives: bool, is_paid_today: bool
) -> None:
    order(merchant, ending, sendDiv="0")
    merchant.ship(slip(1))
    events.deliver(MERCHANT, "A-1001-1")

    bill = events.bill(MERCHANT, "A-1001-1")

    assert (bill.text_arrives, bill.is_paid_today) == (text_arrives, is_paid_today)


def test_a_request_with_faults_is_answered_whatever_its_number(
    app: Flask, merchant: Merchant
) -> None:
    for ending in ("0007", "0010", "0024", "0025", "0026"):
        assert order(merchant, ending, password="wrong123") == "kaara092E"

    assert db.session.scalar(sa.select(CreditRecord)) is None


def test_a_stranger_hears_nothing_of_a_silent_order(merchant: Merchant) -> None:
    merchant.post("KAARA0010", {**ORDER, "telNum": sandbox("0025")})

    answer = merchant.ask("KAARS0010", **{**ENQUIRY, "password": "wrong123"})

    assert error_of(answer) == "kaars012E"
