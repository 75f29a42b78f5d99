from datetime import timedelta

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.verification import challenges, code_check, sending
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from tests.unit.verification.stand_ins import StillClock

TICK = timedelta(microseconds=1)


def consume(challenge: Challenge) -> bool:
    challenge_id = challenge.id
    with transaction():
        return challenges.consume(challenge_id)


def purge() -> None:
    with transaction():
        challenges.purge()


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Challenge)) or 0


def test_a_passed_challenge_is_consumed(challenge: Challenge, requester: Requester) -> None:
    code_check.judge(challenge, "1001", requester)

    assert consume(challenge)
    assert challenge.consumed_at


def test_a_challenge_is_consumed_once(challenge: Challenge, requester: Requester) -> None:
    code_check.judge(challenge, "1001", requester)
    consume(challenge)

    assert not consume(challenge)


def test_a_challenge_that_was_not_passed_is_not_consumed(challenge: Challenge) -> None:
    assert not consume(challenge)


def test_consuming_is_undone_with_its_transaction(
    challenge: Challenge, requester: Requester
) -> None:
    code_check.judge(challenge, "1001", requester)
    with pytest.raises(ZeroDivisionError):
        consume_and_fail(challenge.id)

    assert consume(challenge)


def consume_and_fail(challenge_id: str) -> None:
    with transaction():
        challenges.consume(challenge_id)
        raise ZeroDivisionError


def test_a_running_code_survives_the_purge(challenge: Challenge, still: StillClock) -> None:
    still.forward(timedelta(minutes=10) - TICK)

    purge()

    assert challenge.sealed_code


def test_an_expired_code_is_erased(challenge: Challenge, still: StillClock) -> None:
    still.forward(timedelta(minutes=10))

    purge()

    db.session.refresh(challenge)
    assert challenge.sealed_code is None


def test_a_challenge_whose_code_was_erased_can_be_renewed(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(700)
    purge()

    sending.resend(challenge, requester, lambda code: code)

    assert code_check.judge(challenge, "1002", requester) is code_check.CodeCheckResult.RIGHT


def test_a_challenge_is_kept_for_a_day(challenge: Challenge, still: StillClock) -> None:
    still.forward(timedelta(hours=24))

    purge()

    assert count() == 1


def test_a_challenge_is_forgotten_after_a_day(challenge: Challenge, still: StillClock) -> None:
    still.forward(timedelta(hours=24) + TICK)

    purge()

    assert count() == 0


def test_a_note_does_not_revive_an_ended_challenge(challenge: Challenge) -> None:
    challenge_id = challenge.id
    challenges.note(challenge_id, ended=Ended.UNDELIVERED)

    challenges.note(challenge_id, ended=Ended.UNAVAILABLE)

    db.session.refresh(challenge)
    assert challenge.ended == Ended.UNDELIVERED


def test_the_mark_of_a_phone_does_not_show_the_phone(
    challenge: Challenge, requester: Requester
) -> None:
    assert requester.phone not in challenge.phone_digest
    assert challenge.phone_digest == challenges.phone_digest(requester.phone)


def test_a_repeated_code_is_no_renewal(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(30)
    sending.resend(challenge, requester, lambda code: code)

    assert not challenges.was_renewed(challenge)


def test_a_new_code_is_a_renewal(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(700)
    sending.resend(challenge, requester, lambda code: code)

    assert challenges.was_renewed(challenge)
