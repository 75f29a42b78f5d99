import itertools

import pytest

from storefront.core.extensions import db
from storefront.ports.sms import DELIVERY_MOVES, Delivery
from storefront.verification import code_check, delivery_reports, sending
from storefront.verification.challenges import Ended
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from tests.unit.verification.stand_ins import StillClock

SENT, DELIVERED, UNDELIVERED = Delivery.SENT, Delivery.DELIVERED, Delivery.UNDELIVERED


def hear(*news: Delivery, reference: str = "P1", provider: str = "pocket") -> None:
    for one in news:
        delivery_reports.record(provider, reference, one)


@pytest.mark.parametrize(("old", "new"), list(itertools.product(Delivery, Delivery)))
def test_news_moves_a_text_forward_only(challenge: Challenge, old: Delivery, new: Delivery) -> None:
    hear(old)
    before = challenge.delivery

    hear(new)

    assert challenge.delivery == (new if new in DELIVERY_MOVES[old] else before)


def test_late_news_that_a_text_was_sent_is_no_news(challenge: Challenge) -> None:
    hear(DELIVERED, SENT)

    assert challenge.delivery == DELIVERED


def test_an_undelivered_text_ends_its_challenge(challenge: Challenge) -> None:
    hear(UNDELIVERED)

    assert challenge.ended == Ended.UNDELIVERED


def test_an_undelivered_text_after_a_delivered_one_ends_nothing(challenge: Challenge) -> None:
    hear(DELIVERED, UNDELIVERED)

    assert challenge.ended is None


def test_repeated_news_changes_nothing(challenge: Challenge) -> None:
    hear(UNDELIVERED, UNDELIVERED)

    assert (challenge.delivery, challenge.ended) == (UNDELIVERED, Ended.UNDELIVERED)


@pytest.mark.parametrize(("provider", "reference"), [("pocket", "P9"), ("other", "P1"), ("", "")])
def test_news_of_an_unknown_text_changes_nothing(
    challenge: Challenge, provider: str, reference: str
) -> None:
    hear(UNDELIVERED, provider=provider, reference=reference)

    db.session.refresh(challenge)
    assert (challenge.delivery, challenge.ended) == (None, None)


def test_a_passed_challenge_is_not_ended_by_late_news(
    challenge: Challenge, requester: Requester
) -> None:
    code_check.judge(challenge, "1001", requester)

    hear(UNDELIVERED)

    assert challenge.ended is None


def test_good_news_passes_no_challenge(challenge: Challenge) -> None:
    hear(SENT, DELIVERED)

    assert challenge.passed_at is None


def test_a_challenge_keeps_the_first_reason_of_its_end(
    challenge: Challenge, requester: Requester
) -> None:
    for _ in range(3):
        code_check.judge(challenge, "9999", requester)

    hear(UNDELIVERED)

    assert challenge.ended == Ended.LOCKED


def test_news_of_a_text_that_was_repeated_since_changes_nothing(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(30)
    sending.resend(challenge, requester, lambda code: code)

    hear(UNDELIVERED, reference="P1")

    assert challenge.ended is None


def test_news_of_the_repeated_text_is_heard(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    hear(DELIVERED)
    still.forward(30)
    sending.resend(challenge, requester, lambda code: code)

    hear(UNDELIVERED, reference="P2")

    assert challenge.ended == Ended.UNDELIVERED
