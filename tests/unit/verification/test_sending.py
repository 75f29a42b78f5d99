from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.ports.codes import CodePlan, CodeRules
from storefront.ports.sms import PATIENCE, NumberRefused, Receipt, SmsUnavailable, SmsUnknown
from storefront.sandbox.phone import phone
from storefront.testing.form_shopper import FormShopper
from storefront.verification import code_check, sending
from storefront.verification.challenges import Ended
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.models import Challenge
from storefront.verification.sending import NoTextsLeft, TooEarly
from tests.factories import a_requester
from tests.unit.verification.stand_ins import KnownCodes, Pocket, StillClock, asked, use

TICK = timedelta(microseconds=1)
LONG_CODE = "4821397551083"  # so long that no other bytes happen to read like it


def compose(code: str) -> str:
    return f"#{code}"


def issue(press: str = "press-1", **changes: str) -> Challenge:
    return sending.issue(asked(press), a_requester(checkout="c1", **changes))


def resend(challenge: Challenge, **changes: str) -> bool:
    return sending.resend(challenge, a_requester(checkout="c1", **changes), compose)


def count_challenges() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Challenge)) or 0


def test_a_press_texts_the_code_to_the_phone(pocket: Pocket, codes: KnownCodes) -> None:
    issue(phone="08012345678")

    assert (pocket.numbers, pocket.texts) == (["+818012345678"], ["#1001"])


def test_a_code_lives_ten_minutes(pocket: Pocket, codes: KnownCodes, still: StillClock) -> None:
    challenge = issue()

    assert challenge.expires_at == still.now + timedelta(minutes=10)


def test_a_provider_is_told_how_long_the_text_is_of_use(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(100)

    resend(challenge)

    assert pocket.seconds == [600, 500]


def test_the_same_press_sends_nothing_again(pocket: Pocket, codes: KnownCodes) -> None:
    issue("press-1")

    issue("press-1")

    assert len(pocket.texts) == 1


def test_the_same_press_finds_its_challenge(pocket: Pocket, codes: KnownCodes) -> None:
    first = issue("press-1").id

    assert issue("press-1").id == first


def test_the_same_press_finds_its_challenge_though_it_has_ended(
    pocket: Pocket, codes: KnownCodes
) -> None:
    pocket.fails_with = NumberRefused()
    issue("press-1")
    pocket.fails_with = None

    again = issue("press-1")

    assert (again.ended, pocket.texts) == (Ended.REFUSED, [])


def test_a_new_press_ends_the_code_before_it(pocket: Pocket, codes: KnownCodes) -> None:
    first = issue("press-1")

    issue("press-2")

    db.session.refresh(first)
    assert (first.ended, first.sealed_code) == (Ended.REPLACED, None)


def test_a_replaced_code_is_refused(pocket: Pocket, codes: KnownCodes) -> None:
    first = issue("press-1")
    issue("press-2")

    verdict = code_check.judge(first, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.ENDED


def test_a_press_leaves_the_codes_of_other_checkouts_alone(
    pocket: Pocket, codes: KnownCodes
) -> None:
    other = sending.issue(asked("press-0"), a_requester(checkout="c2"))

    issue("press-1")

    db.session.refresh(other)
    assert other.ended is None


def test_a_resend_repeats_the_same_code(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(30)

    is_same = resend(challenge)

    assert is_same
    assert pocket.texts == ["#1001", "#1001"]


def test_a_resend_does_not_move_the_end_of_the_code(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    end = challenge.expires_at
    still.forward(599)

    resend(challenge)

    assert challenge.expires_at == end


def test_a_resend_gives_no_try_back(pocket: Pocket, codes: KnownCodes, still: StillClock) -> None:
    challenge = issue()
    code_check.judge(challenge, "9999", a_requester(checkout="c1"))
    still.forward(30)

    resend(challenge)

    assert challenge.attempts == 1


def test_a_resend_at_the_very_end_of_a_code_brings_a_new_one(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(600)

    is_same = resend(challenge)

    assert not is_same
    assert pocket.texts == ["#1001", "#1002"]


def test_a_new_code_lives_ten_minutes_from_its_own_text(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(700)

    resend(challenge)

    assert challenge.expires_at == still.now + timedelta(minutes=10)


def test_an_expired_code_is_dead_once_a_new_one_was_sent(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(700)
    resend(challenge)

    verdict = code_check.judge(challenge, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.WRONG


@pytest.mark.parametrize("waited", [timedelta(0), timedelta(seconds=30) - TICK])
def test_the_second_text_waits_half_a_minute(
    pocket: Pocket, codes: KnownCodes, still: StillClock, waited: timedelta
) -> None:
    challenge = issue()
    end_of_wait = still.now + timedelta(seconds=30)
    still.forward(waited)

    with pytest.raises(TooEarly) as refusal:
        resend(challenge)

    assert refusal.value.until == end_of_wait


def test_the_third_text_waits_a_minute_after_the_second(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    still.forward(30)
    resend(challenge)
    still.forward(timedelta(seconds=60) - TICK)

    with pytest.raises(TooEarly):
        resend(challenge)


def test_the_third_text_goes_out_exactly_a_minute_after_the_second(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    for wait in (30, 60):
        still.forward(wait)

        resend(challenge)

    assert len(pocket.texts) == 3


def test_a_text_too_early_costs_nothing(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    for _ in range(3):
        with pytest.raises(TooEarly):
            resend(challenge)

    still.forward(30)

    assert resend(challenge)


def test_a_checkout_gets_no_fourth_text(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    for wait in (30, 60):
        still.forward(wait)
        resend(challenge)
    still.forward(3_600)

    with pytest.raises(NoTextsLeft):
        resend(challenge)


def test_the_running_code_stays_good_when_no_text_is_left(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    for wait in (30, 60, 60):
        still.forward(wait)
        if len(pocket.texts) < 3:
            resend(challenge)
    with pytest.raises(NoTextsLeft):
        resend(challenge)

    verdict = code_check.judge(challenge, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.RIGHT


def test_another_press_counts_to_the_texts_of_the_checkout(
    pocket: Pocket, codes: KnownCodes
) -> None:
    for press in ("press-1", "press-2", "press-3"):
        issue(press)

    assert issue("press-4").ended == Ended.TOO_MANY


def test_a_press_too_many_texts_nobody(pocket: Pocket, codes: KnownCodes) -> None:
    for press in ("press-1", "press-2", "press-3", "press-4"):
        issue(press)

    assert len(pocket.texts) == 3


def test_a_press_too_many_makes_no_code(pocket: Pocket, codes: KnownCodes) -> None:
    for press in ("press-1", "press-2", "press-3"):
        issue(press)

    assert issue("press-4").sealed_code is None


@pytest.mark.parametrize(
    ("failure", "ended"),
    [(NumberRefused(), Ended.REFUSED), (SmsUnavailable(), Ended.UNAVAILABLE)],
)
def test_a_text_that_was_not_taken_ends_the_challenge(
    pocket: Pocket, codes: KnownCodes, failure: Exception, ended: Ended
) -> None:
    pocket.fails_with = failure

    challenge = issue()

    assert challenge.ended == ended


@pytest.mark.parametrize("failure", [NumberRefused(), SmsUnavailable()])
def test_a_code_that_was_never_sent_passes_nobody(
    pocket: Pocket, codes: KnownCodes, failure: Exception
) -> None:
    pocket.fails_with = failure
    challenge = issue()

    verdict = code_check.judge(challenge, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.ENDED


def test_a_text_of_unknown_outcome_leaves_the_code_good(pocket: Pocket, codes: KnownCodes) -> None:
    pocket.fails_with = SmsUnknown()
    challenge = issue()

    verdict = code_check.judge(challenge, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.RIGHT


def test_an_unknown_outcome_is_noted(pocket: Pocket, codes: KnownCodes) -> None:
    pocket.fails_with = SmsUnknown()

    challenge = issue()

    assert (challenge.outcome_unknown, challenge.ended) == (True, None)


def test_a_resend_that_was_taken_makes_the_outcome_known(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    pocket.fails_with = SmsUnknown()
    challenge = issue()
    pocket.fails_with = None
    still.forward(30)

    resend(challenge)

    assert not challenge.outcome_unknown


def test_a_resend_that_no_sender_takes_leaves_the_running_code_good(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    pocket.fails_with = SmsUnavailable()
    still.forward(30)
    with pytest.raises(SmsUnavailable):
        resend(challenge)

    verdict = code_check.judge(challenge, "1001", a_requester(checkout="c1"))

    assert verdict is CodeCheckResult.RIGHT


def test_a_resend_to_a_number_that_is_refused_by_now_ends_the_challenge(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    challenge = issue()
    pocket.fails_with = NumberRefused()
    still.forward(30)

    resend(challenge)

    assert challenge.ended == Ended.REFUSED


def test_no_transaction_is_open_while_a_provider_is_asked(app: Flask, codes: KnownCodes) -> None:
    class Curious(Pocket):
        def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
            self.was_in_transaction = db.session().in_transaction()
            return super().send(to, text, valid_for, patience)

    curious = Curious()
    use(app, sms=curious)

    issue()

    assert not curious.was_in_transaction


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_text_holds_the_code_in_one_part(shopper: FormShopper, app: Flask, prefix: str) -> None:
    codes = KnownCodes()
    use(app, codes=codes)

    FormShopper(shopper.client, prefix).to_sms("080-1234-5678")

    text = phone.messages()[0].text
    assert len(text.encode("utf-16-le")) // 2 <= 70
    assert text.endswith("\n@127.0.0.1 #1001")
    assert "1001" in text.splitlines()[0]


class LongCode(KnownCodes):
    def plan(self, phone: str) -> CodePlan:
        return CodePlan(LONG_CODE)


def stored(app: Flask) -> bytes:
    """All that the shop wrote down, once the log of writes is in the database file."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    files = (path for path in Path(app.instance_path).iterdir() if path.is_file())
    return b"\n".join(path.read_bytes() for path in files)


@pytest.mark.parametrize(
    "secret", [LONG_CODE, "08012345678", "8012345678", "080-1234-5678", "012345678"]
)
def test_neither_code_nor_phone_is_stored_in_clear(
    shopper: FormShopper, app: Flask, pocket: Pocket, secret: str
) -> None:
    use(app, codes=LongCode())

    shopper.to_sms("080-1234-5678")

    assert pocket.texts[0].endswith(f"#{LONG_CODE}")
    assert "さくら商店".encode() in stored(app)
    assert secret.encode() not in stored(app)


def test_a_code_is_stored_so_that_only_its_own_challenge_can_open_it(
    pocket: Pocket, codes: KnownCodes
) -> None:
    first = issue("press-1")
    second = sending.issue(asked("press-2"), a_requester(checkout="c2"))

    assert first.sealed_code != second.sealed_code
    assert b"1001" not in (first.sealed_code or b"")


def test_one_row_stands_for_one_press(pocket: Pocket, codes: KnownCodes) -> None:
    for _ in range(3):
        issue("press-1")

    assert count_challenges() == 1


def test_the_owner_says_how_long_a_resend_waits_and_how_many_there_are(
    pocket: Pocket, codes: KnownCodes, still: StillClock
) -> None:
    requester = a_requester(checkout="c1", rules=CodeRules(sends=2, wait=timedelta(seconds=45)))
    challenge = sending.issue(asked(), requester)
    still.forward(44)
    with pytest.raises(TooEarly):
        sending.resend(challenge, requester, compose)

    still.forward(1)
    sending.resend(challenge, requester, compose)
    still.forward(90)

    with pytest.raises(NoTextsLeft):
        sending.resend(challenge, requester, compose)


@pytest.mark.parametrize("tries", [1, 5])
def test_the_owner_says_how_many_wrong_codes_end_it(
    pocket: Pocket, codes: KnownCodes, still: StillClock, tries: int
) -> None:
    requester = a_requester(checkout="c1", rules=CodeRules(tries=tries))
    challenge = sending.issue(asked(), requester)

    verdicts = [code_check.judge(challenge, f"999{nth}", requester) for nth in range(tries)]

    assert verdicts == [CodeCheckResult.WRONG] * (tries - 1) + [CodeCheckResult.ENDED]
