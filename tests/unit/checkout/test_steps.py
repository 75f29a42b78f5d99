import itertools
from collections.abc import Callable

import pytest
from flask import Flask

from storefront.checkout.journey import Journey
from storefront.checkout.steps import Step, may_open, next_step, of_path
from storefront.core import clock
from storefront.verification.challenges import Ended
from tests.factories import some_answers
from tests.unit.checkout.journeys import (
    BANK,
    COD,
    KURONEKO,
    a_challenge,
    a_journey,
    a_line,
    a_method,
)


def nothing_answered() -> Journey:
    return a_journey(answers=None)


def with_cod() -> Journey:
    return a_journey()


def with_kuroneko() -> Journey:
    return a_journey(answers=some_answers(payment=KURONEKO))


def with_unknown_method() -> Journey:
    return a_journey(answers=some_answers(payment="barter"))


def over_the_limit() -> Journey:
    return a_journey(answers=some_answers(payment=KURONEKO), cart=[a_line(66_000)])


def without_mobile() -> Journey:
    return a_journey(answers=some_answers(payment=KURONEKO, tel="0312345678"))


def code_sent() -> Journey:
    journey = with_kuroneko()
    journey.challenges.append(a_challenge(journey))
    return journey


def code_passed() -> Journey:
    journey = code_sent()
    journey.challenges[0].passed_at = clock.now()
    return journey


def code_ended() -> Journey:
    journey = code_sent()
    journey.challenges[0].ended = Ended.LOCKED
    return journey


def code_replaced() -> Journey:
    journey = code_sent()
    journey.challenges[0].ended = Ended.REPLACED
    return journey


def code_for_another_phone() -> Journey:
    journey = code_sent()
    return a_journey(
        answers=some_answers(payment=KURONEKO, tel="09000000040"), challenges=journey.challenges
    )


def code_for_another_cart() -> Journey:
    journey = code_sent()
    return a_journey(
        answers=journey.answers, cart=[a_line(quantity=2)], challenges=journey.challenges
    )


def code_for_another_amount() -> Journey:
    journey = code_sent()
    return a_journey(answers=journey.answers, cart=[a_line(3301)], challenges=journey.challenges)


def code_for_another_method() -> Journey:
    return a_journey(challenges=code_sent().challenges)


NEXT: dict[Callable[[], Journey], Step] = {
    nothing_answered: Step.INPUT,
    with_unknown_method: Step.INPUT,
    over_the_limit: Step.INPUT,
    without_mobile: Step.INPUT,
    code_ended: Step.INPUT,
    with_cod: Step.CONFIRM,
    with_kuroneko: Step.CONFIRM,
    code_passed: Step.CONFIRM,
    code_replaced: Step.CONFIRM,
    code_for_another_phone: Step.CONFIRM,
    code_for_another_cart: Step.CONFIRM,
    code_for_another_amount: Step.CONFIRM,
    code_for_another_method: Step.CONFIRM,
    code_sent: Step.SMS,
}


@pytest.mark.parametrize(("make", "step"), NEXT.items(), ids=[make.__name__ for make in NEXT])
def test_the_next_step_is_the_first_one_not_answered(
    app: Flask, make: Callable[[], Journey], step: Step
) -> None:
    assert next_step(make()) is step


@pytest.mark.parametrize(
    ("make", "step"),
    list(itertools.product((nothing_answered, with_cod, code_sent), Step)),
    ids=lambda one: getattr(one, "__name__", str(one)),
)
def test_a_step_opens_up_to_the_next_one_and_never_beyond(
    app: Flask, make: Callable[[], Journey], step: Step
) -> None:
    order = list(Step)
    journey = make()

    assert may_open(step, journey) == (order.index(step) <= order.index(NEXT[make]))


WITHOUT_CODE = [Step.INPUT, Step.CONFIRM, Step.COMPLETE]


def code_waived() -> Journey:
    journey = code_passed()
    journey.challenges[0].generation = 0
    return journey


def only_without_code() -> Journey:
    return a_journey(answers=None, methods=[a_method(COD), a_method(BANK)])


def too_dear_for_those_with_code() -> Journey:
    return a_journey(answers=None, cart=[a_line(66_000)])


@pytest.mark.parametrize("make", [with_cod, code_waived])
def test_the_path_by_a_method_without_a_code_has_three_steps(
    app: Flask, make: Callable[[], Journey]
) -> None:
    journey = make()

    assert of_path(journey, journey.method) == WITHOUT_CODE


@pytest.mark.parametrize("make", [with_kuroneko, code_sent])
def test_the_path_by_a_method_with_a_code_has_four_steps(
    app: Flask, make: Callable[[], Journey]
) -> None:
    journey = make()

    assert of_path(journey, journey.method) == list(Step)


@pytest.mark.parametrize(
    ("make", "steps"),
    [
        (nothing_answered, list(Step)),
        (only_without_code, WITHOUT_CODE),
        (too_dear_for_those_with_code, WITHOUT_CODE),
        (code_ended, WITHOUT_CODE),
    ],
)
def test_before_a_method_is_chosen_the_path_has_a_code_only_where_one_may_be_needed(
    app: Flask, make: Callable[[], Journey], steps: list[Step]
) -> None:
    assert of_path(make(), None) == steps
