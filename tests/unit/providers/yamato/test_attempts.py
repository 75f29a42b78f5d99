"""Requests for credit, what Yamato says of them, and what becomes of those nobody wants."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.outbox.models import OutboxRow
from storefront.providers.yamato.credit import inquiry, reconciliation, webhook
from storefront.providers.yamato.credit.attempts import AttemptState
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.simulator import events as yamatos
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.sandbox import time
from storefront.sandbox.yamato import connection
from storefront.testing.form_shopper import QuickFormShopper
from storefront.verification.models import Challenge
from tests.unit.checkout.reading import newest_order, reason_of
from tests.yamato import ask_yamato_by, asked, client, shopper, yamato_app, yamato_of

__all__ = ["asked", "client", "shopper", "yamato_app"]

Asked = Callable[[], list[str]]
SMS, INPUT, CONFIRM = "/checkout/sms", "/checkout", "/checkout/confirm"


def attempts() -> list[CreditAttempt]:
    db.session.rollback()
    found = sa.select(CreditAttempt).order_by(CreditAttempt.id)
    return list(db.session.scalars(found.execution_options(populate_existing=True)))


def states() -> list[str]:
    return [one.state for one in attempts()]


def record(number: str) -> CreditRecord:
    db.session.rollback()
    mine = sa.select(CreditRecord).where(CreditRecord.order_number == number)
    return db.session.scalars(mine.execution_options(populate_existing=True)).one()


def orders() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0


def notice(number: str, **changes: str) -> dict[str, str]:
    form = {
        "ycfStrNo": connection.MERCHANT,
        "juchuNo": number,
        "keitaiNo": "09000000000",
        "giftKb": "3",
        "snsKk": "0",
        "smsNinKk": "0",
        "smsYuuKk": "",
    }
    return {**form, **changes}


def test_the_order_has_the_number_that_yamato_knows_it_by(shopper: QuickFormShopper) -> None:
    shopper.to_sms().guess("1234")

    order, [attempt] = newest_order(), attempts()
    assert order.payment_reference == f"{order.number}-1" == attempt.order_number
    assert attempt.state == AttemptState.PLACED
    assert record(attempt.order_number).state == "approved"


def test_a_resend_is_a_new_request_and_the_old_code_is_dead(shopper: QuickFormShopper) -> None:
    shopper.to_sms("080-1234-5678")
    [first] = attempts()
    old = record(first.order_number).code
    time.advance(31)
    shopper.post("/checkout/sms/resend")
    _first, second = attempts()
    new = record(second.order_number).code

    assert second.order_number == f"{first.base}-2"
    assert old is not None
    assert new is not None
    if old != new:
        assert shopper.guess(old).status_code == 422
    shopper.guess(new)
    assert newest_order().payment_reference == second.order_number


def test_the_screen_says_that_a_new_code_came(shopper: QuickFormShopper) -> None:
    shopper.to_sms()
    time.advance(31)
    shopper.post("/checkout/sms/resend")

    assert (
        "新しい認証番号を090-****-0000に送りました。前の番号は使えません" in shopper.get(SMS).text
    )


def test_a_resend_too_early_asks_for_nothing(shopper: QuickFormShopper, asked: Asked) -> None:
    shopper.to_sms()

    assert shopper.post("/checkout/sms/resend").status_code == 422
    assert asked() == ["KAARA0010"]


def test_another_number_is_a_new_attempt_of_the_same_order(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0004").guess("1234")
    again = {"payment": "kuroneko_smartphone", "sms_tel": "090-0000-0000"}
    shopper.post("/checkout/other-method", again)
    shopper.press_confirm()

    first, second = attempts()
    assert (first.base, second.order_number) == (second.base, f"{first.base}-2")


def test_late_news_of_an_old_attempt_harms_nothing(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms()
    time.advance(31)
    shopper.post("/checkout/sms/resend")
    first, _second = attempts()
    yamatos.lose_text(connection.MERCHANT, first.order_number)
    shopper.client.post("/webhooks/kuroneko/judgement", data=notice(first.order_number))

    shopper.guess("1234")
    assert str(shopper.last.location).endswith("/complete")


def test_an_examination_that_ends_well_opens_the_button_that_places(
    shopper: QuickFormShopper,
) -> None:
    shopper.to_sms("090-0000-0023")
    event = {"event": "kuroneko-notice", "tel": "090-0000-0023", "result": "ok"}
    assert shopper.client.post("/sandbox/events", json=event).status_code == 200

    assert shopper.get("/checkout/sms/status").location == CONFIRM
    assert "注文を確定する</button>" in shopper.get(CONFIRM).text
    shopper.press_confirm()
    assert str(shopper.last.location).endswith("/complete")


def test_an_examination_that_ends_badly_is_a_refusal(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0023")
    event = {"event": "kuroneko-notice", "tel": "090-0000-0023", "result": "ng"}
    shopper.client.post("/sandbox/events", json=event)

    assert shopper.get("/checkout/sms/status").location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "credit"


@pytest.mark.parametrize("result", ["ok", "ng"])
@pytest.mark.parametrize("times", [1, 3])
def test_a_forged_notice_changes_nothing(
    shopper: QuickFormShopper, result: str, times: int
) -> None:
    shopper.to_sms()
    forged = {"tel": "090-0000-0000", "result": result, "times": times, "forged": True}
    answer = shopper.client.post("/sandbox/events", json={"event": "kuroneko-notice", **forged})

    assert answer.status_code == 200
    assert shopper.get("/checkout/sms/status").status_code == 204
    shopper.guess("1234")
    assert str(shopper.last.location).endswith("/complete")


@pytest.mark.parametrize(
    "changes",
    [{"ycfStrNo": "99999999999"}, {"juchuNo": "nobody-1"}, {"juchuNo": ""}, {"juchuNo": "x" * 500}],
)
def test_a_notice_about_nothing_of_ours_asks_nobody(
    shopper: QuickFormShopper, asked: Asked, changes: dict[str, str]
) -> None:
    shopper.to_sms()
    before = asked()
    form = {**notice(attempts()[0].order_number), **changes}

    assert shopper.client.post("/webhooks/kuroneko/judgement", data=form).text == "OK"
    assert asked() == before


def test_no_notice_revives_or_kills_an_order_that_stands(
    shopper: QuickFormShopper, asked: Asked
) -> None:
    shopper.to_sms().guess("1234")
    reference = newest_order().payment_reference or ""
    before = asked()
    for verdict in ("0", "1"):
        form = notice(reference, snsKk=verdict, smsNinKk=verdict)
        shopper.client.post("/webhooks/kuroneko/judgement", data=form)

    assert asked() == before
    assert newest_order().payment_status == "deferred"
    assert states() == [AttemptState.PLACED]


def test_a_thousand_notices_in_any_order_end_as_one(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0023")
    [attempt] = attempts()
    yamatos.approve(connection.MERCHANT, attempt.order_number)
    by = random.Random(7)  # noqa: S311  # the same order every time
    told = [notice(attempt.order_number, snsKk=by.choice("0123")) for _ in range(1_000)]
    for form in by.sample(told, 100):  # forged: about other numbers, or another merchant
        form.update(by.choice([{"juchuNo": f"{attempt.base}-9"}, {"ycfStrNo": "0" * 11}]))
    by.shuffle(told)
    for form in told:
        webhook.hear(form)

    assert states() == [AttemptState.APPROVED]
    assert orders() == 0
    shopper.press_confirm()
    assert str(shopper.last.location).endswith("/complete")


def test_an_answer_to_the_code_that_never_came_is_asked_about(
    shopper: QuickFormShopper, deaf: "Deaf", asked: Asked
) -> None:
    shopper.to_sms()
    deaf.to.add("KAASA0020")
    shopper.guess("1234")

    assert asked()[-2:] == ["KAASA0020", "KAARS0010"]
    assert str(shopper.last.location).endswith("/complete")


def test_a_code_that_was_never_judged_costs_no_try(shopper: QuickFormShopper, deaf: "Deaf") -> None:
    shopper.to_sms()
    deaf.before.add("KAASA0020")
    for _ in range(4):
        assert shopper.guess("9999").location == SMS
    deaf.before.clear()

    assert shopper.guess("9999").status_code == 422
    shopper.guess("1234")
    assert str(shopper.last.location).endswith("/complete")


def test_an_unknown_request_is_followed_up_and_cancelled(
    shopper: QuickFormShopper, deaf: "Deaf", yamato_app: Flask
) -> None:
    deaf.to.add("KAARA0010")
    deaf.before.add("KAARS0010")
    shopper.to_sms("090-0000-0020")
    assert states() == [AttemptState.UNKNOWN]
    deaf.before.clear()
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()
    assert newest_order().payment_code == "cod"

    for _ in range(2):
        time.advance(400)
        reconciliation.follow_up()

    assert states() == [AttemptState.CLOSED]
    assert record(attempts()[0].order_number).state == "cancelled"


def test_an_approval_nobody_came_back_for_is_cancelled(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0020")
    reconciliation.follow_up()
    assert states() == [AttemptState.APPROVED]
    time.advance(31 * 60)
    reconciliation.follow_up()

    assert states() == [AttemptState.CLOSED]
    assert record(attempts()[0].order_number).state == "cancelled"


def test_a_cancelled_approval_places_nothing(shopper: QuickFormShopper, yamato_app: Flask) -> None:
    shopper.to_sms("090-0000-0020")
    for attempt in attempts():
        reconciliation.cancel(attempt, enquiring_line())
    shopper.press_confirm()

    assert orders() == 0
    assert shopper.last.status_code == 422


def enquiring_line() -> Any:
    from storefront.providers.yamato.account.session import yamato as line

    found = line()
    assert found is not None
    return found


def test_a_changed_cart_gives_up_what_was_approved_before(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0020")
    shopper.put_in("chasen")
    shopper.press_confirm()

    assert states() == [AttemptState.CLOSED, AttemptState.APPROVED]


def test_who_left_before_a_refusal_hears_of_it_by_mail(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0023")
    event = {"event": "kuroneko-notice", "tel": "090-0000-0023", "result": "ng"}
    shopper.client.post("/sandbox/events", json=event)
    shopper.client.post("/sandbox/clock", json={"advance": 600})

    mails = shopper.client.get("/sandbox/mailbox.json?to=taro@example.com").get_json()
    assert [mail["subject"] for mail in mails] == ["【さくら商店】ご注文は成立していません"]
    assert "/cart" in mails[0]["text"]


def test_who_went_on_by_another_method_hears_nothing_of_it(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0023")
    event = {"event": "kuroneko-notice", "tel": "090-0000-0023", "result": "ng"}
    shopper.client.post("/sandbox/events", json=event)
    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()
    shopper.client.post("/sandbox/clock", json={"advance": 600})

    mails = shopper.client.get("/sandbox/mailbox.json?to=taro@example.com").get_json()
    assert all("成立していません" not in mail["subject"] for mail in mails)


def test_our_own_fault_alerts_the_owner_and_not_the_shopper(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    from storefront.payments.models import YamatoConnection

    db.session.execute(sa.update(YamatoConnection).values(password="wrong123"))
    db.session.commit()
    shopper.to_sms()

    assert reason_of(shopper.get(INPUT).text) == "unavailable"
    kinds = db.session.scalars(sa.select(OutboxRow.kind)).all()
    assert "yamato-alert" in kinds


def test_a_gift_by_payslip_is_told_as_one(shopper: QuickFormShopper) -> None:
    gift = {
        "ship_to": "other",
        "ship_name": "佐藤 花子",
        "ship_postal_code": "150-0001",
        "ship_prefecture": "東京都",
        "ship_city": "渋谷区",
        "ship_street": "神宮前1-1-1",
        "ship_building": "",
        "ship_tel": "03-1234-5678",
    }
    shopper.put_in().answer(payment="kuroneko_payslip", **gift)
    shopper.press_confirm()

    [attempt] = attempts()
    assert attempt.division == "1"
    assert record(attempt.order_number).sent["sendName"] == "佐藤　花子"


def test_one_challenge_is_ended_for_each_failed_request(shopper: QuickFormShopper) -> None:
    shopper.to_sms("090-0000-0021")

    ended = db.session.scalars(sa.select(Challenge.ended)).all()
    assert ended == ["credit"]


@dataclass
class Deaf:
    """A line that loses answers, or requests before they arrive, of some of the APIs."""

    inner: Any
    to: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)

    def post(self, url: str, fields: Any, patience: Any) -> Any:
        from storefront.providers.yamato.protocol.exceptions import NoAnswer

        api = url.rpartition("/")[2][:9]
        if api in self.before:
            raise NoAnswer("lost on the way there")
        reply = self.inner.post(url, fields, patience)
        if api in self.to:
            raise NoAnswer("lost on the way back")
        return reply


@pytest.fixture
def deaf(yamato_app: Flask) -> Deaf:
    known = yamato_of(yamato_app)
    line = Deaf(known.transport)
    ask_yamato_by(yamato_app, replace(known, transport=line))
    return line


def test_the_fifth_silence_is_the_last(shopper: QuickFormShopper, deaf: Deaf, asked: Asked) -> None:
    deaf.before.update({"KAARA0010", "KAARS0010"})
    shopper.to_sms()
    for _ in range(6):
        time.advance(3)
        shopper.get("/checkout/confirm/status")

    assert asked().count("KAARS0010") == inquiry.MOST
    assert reason_of(shopper.get(INPUT).text) == "unanswered"
