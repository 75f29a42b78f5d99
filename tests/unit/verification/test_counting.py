"""What became of the texts with codes, before and after the codes themselves are erased."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from storefront.core import clock
from storefront.core.calendar import Span
from storefront.core.extensions import db, transaction
from storefront.ports.sms import Delivery, NumberRefused
from storefront.sms.models import TextCount
from storefront.sms.statistics import Fate, Purpose, Way, add
from storefront.verification import challenges, code_check, delivery_reports, sending, statistics
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import Requester
from storefront.verification.statistics import Texts
from tests.factories import a_requester
from tests.unit.verification.stand_ins import Pocket, StillClock, asked


def texts() -> list[Texts]:
    today = clock.today()
    return statistics.by_prefix(Span(today - timedelta(days=3), today))


def test_a_text_that_arrived_and_whose_code_was_entered(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(7)
    delivery_reports.record("pocket", "P1", Delivery.DELIVERED)
    code_check.judge(challenge, "1001", requester)

    assert texts() == [
        Texts("080", 1, 1, 1, 1, delivered=1, failed=0, unreported=0, median=7, nine_tenths=7)
    ]
    assert texts()[0].paid_texts == 1


def test_a_number_that_was_refused_costs_nothing(pocket: Pocket, still: StillClock) -> None:
    pocket.fails_with = NumberRefused()
    sending.issue(asked(), a_requester(phone="07012345678"))

    assert texts() == [
        Texts("070", 0, 0, 0, 0, 0, failed=1, unreported=0, median=None, nine_tenths=None)
    ]


def test_a_text_sent_again_is_one_more_text_of_the_same_code(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(40)
    sending.resend(challenge, requester, asked().compose)

    told = texts()[0]

    assert (told.texts, told.codes, told.paid_texts) == (2, 1, 2)


def test_the_time_to_arrive_is_that_of_the_last_text(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(40)
    sending.resend(challenge, requester, asked().compose)
    still.forward(3)
    delivery_reports.record("pocket", "P2", Delivery.DELIVERED)

    assert texts()[0].median == 3


def test_what_is_told_of_codes_stays_when_they_are_erased(
    challenge: Challenge, requester: Requester, still: StillClock
) -> None:
    still.forward(5)
    delivery_reports.record("pocket", "P1", Delivery.DELIVERED)
    sending.issue(replace(asked(), idempotency_key="another"), a_requester(phone="09011112222"))
    before = texts()

    still.forward(25 * 3600)
    for _ in range(2):
        with transaction():
            challenges.purge()

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Challenge)) == 0
    assert texts() == before
    assert [one.prefix for one in before] == ["080", "090"]


def test_half_and_nine_tenths_of_the_texts_arrived_within(app: Flask, still: StillClock) -> None:
    ways = [
        Way(clock.today(), Purpose.CODE, "own", "090", Fate.DELIVERED, seconds)
        for seconds in (1, 2, 3, 4, 5, 6, 7, 8, 9, 90)
    ]
    with transaction():
        add((way, 1, 1, 1) for way in ways)
        add((way, 1, 0, 1) for way in ways)

    told = texts()[0]

    assert (told.median, told.nine_tenths) == (5, 9)
    assert (told.codes, told.entered, told.texts) == (20, 10, 20)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TextCount)) == 10


def test_texts_of_the_credit_provider_cost_the_shop_nothing(app: Flask) -> None:
    with transaction():
        add([(Way(clock.today(), Purpose.CODE, "yamato", "090", Fate.DELIVERED), 1, 1, 1)])

    told = texts()[0]

    assert (told.texts, told.paid_texts) == (1, 0)
