from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.ports.codes import TRIES
from storefront.verification import code_check, rate_limits, sending
from storefront.verification.challenges import Ended
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from tests.factories import a_requester
from tests.unit.verification.stand_ins import KnownCodes, Pocket, StillClock, asked, elsewhere

WRONG = "9999"


def attempts_of(challenge_id: str) -> int | None:
    query = sa.select(Challenge.attempts).where(Challenge.id == challenge_id)
    with db.engine.connect() as another:  # sees only what was committed
        return another.scalar(query)


def sandbox_challenge(ending: str) -> tuple[Challenge, Requester]:
    requester = a_requester(phone=f"0900000{ending}")
    return sending.issue(asked(), requester), requester


def test_the_right_code_passes(challenge: Challenge, requester: Requester) -> None:
    verdict = code_check.judge(challenge, "1001", requester)

    assert verdict is CodeCheckResult.RIGHT
    assert challenge.passed_at


def test_a_passed_challenge_keeps_no_code(challenge: Challenge, requester: Requester) -> None:
    code_check.judge(challenge, "1001", requester)

    assert challenge.sealed_code is None


def test_a_wrong_code_does_not_pass(challenge: Challenge, requester: Requester) -> None:
    verdict = code_check.judge(challenge, WRONG, requester)

    assert verdict is CodeCheckResult.WRONG
    assert challenge.passed_at is None


@pytest.mark.parametrize("typed", ["", "100", "10010", "٠١٠١", "1001\n", "１００１"])
def test_what_is_nearly_the_code_does_not_pass(
    challenge: Challenge, requester: Requester, typed: str
) -> None:
    verdict = code_check.judge(challenge, typed, requester)

    assert verdict is CodeCheckResult.WRONG


def test_the_try_is_committed_before_the_comparison(
    challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    seen = list[int | None]()
    challenge_id = challenge.id
    codes.meanwhile = lambda: seen.append(attempts_of(challenge_id))

    code_check.judge(challenge, "1001", requester)

    assert seen == [1]


def test_a_crash_during_the_comparison_gives_no_try_back(
    challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    challenge_id = challenge.id
    codes.meanwhile = lambda: 1 / 0
    with pytest.raises(ZeroDivisionError):
        code_check.judge(challenge, "1001", requester)

    assert attempts_of(challenge_id) == 1


def test_a_code_bears_two_wrong_guesses(challenge: Challenge, requester: Requester) -> None:
    verdicts = [code_check.judge(challenge, WRONG, requester) for _ in range(2)]

    assert verdicts == [CodeCheckResult.WRONG, CodeCheckResult.WRONG]


def test_the_third_wrong_guess_locks(challenge: Challenge, requester: Requester) -> None:
    verdicts = [code_check.judge(challenge, WRONG, requester) for _ in range(3)]

    assert verdicts[-1] is CodeCheckResult.ENDED
    assert (challenge.ended, challenge.sealed_code) == (Ended.LOCKED, None)


def test_the_right_code_passes_on_the_last_try(challenge: Challenge, requester: Requester) -> None:
    for _ in range(2):
        code_check.judge(challenge, WRONG, requester)

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.RIGHT


def test_a_locked_challenge_refuses_the_right_code(
    challenge: Challenge, requester: Requester
) -> None:
    for _ in range(3):
        code_check.judge(challenge, WRONG, requester)

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.ENDED


def test_a_locked_challenge_counts_no_further_tries(
    challenge: Challenge, requester: Requester
) -> None:
    for _ in range(10):
        code_check.judge(challenge, WRONG, requester)

    assert challenge.attempts == 3


def test_a_passed_challenge_stays_passed_whatever_is_typed(
    challenge: Challenge, requester: Requester
) -> None:
    code_check.judge(challenge, "1001", requester)

    assert code_check.judge(challenge, WRONG, requester) is CodeCheckResult.RIGHT
    assert challenge.attempts == 1


def test_tries_left_counts_down(challenge: Challenge, requester: Requester) -> None:
    left = [code_check.tries_left(challenge, requester)]
    for _ in range(3):
        code_check.judge(challenge, WRONG, requester)
        left.append(code_check.tries_left(challenge, requester))

    assert left == [3, 2, 1, 0]


def test_tries_left_knows_the_cap_of_the_checkout(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    for _ in range(2):
        code_check.judge(challenge, WRONG, requester)
    renew(challenge, requester, still)
    for _ in range(2):
        code_check.judge(challenge, WRONG, requester)
    renew(challenge, requester, still)

    assert code_check.tries_left(challenge, requester) == 1


def renew(challenge: Challenge, requester: Requester, still: StillClock) -> None:
    still.forward(601)
    sending.resend(challenge, requester, lambda code: code)


def test_a_checkout_bears_five_wrong_guesses_over_all_its_codes(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    verdicts = []
    for _ in range(2):
        verdicts += [code_check.judge(challenge, WRONG, requester) for _ in range(2)]
        renew(challenge, requester, still)

    verdicts.append(code_check.judge(challenge, WRONG, requester))

    assert verdicts == [*[CodeCheckResult.WRONG] * 4, CodeCheckResult.ENDED]


def test_a_new_press_does_not_reset_the_guesses_of_a_checkout(
    challenge: Challenge, requester: Requester
) -> None:
    for _ in range(2):
        code_check.judge(challenge, WRONG, requester)

    other = sending.issue(asked("press-2"), requester)

    assert code_check.tries_left(other, requester) == min(TRIES, 5 - 2)


def nine_wrong_guesses(still: StillClock) -> None:
    for n in range(3):
        requester = a_requester(checkout=f"other-{n}")
        challenge = sending.issue(asked(f"other-{n}"), requester)
        for _ in range(3):
            code_check.judge(challenge, WRONG, requester)
    still.forward(600)  # so that a text may go out again


def test_a_phone_bears_nine_wrong_guesses_a_day(
    pocket: Pocket, codes: KnownCodes, still: StillClock, requester: Requester
) -> None:
    nine_wrong_guesses(still)
    challenge = sending.issue(asked(), requester)

    verdict = code_check.judge(challenge, "1004", requester)

    assert verdict is CodeCheckResult.ENDED
    assert challenge.ended == Ended.LOCKED


def test_a_phone_may_be_guessed_again_a_day_later(
    pocket: Pocket, codes: KnownCodes, still: StillClock, requester: Requester
) -> None:
    nine_wrong_guesses(still)
    still.forward(timedelta(hours=24))
    challenge = sending.issue(asked(), requester)

    assert code_check.judge(challenge, "1004", requester) is CodeCheckResult.RIGHT


def test_guesses_at_one_phone_lock_no_other(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    nine_wrong_guesses(still)
    requester = a_requester(phone="08055556666")
    challenge = sending.issue(asked(), requester)

    assert code_check.judge(challenge, "1004", requester) is CodeCheckResult.RIGHT


def test_a_code_is_good_until_its_last_moment(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(timedelta(minutes=10) - timedelta(microseconds=1))

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.RIGHT


def test_a_code_is_expired_exactly_at_its_end(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(timedelta(minutes=10))

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.EXPIRED


@pytest.mark.parametrize("typed", ["1001", WRONG])
def test_an_expired_code_costs_no_try(
    challenge: Challenge, requester: Requester, still: StillClock, typed: str
) -> None:
    still.forward(601)

    code_check.judge(challenge, typed, requester)

    assert challenge.attempts == 0
    assert rate_limits.left(requester) == 5


def test_a_right_code_passes_though_wrong_ones_use_up_the_tries_meanwhile(
    app: Flask, challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    challenge_id = challenge.id

    def guess_elsewhere() -> None:
        codes.meanwhile = lambda: None
        for _ in range(3):
            code_check.judge(db.session.get_one(Challenge, challenge_id), WRONG, requester)

    codes.meanwhile = lambda: elsewhere(app, guess_elsewhere)

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.RIGHT
    assert challenge.ended is None


def test_a_double_click_on_the_last_try_does_not_lock_the_right_code(
    app: Flask, challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    challenge_id = challenge.id
    for _ in range(2):
        code_check.judge(challenge, WRONG, requester)

    def click_again() -> None:
        codes.meanwhile = lambda: None
        code_check.judge(db.session.get_one(Challenge, challenge_id), "1001", requester)

    codes.meanwhile = lambda: elsewhere(app, click_again)

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.RIGHT


def test_a_challenge_replaced_meanwhile_does_not_pass(
    app: Flask, challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    codes.meanwhile = lambda: elsewhere(app, lambda: sending.issue(asked("press-2"), requester))

    assert code_check.judge(challenge, "1001", requester) is CodeCheckResult.ENDED


def test_no_guess_is_compared_beyond_the_last_try(
    app: Flask, challenge: Challenge, requester: Requester, codes: KnownCodes
) -> None:
    compared = list[int]()
    codes.meanwhile = lambda: compared.append(1)
    for _ in range(3):
        code_check.judge(challenge, WRONG, requester)

    for _ in range(5):
        code_check.judge(challenge, "1001", requester)

    assert compared == []


def test_number_0001_judges_every_code_wrong(app: Flask) -> None:
    challenge, requester = sandbox_challenge("0001")

    verdicts = [code_check.judge(challenge, "1234", requester) for _ in range(3)]

    assert verdicts == [CodeCheckResult.WRONG, CodeCheckResult.WRONG, CodeCheckResult.ENDED]


@pytest.mark.parametrize("typed", ["1234", WRONG])
def test_number_0002_is_expired_from_the_start(app: Flask, typed: str) -> None:
    challenge, requester = sandbox_challenge("0002")

    assert code_check.judge(challenge, typed, requester) is CodeCheckResult.EXPIRED


def test_number_0002_is_expired_after_a_resend_too(app: Flask, still: StillClock) -> None:
    challenge, requester = sandbox_challenge("0002")
    still.forward(30)
    sending.resend(challenge, requester, lambda code: code)

    assert code_check.judge(challenge, "1234", requester) is CodeCheckResult.EXPIRED


def test_number_0006_locks_at_the_first_wrong_code(app: Flask) -> None:
    challenge, requester = sandbox_challenge("0006")

    assert code_check.judge(challenge, WRONG, requester) is CodeCheckResult.ENDED


def test_number_0006_passes_with_the_right_code(app: Flask) -> None:
    challenge, requester = sandbox_challenge("0006")

    assert code_check.judge(challenge, "1234", requester) is CodeCheckResult.RIGHT


@pytest.mark.parametrize(("ending", "code"), [("0040", "0042"), ("0041", "0000")])
def test_a_code_of_leading_zeros_passes(app: Flask, ending: str, code: str) -> None:
    challenge, requester = sandbox_challenge(ending)

    assert code_check.judge(challenge, code, requester) is CodeCheckResult.RIGHT


@pytest.mark.parametrize("typed", ["42", "042", "00042"])
def test_a_code_is_no_number(app: Flask, typed: str) -> None:
    challenge, requester = sandbox_challenge("0040")

    assert code_check.judge(challenge, typed, requester) is CodeCheckResult.WRONG


def test_a_lock_leaves_the_code_of_another_checkout_alone(
    challenge: Challenge, requester: Requester
) -> None:
    other = sending.issue(asked("press-2"), a_requester(phone="08055556666"))

    for _ in range(3):
        code_check.judge(challenge, WRONG, requester)

    db.session.refresh(other)
    assert challenge.ended == Ended.LOCKED
    assert (other.ended, other.sealed_code is None) == (None, False)


def test_no_code_passes_whose_tries_are_used_up_though_nobody_locked_it(
    challenge: Challenge, requester: Requester
) -> None:
    """As when the process died between the last try and the lock."""
    with transaction():
        used_up = sa.update(Challenge).values(attempts=Challenge.max_attempts)
        db.session.execute(used_up)

    verdict = code_check.judge(challenge, "1001", requester)

    assert verdict is CodeCheckResult.ENDED
    assert challenge.ended == Ended.LOCKED
