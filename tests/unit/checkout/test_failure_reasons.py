"""Why a method leads nowhere: one list of reasons, each of one group, each with its words."""

import pytest
from flask import Flask

from storefront.checkout import wording
from storefront.ports.failure_reasons import FailureGroup, FailureReason
from storefront.verification.challenges import Ended
from tests.factories import some_answers
from tests.unit.checkout.journeys import KURONEKO, a_journey

GROUPS = {
    FailureGroup.PHONE: {"locked", "too-many", "undelivered", "refused", "unavailable", "ended"},
    FailureGroup.CREDIT: {"credit", "limit"},
    FailureGroup.SILENCE: {"unanswered"},
    FailureGroup.OFFER: {"declined", "withdrawn", "amount"},
}


@pytest.mark.parametrize("group", FailureGroup)
def test_each_reason_is_of_one_group(group: FailureGroup) -> None:
    assert {reason.value for reason in FailureReason if reason.group is group} == GROUPS[group]


def test_a_challenge_ends_by_a_reason_of_failure_or_is_no_failure() -> None:
    assert {ended.value for ended in Ended} - set(FailureReason) == {"correct", "replaced"}


@pytest.mark.parametrize("reason", FailureReason)
def test_each_reason_has_a_title_and_a_sentence(app: Flask, reason: FailureReason) -> None:
    with app.test_request_context():
        journey = a_journey(answers=some_answers(payment=KURONEKO))

        assert wording.failure_title(reason, journey)
        assert wording.failure(reason, journey).count("。") >= 1


def test_whom_to_ask_about_a_refused_credit_is_said_by_the_provider_alone(app: Flask) -> None:
    with app.test_request_context():
        journey = a_journey(answers=some_answers(payment=KURONEKO))

        assert "ヤマト" not in wording.failure(FailureReason.CREDIT, journey)
