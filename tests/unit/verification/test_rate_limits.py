import itertools
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.core.client_address import source_of
from storefront.core.extensions import db, transaction
from storefront.verification import challenges, code_check, rate_limits, sending
from storefront.verification.models import LimitSlot
from storefront.verification.rate_limits import Requester
from tests.conftest import MakeApp, entered
from tests.factories import a_requester
from tests.unit.verification.stand_ins import KnownCodes, Pocket, StillClock, asked

TICK = timedelta(microseconds=1)
Use = Callable[[Requester, str], bool]
TEN_MINUTES, DAY = timedelta(minutes=10), timedelta(hours=24)
EXAMPLES = 400 if os.environ.get("STOREFRONT_PROOF") == "full" else 10

numbers = itertools.count(1)


def stranger(**same: str) -> Requester:
    """Somebody who has nothing in common with any other requester but what is given."""
    n = next(numbers)
    ip = f"198.51.{n // 250}.{n % 250}"
    who = {"phone": f"080{n % 10_000:04}{n // 10_000:04}", "ip": ip, **same}
    return a_requester(**{**who, "ip": source_of(who["ip"])})


def same_checkout() -> Requester:
    return stranger(checkout="c1")


def same_phone() -> Requester:
    return stranger(phone="08098765432")


def same_ipv4() -> Requester:
    return stranger(ip="203.0.113.7")


def same_ipv6_network() -> Requester:
    return stranger(ip=f"2001:db8:0:1::{next(numbers):x}")


def same_prefix() -> Requester:
    return stranger(phone=f"0709999{next(numbers) % 10_000:04}")


def same_session() -> Requester:
    return stranger(session="s1")


def spent(use: Use, requester: Requester) -> bool:
    with transaction():
        return use(requester, "challenge")


def text(requester: Requester) -> bool:
    return spent(rate_limits.spend_text, requester)


def guess(requester: Requester) -> bool:
    return spent(rate_limits.spend_guess, requester)


def spend(use: Use, who: Callable[[], Requester], count: int) -> None:
    with transaction():
        for _ in range(count):
            assert use(who(), "challenge")


@pytest.fixture
def real(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(limits="real")) as app:
        yield app


@pytest.fixture
def app(real: Flask) -> Flask:
    """The tests of this file run with real limits, where they do not say otherwise."""
    return real


@pytest.fixture
def relaxed(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(limits="relaxed")) as app:
        yield app


CAPPED = [
    *((rate_limits.spend_text, who, 5, TEN_MINUTES) for who in (same_ipv4, same_ipv6_network)),
    (rate_limits.spend_text, same_phone, 3, TEN_MINUTES),
    (rate_limits.spend_text, same_prefix, 5, TEN_MINUTES),
    (rate_limits.spend_text, stranger, 30, TEN_MINUTES),
    (rate_limits.spend_guess, same_checkout, 5, DAY),
    *((rate_limits.spend_guess, who, 9, DAY) for who in (same_phone, same_session)),
    *((rate_limits.spend_guess, who, 9, DAY) for who in (same_ipv4, same_ipv6_network)),
]
every_cap = pytest.mark.parametrize(("use", "who", "most", "window"), CAPPED)


@every_cap
def test_uses_in_a_window_are_capped(
    still: StillClock, use: Use, who: Callable[[], Requester], most: int, window: timedelta
) -> None:
    spend(use, who, most)

    still.forward(window - TICK)

    assert not spent(use, who())


@every_cap
def test_a_use_is_free_again_exactly_a_window_later(
    still: StillClock, use: Use, who: Callable[[], Requester], most: int, window: timedelta
) -> None:
    spend(use, who, most)

    still.forward(window)

    assert spent(use, who())


LONG_TEXTS = [(same_phone, 3, 5), (same_ipv4, 5, 20), (same_ipv6_network, 5, 20)]
LONG_TEXTS += [(same_prefix, 5, 20)]


@pytest.mark.parametrize(("who", "at_once", "most"), LONG_TEXTS)
def test_texts_in_a_day_are_capped(
    still: StillClock, who: Callable[[], Requester], at_once: int, most: int
) -> None:
    started = still.now
    for done in range(0, most, at_once):
        spend(rate_limits.spend_text, who, min(at_once, most - done))
        still.forward(TEN_MINUTES)

    still.now = started + DAY - TICK

    assert not text(who())


@pytest.mark.parametrize(("already", "may_send"), [(299, True), (300, False)])
def test_the_shop_sends_300_texts_a_day(still: StillClock, already: int, may_send: bool) -> None:
    with transaction():
        for number in range(already):
            db.session.add(shop_slot(number, still.now))
    still.forward(DAY - TICK)

    assert text(stranger()) == may_send


def shop_slot(number: int, used_at: datetime) -> LimitSlot:
    subject = stranger().subjects(rate_limits.SHOP)[0]
    return LimitSlot(
        scope="text:shop:1440", subject=subject, number=number, used_at=used_at, used_by="c"
    )


@pytest.mark.parametrize(("who", "at_once", "most"), LONG_TEXTS)
def test_the_first_text_of_a_day_is_free_again_exactly_a_day_later(
    still: StillClock, who: Callable[[], Requester], at_once: int, most: int
) -> None:
    started = still.now
    for done in range(0, most, at_once):
        spend(rate_limits.spend_text, who, min(at_once, most - done))
        still.forward(TEN_MINUTES)

    still.now = started + DAY

    assert text(who())


def test_a_checkout_gets_three_texts(still: StillClock) -> None:
    for _ in range(3):
        assert text(same_checkout())
        still.forward(TEN_MINUTES)

    assert not text(same_checkout())


def test_a_session_may_text_three_phones_a_day(still: StillClock) -> None:
    for _ in range(3):
        assert text(same_session())
        still.forward(TEN_MINUTES)

    assert not text(same_session())


def test_a_session_may_text_a_fourth_phone_a_day_after_the_first(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_session, 3)

    still.forward(DAY)

    assert text(same_session())


def test_a_phone_that_a_session_texted_already_takes_no_further_place(still: StillClock) -> None:
    for _ in range(3):
        assert text(same_session_and_phone())

    assert text(same_session())


def test_a_phone_texted_again_keeps_its_place_from_then_on(still: StillClock) -> None:
    assert text(same_session_and_phone())
    still.forward(DAY - timedelta(hours=1))
    assert text(same_session_and_phone())
    spend(rate_limits.spend_text, same_session, 2)

    still.forward(timedelta(hours=1))

    assert not text(same_session())


def same_session_and_phone() -> Requester:
    return stranger(session="s1", phone="08011112222")


def test_another_network_of_an_ipv6_provider_is_another_source(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_ipv6_network, 5)

    assert text(stranger(ip="2001:db8:0:2::1"))


def test_an_ipv4_address_written_as_ipv6_is_the_same_source(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_ipv4, 5)

    assert not text(stranger(ip="::ffff:203.0.113.7"))


def test_askers_without_a_readable_address_share_one_source(still: StillClock) -> None:
    spend(rate_limits.spend_text, lambda: stranger(ip=""), 5)

    assert not text(stranger(ip="unix:"))


def test_a_refused_text_spends_nothing_of_the_other_caps(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_ipv4, 5)

    assert not text(stranger(phone="08098765432", ip="203.0.113.7"))

    spend(rate_limits.spend_text, same_phone, 3)


def test_a_refused_text_takes_no_place_among_the_phones_of_a_session(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_ipv4, 5)

    for _ in range(3):
        assert not text(stranger(session="s1", ip="203.0.113.7"))

    spend(rate_limits.spend_text, same_session, 3)


def test_a_refused_guess_spends_nothing_of_the_other_caps(still: StillClock) -> None:
    spend(rate_limits.spend_guess, same_checkout, 5)

    assert not guess(stranger(checkout="c1", phone="08098765432"))

    spend(rate_limits.spend_guess, same_phone, 9)


def test_texts_left_is_what_the_narrowest_cap_leaves(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_prefix, 4)

    left = rate_limits.texts_left(same_prefix())

    assert left == 1


def test_guesses_left_is_what_the_narrowest_cap_leaves(still: StillClock) -> None:
    spend(rate_limits.spend_guess, same_phone, 7)

    left = rate_limits.left(same_phone())

    assert left == 2


LIFTED = [(same_ipv4, 20), (same_ipv6_network, 20), (same_prefix, 20), (same_session, 20)]


@pytest.mark.parametrize(("who", "many"), [*LIFTED, (stranger, 40)])
def test_relaxed_limits_lift_what_counts_a_source_or_the_shop(
    relaxed: Flask, who: Callable[[], Requester], many: int
) -> None:
    spend(rate_limits.spend_text, who, many)

    assert text(who())


@pytest.mark.parametrize("who", [same_session, same_ipv4, same_ipv6_network])
def test_relaxed_limits_lift_guesses_of_a_source(
    relaxed: Flask, who: Callable[[], Requester]
) -> None:
    spend(rate_limits.spend_guess, who, 9)

    assert guess(who())


@pytest.mark.parametrize(("who", "most"), [(same_checkout, 3), (same_phone, 3)])
def test_relaxed_limits_keep_the_texts_of_a_checkout_and_a_phone(
    relaxed: Flask, who: Callable[[], Requester], most: int
) -> None:
    spend(rate_limits.spend_text, who, most)

    assert not text(who())


@pytest.mark.parametrize(("who", "most"), [(same_checkout, 5), (same_phone, 9)])
def test_relaxed_limits_keep_the_guesses_of_a_checkout_and_a_phone(
    relaxed: Flask, who: Callable[[], Requester], most: int
) -> None:
    spend(rate_limits.spend_guess, who, most)

    assert not guess(who())


@pytest.mark.parametrize("number", ["09000000000", "07001230000", "08001234567"])
def test_a_number_of_the_sandbox_has_no_cap_of_its_own_when_relaxed(
    relaxed: Flask, number: str
) -> None:
    spend(rate_limits.spend_text, lambda: stranger(phone=number), 20)

    assert text(stranger(phone=number))


def test_a_number_of_the_sandbox_is_capped_by_real_limits(still: StillClock) -> None:
    spend(rate_limits.spend_text, lambda: stranger(phone="09000000000"), 3)

    assert not text(stranger(phone="09000000000"))


def test_a_checkout_with_a_number_of_the_sandbox_still_gets_three_texts(relaxed: Flask) -> None:
    spend(rate_limits.spend_text, lambda: stranger(checkout="c1", phone="09000000000"), 3)

    assert not text(stranger(checkout="c1", phone="09000000000"))


def test_a_completed_check_gives_its_own_guesses_back(
    codes: KnownCodes, pocket: Pocket, still: StillClock
) -> None:
    requester = stranger()
    challenge = sending.issue(asked(), requester)
    code_check.judge(challenge, "9999", requester)

    code_check.judge(challenge, "1001", requester)

    assert rate_limits.left(requester) == 5


def test_a_completed_check_gives_back_no_guess_of_another(
    codes: KnownCodes, pocket: Pocket, still: StillClock
) -> None:
    other, requester = same_phone(), same_phone()
    code_check.judge(sending.issue(asked("press-0"), other), "9999", other)
    challenge = sending.issue(asked("press-1"), requester)

    code_check.judge(challenge, "1002", requester)

    assert (
        db.session.scalar(
            sa.select(sa.func.count())
            .select_from(LimitSlot)
            .where(LimitSlot.scope.startswith("guess:phone"))
        )
        == 1
    )


def test_a_check_that_is_not_completed_gives_nothing_back(
    codes: KnownCodes, pocket: Pocket, still: StillClock
) -> None:
    requester = stranger()
    challenge = sending.issue(asked(), requester)

    for _ in range(3):
        code_check.judge(challenge, "9999", requester)

    assert rate_limits.left(requester) == 2


def test_counters_are_kept_for_two_days(still: StillClock) -> None:
    text(stranger())
    still.forward(timedelta(hours=48))

    with transaction():
        rate_limits.purge()

    assert count_slots() > 0


def test_counters_are_forgotten_after_two_days(still: StillClock) -> None:
    text(stranger())
    still.forward(timedelta(hours=48) + TICK)

    with transaction():
        rate_limits.purge()

    assert count_slots() == 0


def count_slots() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LimitSlot)) or 0


def test_a_counter_holds_no_phone_address_or_session_in_clear(still: StillClock) -> None:
    requester = stranger()

    text(requester)

    kept = {subject for (subject,) in db.session.execute(sa.select(LimitSlot.subject))}
    assert not kept & {
        requester.phone,
        requester.phone[:-4],
        requester.ip,
        requester.session,
        requester.checkout,
    }
    assert all(len(subject) == 32 for subject in kept)


WAITS = st.sampled_from([0, 1, 60, 299, 300, 599, 600, 601, 3_600, 43_200, 86_399, 86_400])


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(waits=st.lists(WAITS, min_size=1, max_size=15))
def test_no_window_ever_holds_more_texts_than_its_cap(still: StillClock, waits: list[int]) -> None:
    phone, sent = stranger().phone, list[datetime]()
    for wait in waits:
        still.forward(wait)
        before = {window: _within(sent, still.now, window) for window in (TEN_MINUTES, DAY)}

        granted = text(stranger(phone=phone))

        assert granted == (before[TEN_MINUTES] < 3 and before[DAY] < 5)
        sent += [still.now] * granted
    still.forward(2 * DAY)


def _within(sent: list[datetime], end: datetime, window: timedelta) -> int:
    return sum(end - window < moment <= end for moment in sent)


def test_a_mark_of_a_phone_is_not_the_mark_of_its_limits(real: Flask) -> None:
    requester = stranger()

    marks = {challenges.phone_digest(requester.phone), requester.subjects("phone")[0]}

    assert len(marks) == 2


def test_texts_of_ten_minutes_ago_count_for_the_day_alone(still: StillClock) -> None:
    spend(rate_limits.spend_text, same_phone, 3)

    still.forward(TEN_MINUTES)

    assert rate_limits.texts_left(same_phone()) == 2


def test_guesses_of_a_day_ago_count_no_longer(still: StillClock) -> None:
    spend(rate_limits.spend_guess, same_checkout, 5)

    still.forward(DAY)

    assert rate_limits.left(same_checkout()) == 5
