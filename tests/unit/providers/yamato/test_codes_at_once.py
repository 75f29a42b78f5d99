"""A code that is sent twice, judged already or overtaken: one try, and one order if it is right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from storefront.core import polling
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.providers.yamato.account.session import yamato as yamatos_line
from storefront.providers.yamato.credit import code_turns, outcomes
from storefront.providers.yamato.credit.outcomes import CreditOutcome, ProviderOutcome
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.simulator import events as yamatos
from storefront.sandbox import time
from storefront.sandbox.yamato import connection
from storefront.testing.form_shopper import QuickFormShopper
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge, LimitSlot
from tests.at_once import at_once
from tests.cookies import keep
from tests.unit.checkout.reading import cookie_of, key_of, reason_of
from tests.yamato import ask_yamato_by, asked, client, shopper, yamato_app, yamato_of

__all__ = ["asked", "client", "shopper", "yamato_app"]

Asked = Callable[[], list[str]]
SMS, CONFIRM, INPUT = "/checkout/sms", "/checkout/confirm", "/checkout"


@dataclass
class Interrupted:
    """A line on which something happens while a code is under way, or its answer is."""

    inner: Any
    on_the_way: Callable[[], object] = lambda: None
    on_the_way_back: Callable[[], object] = lambda: None

    def post(self, url: str, fields: Any, patience: Any) -> Any:
        is_code = "KAASA" in url
        if is_code:
            self.on_the_way()
        reply = self.inner.post(url, fields, patience)
        if is_code:
            self.on_the_way_back()
        return reply


@pytest.fixture
def line(yamato_app: Flask) -> Interrupted:
    known = yamato_of(yamato_app)
    line = Interrupted(known.transport)
    ask_yamato_by(yamato_app, replace(known, transport=line))
    return line


def challenge() -> Challenge:
    db.session.rollback()
    return db.session.scalars(sa.select(Challenge).execution_options(populate_existing=True)).one()


def attempt() -> CreditAttempt:
    db.session.rollback()
    return db.session.scalars(sa.select(CreditAttempt)).one()


def change(**values: object) -> None:
    with transaction():
        db.session.execute(sa.update(Challenge).values(**values))


def is_placed(shopper: QuickFormShopper) -> bool:
    return str(shopper.last.location).endswith("/complete")


def twins(
    app: Flask, shopper: QuickFormShopper, count: int, path: str = SMS, **fields: str
) -> list[Any]:
    """The answers to as many tabs of one browser, which all press at once."""
    data = {"csrf_token": shopper.token(), **fields}
    tabs = [FlaskClient(app, app.response_class) for _ in range(count)]
    for tab in tabs:
        for name in ("session", "cart", "checkout"):
            keep(tab, name, cookie_of(shopper.client, name))
    return at_once([lambda tab=tab: tab.post(path, data=data) for tab in tabs])  # type: ignore[misc]


@pytest.mark.parametrize("count", [2, 10])
def test_right_codes_at_once_all_lead_to_the_one_completion(
    shopper: QuickFormShopper, yamato_app: Flask, asked: Asked, count: int
) -> None:
    shopper.to_sms()

    answers = twins(yamato_app, shopper, count, code="1234")

    assert {answer.status_code for answer in answers} == {303}
    [order] = db.session.scalars(sa.select(Order)).all()
    assert {answer.location for answer in answers} == {f"/orders/{order.token}/complete"}
    assert (challenge().attempts, asked().count("KAASA0020")) == (1, 1)


def test_equal_confirmations_at_once_all_lead_to_the_code(
    shopper: QuickFormShopper, yamato_app: Flask, asked: Asked
) -> None:
    shopper.put_in().answer()
    key = key_of(shopper)

    answers = twins(yamato_app, shopper, 5, CONFIRM, confirmation_key=key)

    assert {(answer.status_code, answer.location) for answer in answers} == {(303, SMS)}
    assert asked() == ["KAARA0010"]


def test_equal_wrong_codes_at_once_cost_one_try(
    shopper: QuickFormShopper, yamato_app: Flask, line: Interrupted, asked: Asked
) -> None:
    shopper.to_sms()
    others = list[Any]()
    line.on_the_way = lambda: others.append(db.session.scalar(sa.select(Challenge.attempts)))

    answers = twins(yamato_app, shopper, 5, code="9999")

    assert {answer.status_code for answer in answers} == {422}
    assert all("あと2回" in answer.text for answer in answers)
    assert (others, challenge().attempts, asked().count("KAASA0020")) == ([1], 1, 1)


def test_a_press_of_the_same_moment_that_comes_late_costs_no_try(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    """It had read the challenge before the first one was judged."""
    shopper.to_sms()
    late = code_turns.turn_of(challenge(), "9999")
    another = code_turns.turn_of(challenge(), "9998")
    shopper.guess("9999")

    assert code_turns.take(late) is code_turns.TurnState.TOLD
    assert code_turns.take(another) is code_turns.TurnState.MINE


def test_the_same_wrong_code_once_more_costs_another_try(shopper: QuickFormShopper) -> None:
    shopper.to_sms()

    for tries in (1, 2):
        assert shopper.guess("9999").status_code == 422
        assert challenge().attempts == tries


def test_a_right_code_leaves_no_trace_of_itself(shopper: QuickFormShopper) -> None:
    shopper.to_sms().guess("1234")

    judged = sa.select(LimitSlot).where(LimitSlot.scope == "judging")
    assert db.session.scalars(judged).all() == []


def test_what_is_judged_already_is_asked_about(
    shopper: QuickFormShopper, yamato_app: Flask, asked: Asked
) -> None:
    shopper.to_sms()
    yamatos.approve(connection.MERCHANT, attempt().order_number)

    shopper.guess("9999")

    assert is_placed(shopper)
    assert asked()[-2:] == ["KAASA0020", "KAARS0010"]


def test_what_yamato_knows_no_more_of_ends(shopper: QuickFormShopper, yamato_app: Flask) -> None:
    shopper.to_sms()
    yamatos.approve(connection.MERCHANT, attempt().order_number)
    known = yamatos_line()
    assert known
    known.client().cancel(attempt().order_number)

    shopper.guess("1234")

    assert shopper.last.location == INPUT
    assert reason_of(shopper.get(INPUT).text) == "ended"


def test_a_code_under_examination_ends_nothing(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms("090-0000-0023")

    assert shopper.guess("1234").location == SMS
    yamatos.approve(connection.MERCHANT, attempt().order_number)
    shopper.client.post("/sandbox/clock", json={"advance": 10})
    assert shopper.get(f"{SMS}/status").location == "/checkout/confirm"
    shopper.press_confirm()
    assert is_placed(shopper)


@pytest.mark.parametrize("ended", [Ended.ENDED, Ended.LOCKED])
def test_an_approval_passes_what_was_ended_meanwhile(
    shopper: QuickFormShopper, yamato_app: Flask, line: Interrupted, ended: Ended
) -> None:
    shopper.to_sms()
    line.on_the_way_back = lambda: change(ended=ended)

    shopper.guess("1234")

    assert is_placed(shopper)


def test_an_approval_does_not_pass_what_ended_long_ago(
    shopper: QuickFormShopper, yamato_app: Flask
) -> None:
    shopper.to_sms()
    change(ended=Ended.LOCKED)
    time.advance(181)

    outcomes.learn(attempt(), ProviderOutcome(CreditOutcome.APPROVED))

    assert challenge().passed_at is None


def test_a_right_code_whose_judge_died_is_found_when_it_is_sent_again(
    shopper: QuickFormShopper, yamato_app: Flask, line: Interrupted
) -> None:
    """The third try, so that nothing is left but to ask what came of it."""
    shopper.to_sms().guess("9999")
    shopper.guess("9998")
    line.on_the_way_back = lambda: 1 / 0
    assert shopper.guess("1234").status_code == 500
    line.on_the_way_back = lambda: None

    shopper.guess("1234")

    assert is_placed(shopper)


def test_a_judge_that_died_keeps_nobody_from_trying_again(
    shopper: QuickFormShopper, yamato_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "LOOKS", 2)
    shopper.to_sms()
    code_turns.take(code_turns.turn_of(challenge(), "1234"))

    assert shopper.guess("1234").location == SMS
    time.advance(16)
    shopper.guess("1234")
    assert is_placed(shopper)
