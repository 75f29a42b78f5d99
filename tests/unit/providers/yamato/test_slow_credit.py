"""A request that is not answered in time: until it cannot arrive any more nothing is told as no,
and a credit that stands later is given back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask

from storefront.core.extensions import db
from storefront.providers.yamato.credit import reconciliation
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NoPlace
from storefront.providers.yamato.protocol.transport import Reply
from storefront.sandbox import time
from storefront.testing.form_shopper import QuickFormShopper
from tests.unit.checkout.reading import newest_order, reason_of
from tests.unit.providers.yamato.test_attempts import Deaf, attempts, deaf, record, states
from tests.yamato import ask_yamato_by, asked, client, shopper, yamato_app, yamato_of

__all__ = ["asked", "client", "deaf", "shopper", "yamato_app"]

Asked = Callable[[], list[str]]
SMS, INPUT, CONFIRM = "/checkout/sms", "/checkout", "/checkout/confirm"
POLL = "/checkout/confirm/status"
ORDER_REQUEST, ENQUIRY = "KAARA0010", "KAARS0010"


@dataclass
class Slow:
    """A line on which requests for credit arrive only when they are told to."""

    inner: Any
    is_slow: bool = True
    under_way: list[Any] = field(default_factory=list)

    def post(self, *request: Any) -> Reply:
        if self.is_slow and ORDER_REQUEST in request[0]:
            self.under_way.append(request)
            raise NoAnswer("Timed out")
        reply: Reply = self.inner.post(*request)
        return reply

    def arrive(self) -> None:
        while self.under_way:
            self.inner.post(*self.under_way.pop(0))


@pytest.fixture
def slow(yamato_app: Flask) -> Slow:
    known = yamato_of(yamato_app)
    line = Slow(known.transport)
    ask_yamato_by(yamato_app, replace(known, transport=line))
    return line


def follow_up(seconds: int) -> None:
    """What the worker does so much later."""
    time.advance(seconds)
    reconciliation.follow_up()


def test_no_such_order_is_no_answer_while_the_request_may_arrive(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    page = shopper.to_sms().get(CONFIRM).text

    assert 'data-state="unknown"' in page
    assert 'data-testid="switch-to-cod"' in page
    for _ in range(12):  # 36 seconds, and more enquiries than may stay without an answer
        time.advance(3)
        assert shopper.get(POLL).status_code == 204


def test_after_a_minute_it_is_told_that_nothing_came_of_it(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    shopper.to_sms()
    time.advance(61)

    assert shopper.get(POLL).location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "unavailable"


def test_without_javascript_loading_the_page_tells_it(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    shopper.to_sms()
    time.advance(61)

    assert shopper.get(CONFIRM).location == INPUT


def test_the_worker_asks_each_minute_for_whoever_does_not(
    shopper: QuickFormShopper, slow: Slow, asked: Asked
) -> None:
    shopper.to_sms()
    for _ in range(2):
        follow_up(45)

    assert asked().count(ENQUIRY) == 3
    assert shopper.get(CONFIRM).location == INPUT
    assert asked().count(ENQUIRY) == 3


def test_a_credit_that_is_given_late_leads_to_its_code(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    shopper.to_sms()
    slow.arrive()
    time.advance(14)

    assert shopper.get(POLL).location == SMS
    assert 'data-state="unknown"' in shopper.get(SMS).text  # nobody said that the text went out
    shopper.guess("1234")
    assert str(shopper.last.location).endswith("/complete")


def test_a_payslip_that_is_approved_late_can_be_placed(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    shopper.put_in().answer(payment="kuroneko_payslip")
    shopper.press_confirm()
    slow.arrive()
    time.advance(14)

    assert shopper.get(POLL).location == CONFIRM
    shopper.press_confirm()
    assert str(shopper.last.location).endswith("/complete")


@pytest.mark.parametrize("payment", ["kuroneko_smartphone", "kuroneko_payslip"])
def test_whoever_switches_is_served_and_the_late_credit_given_back(
    shopper: QuickFormShopper, slow: Slow, payment: str
) -> None:
    shopper.put_in().answer(payment=payment)
    shopper.press_confirm()
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()
    assert newest_order().payment_code == "cod"
    slow.arrive()

    follow_up(60)

    assert states() == [AttemptState.CLOSED]
    assert record(attempts()[0].order_number).state == "cancelled"


def test_a_credit_that_stands_after_its_end_was_told_is_given_back(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    shopper.to_sms()
    time.advance(61)
    assert shopper.get(POLL).location == INPUT
    slow.arrive()

    follow_up(60)

    assert states() == [AttemptState.CLOSED]
    assert record(attempts()[0].order_number).state == "cancelled"


def test_ten_minutes_later_it_is_over(shopper: QuickFormShopper, slow: Slow, asked: Asked) -> None:
    shopper.to_sms()
    for _ in range(4):
        follow_up(300)

    assert states() == [AttemptState.CLOSED]
    assert asked().count(ENQUIRY) == 3  # the one of the press, and two of the worker


def test_a_request_that_was_answered_with_nothing_is_not_waited_for(
    shopper: QuickFormShopper, deaf: Deaf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Deaf, "post", _unavailable)

    shopper.to_sms()

    assert reason_of(shopper.get(INPUT).text) == "unavailable"


def _unavailable(line: Deaf, url: str, *request: Any) -> Any:
    return Reply(503, b"") if ORDER_REQUEST in url else line.inner.post(url, *request)


def test_only_enquiries_without_an_answer_are_counted(
    shopper: QuickFormShopper, slow: Slow, deaf: Deaf
) -> None:
    deaf.inner.is_slow = True
    shopper.to_sms()
    for _ in range(6):
        time.advance(3)
        shopper.get(POLL)
    deaf.before.add(ENQUIRY)
    answers = []
    for _ in range(5):
        time.advance(3)
        answers.append(shopper.get(POLL).status_code)

    assert answers == [204] * 4 + [303]
    assert reason_of(shopper.get(INPUT).text) == "unanswered"


def test_who_finds_no_place_is_told_at_once_with_the_other_methods(
    shopper: QuickFormShopper, yamato_app: Flask, asked: Asked
) -> None:
    _crowd(yamato_app, ORDER_REQUEST)

    page = shopper.to_sms().get(INPUT).text

    assert reason_of(page) == "unavailable"
    assert 'data-testid="switch-to-cod"' in page
    assert asked() == [ORDER_REQUEST]


def test_a_payslip_that_cannot_be_asked_for_says_nothing_of_texts(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    _crowd(yamato_app, ORDER_REQUEST)
    shopper.put_in().answer(payment="kuroneko_payslip")
    shopper.press_confirm()

    banner = shopper.get(INPUT).text.partition('id="ng-banner"')[2].partition("</section>")[0]

    assert "ご利用の確認ができませんでした。ご注文は確定していません" in banner
    assert "SMSを送れません" not in banner
    assert "SMS認証を完了できませんでした" not in banner


def test_an_enquiry_that_finds_no_place_is_not_counted(
    shopper: QuickFormShopper, slow: Slow, yamato_app: Flask
) -> None:
    _crowd(yamato_app, ENQUIRY)
    shopper.to_sms()
    for _ in range(6):
        time.advance(9)
        assert shopper.get(POLL).status_code == 204

    assert attempts()[0].enquiries == 0


def _crowd(app: Flask, api: str) -> None:
    """All places are taken by calls that hang whenever this one is asked for."""
    known = yamato_of(app)
    inner = known.transport

    @dataclass
    class Crowded:
        def post(self, url: str, *request: Any) -> Any:
            if api in url:
                raise NoPlace("Too many requests are under way")
            return inner.post(url, *request)

    ask_yamato_by(app, replace(known, transport=Crowded()))


def test_a_code_that_is_asked_for_again_may_come_late_too(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    slow.is_slow = False
    shopper.to_sms()
    time.advance(31)
    slow.is_slow = True
    assert shopper.post("/checkout/sms/resend").location == SMS
    assert 'data-state="unknown"' in shopper.get(SMS).text
    _first, second = attempts()
    slow.arrive()
    time.advance(4)

    shopper.guess("1234")

    assert str(shopper.last.location).endswith("/complete")
    assert newest_order().payment_reference == second.order_number


def test_where_no_new_code_came_the_one_before_stays_good(
    shopper: QuickFormShopper, slow: Slow
) -> None:
    slow.is_slow = False
    shopper.to_sms()
    time.advance(31)
    slow.is_slow = True
    shopper.post("/checkout/sms/resend")
    time.advance(61)

    assert shopper.get("/checkout/sms/status").status_code == 204
    assert 'data-state="idle"' in shopper.get(SMS).text
    shopper.guess("1234")
    assert str(shopper.last.location).endswith("/complete")


def test_a_silent_yamato_does_not_keep_the_worker_from_its_mails(
    yamato_app: Flask, deaf: Deaf, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf.before.update({ORDER_REQUEST, ENQUIRY})
    for _ in range(3):
        QuickFormShopper(yamato_app.test_client()).to_sms()
    db.session.rollback()
    ticks = iter(range(0, 1_000, 4))
    monkeypatch.setattr(reconciliation, "monotonic", lambda: next(ticks))
    before = [one.enquiries for one in attempts()]

    follow_up(60)

    more = [new.enquiries - old for new, old in zip(attempts(), before, strict=True)]
    assert sorted(more) == [0, 0, 1]
