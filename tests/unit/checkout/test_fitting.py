import pytest
from flask import Flask

from storefront.checkout.validation import ValidationProblem, address_length, problems
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

SHORT = len("東京都千代田区丸の内2-7-2")  # 15 characters, so that 35 more make 50


def building(characters: int) -> str:
    return "あ" * (characters - SHORT)


@pytest.mark.parametrize("payment", [KURONEKO, COD, BANK])
def test_usual_answers_suit_every_method(app: Flask, payment: str) -> None:
    assert problems(a_journey(answers=some_answers(payment=payment))) == []


def test_nothing_answered_suits_nothing(app: Flask) -> None:
    assert problems(a_journey(answers=None)) == [ValidationProblem.NO_METHOD]


def test_a_method_that_is_not_on_offer_suits_nothing(app: Flask) -> None:
    assert problems(a_journey(methods=[a_method(BANK)])) == [ValidationProblem.GONE]


def test_fifty_characters_of_address_suit_kuroneko(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, building=building(50))

    assert address_length(answers) == 50
    assert problems(a_journey(answers=answers)) == []


def test_fifty_one_characters_of_address_do_not_suit_kuroneko(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, building=building(51))

    assert problems(a_journey(answers=answers)) == [ValidationProblem.LONG_ADDRESS]


@pytest.mark.parametrize("payment", [COD, BANK])
def test_a_long_address_suits_every_other_method(app: Flask, payment: str) -> None:
    answers = some_answers(payment=payment, building=building(64))

    assert problems(a_journey(answers=answers)) == []


def test_the_length_of_an_address_is_counted_in_full_width(app: Flask) -> None:
    assert address_length(some_answers(building="ｻｸﾗﾏﾝｼｮﾝ 101")) == SHORT + len(
        "サクラマンション 101"
    )


def test_the_address_of_another_recipient_does_not_count(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, ship_to="other", ship_building="あ" * 50)

    assert problems(a_journey(answers=answers)) == []


@pytest.mark.parametrize(("goods", "expected"), [(54_824, []), (54_825, [ValidationProblem.LIMIT])])
def test_the_limit_is_on_the_total_with_the_fee(
    app: Flask, goods: int, expected: list[ValidationProblem]
) -> None:
    answers = some_answers(payment=KURONEKO)

    assert problems(a_journey(answers=answers, cart=[a_line(goods)])) == expected


def test_the_limit_is_on_the_total_with_shipping(app: Flask) -> None:
    method = a_method(KURONEKO, maximum=4_135)
    answers = some_answers(payment=KURONEKO)

    assert problems(a_journey(answers=answers, methods=[method])) == [ValidationProblem.LIMIT]


def test_a_minimum_is_a_limit_too(app: Flask) -> None:
    method = a_method(COD, minimum=4_291)

    assert problems(a_journey(methods=[method])) == [ValidationProblem.LIMIT]


def test_a_land_line_cannot_get_the_text(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, tel="0312345678")

    assert problems(a_journey(answers=answers)) == [ValidationProblem.NO_MOBILE]


def test_a_land_line_suits_with_another_number_for_the_text(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, tel="0312345678", sms_tel="09012345678")

    assert problems(a_journey(answers=answers)) == []


def test_a_land_line_suits_a_method_without_text(app: Flask) -> None:
    assert problems(a_journey(answers=some_answers(tel="0312345678"))) == []


def test_an_ip_phone_cannot_get_the_text(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, tel="05012345678")

    assert problems(a_journey(answers=answers)) == [ValidationProblem.NO_MOBILE]


def test_any_method_may_be_set_to_check_the_phone(app: Flask) -> None:
    journey = a_journey(
        answers=some_answers(tel="0312345678"), methods=[a_method(COD, sms_check=True)]
    )

    assert problems(journey) == [ValidationProblem.NO_MOBILE]


ALL_REASONS = [Ended.LOCKED, Ended.TOO_MANY, Ended.UNDELIVERED, Ended.REFUSED, Ended.UNAVAILABLE]


@pytest.mark.parametrize("reason", ALL_REASONS)
def test_a_failed_method_is_closed(app: Flask, reason: Ended) -> None:
    journey = a_journey(answers=some_answers(payment=KURONEKO))
    journey.challenges.append(a_challenge(journey, ended=reason))

    assert problems(journey) == [ValidationProblem.FAILED]


def test_a_replaced_code_closes_nothing(app: Flask) -> None:
    journey = a_journey(answers=some_answers(payment=KURONEKO))
    journey.challenges.append(a_challenge(journey, ended=Ended.REPLACED))

    assert problems(journey) == []


@pytest.mark.parametrize("reason", ALL_REASONS)
def test_a_failed_method_closes_no_other(app: Flask, reason: Ended) -> None:
    failed = a_challenge(a_journey(answers=some_answers(payment=KURONEKO)), ended=reason)

    assert problems(a_journey(challenges=[failed])) == []


@pytest.mark.parametrize("reason", [Ended.UNDELIVERED, Ended.REFUSED])
def test_another_number_opens_a_method_that_could_not_reach_the_first(
    app: Flask, reason: Ended
) -> None:
    failed = a_challenge(a_journey(answers=some_answers(payment=KURONEKO)), ended=reason)
    answers = some_answers(payment=KURONEKO, sms_tel="09000000040")

    assert problems(a_journey(answers=answers, challenges=[failed])) == []


@pytest.mark.parametrize("reason", [Ended.LOCKED, Ended.TOO_MANY, Ended.UNAVAILABLE])
def test_another_number_does_not_open_a_method_that_failed_otherwise(
    app: Flask, reason: Ended
) -> None:
    failed = a_challenge(a_journey(answers=some_answers(payment=KURONEKO)), ended=reason)
    answers = some_answers(payment=KURONEKO, sms_tel="09000000040")

    assert problems(a_journey(answers=answers, challenges=[failed])) == [ValidationProblem.FAILED]


def test_everything_that_does_not_suit_is_said_at_once(app: Flask) -> None:
    answers = some_answers(payment=KURONEKO, tel="0312345678", building=building(51))
    journey = a_journey(answers=answers, cart=[a_line(66_000)])

    assert problems(journey) == [
        ValidationProblem.LIMIT,
        ValidationProblem.NO_MOBILE,
        ValidationProblem.LONG_ADDRESS,
    ]
