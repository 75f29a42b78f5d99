"""How many guesses are compared, however they are sent, and what they keep counting for."""

import random
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import Client, TestResponse

from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.testing.form_shopper import FormShopper, QuickFormShopper
from storefront.testing.network import client_of
from storefront.verification.models import Challenge, LimitSlot
from tests import invariants
from tests.cookies import forget
from tests.proofs.burst import Press, a_few_at_a_time, a_shopper, burst, flood, press
from tests.proofs.grounds import on_both_verifiers
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times
from tests.proofs.shop import RunningShop

CODES = [f"{number:04}" for number in range(10_000)]
KNOWN = "1234"  # what 090-0000-0000 gets
TRIES, OF_CHECKOUT, OF_PHONE = 3, 5, 9  # a code's, and in 24 hours
LINES = 64
EXPIRED = 601  # seconds after which a code is over, whoever made it
LATE, LATER = 751, 150  # seconds: a second code asked for late outlives the hold, which has 900
HOUR = 3_600
PRESSES = 5  # at most, of one right code

pytestmark = on_both_verifiers


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    lasting_shop.reset()
    return lasting_shop


def at_code_entry(shop: RunningShop) -> FormShopper:
    return a_shopper(shop).to_sms()


def guesses(shopper: FormShopper, codes: Sequence[str], source: str = "") -> list[Press]:
    return [press(shopper, "/checkout/sms", source, code=code) for code in codes]


def right_code(shop: RunningShop, phone: str) -> str:
    [text, *_] = client_of(shop.url).get(f"/sandbox/phone.json?to={phone}").get_json()
    code: str = text["text"][-4:]
    return code


def wrong_codes(shop: RunningShop, phone: str, count: int) -> list[str]:
    right = right_code(shop, phone)
    return [code for code in CODES[: count + 1] if code != right][:count]


def slots(scope: str) -> int:
    """How many guesses count just now, in 24 hours over one kind of subject."""
    mine = sa.select(sa.func.count()).where(LimitSlot.scope == f"guess:{scope}:1440")
    return db.session.scalar(mine) or 0


def orders() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0


def test_guesses_released_at_once_are_compared_up_to_the_limit(
    shop: RunningShop, figure: Report
) -> None:
    rounds, at_once = times(4, 100), 100
    shop.stock({"yunomi": 2 * rounds})  # each round holds one
    dice = random.Random(SEED)  # noqa: S311
    with shop.database():
        initial = invariants.stock()

    for _ in range(rounds):
        shopper = at_code_entry(shop)  # just now: a code of Yamato's lives three minutes
        wrong = dice.sample([code for code in CODES if code != KNOWN], at_once - 1)
        codes = [*wrong, KNOWN]
        dice.shuffle(codes)
        burst(shop, guesses(shopper, codes))

    with shop.database():
        challenges = list(db.session.scalars(sa.select(Challenge)))
        passed = sum(1 for one in challenges if one.passed_at)
        invariants.check(initial)
    assert len(challenges) == rounds
    assert {one.attempts for one in challenges if not one.passed_at} <= {TRIES}
    assert max(one.attempts for one in challenges) <= TRIES
    assert passed <= rounds // 4 + 1  # each of the hundred codes compared would make it all
    figure(
        f"{at_once} different guesses released at once, the right one among them: never more than "
        f"{TRIES} compared",
        f"{rounds} rounds, {sum(one.attempts for one in challenges)} compared; the right one was "
        f"among those {passed} times",
    )


def test_of_all_codes_on_one_checkout_five_are_compared(shop: RunningShop, figure: Report) -> None:
    codes = random.Random(SEED).sample(CODES, times(400, 10_000))  # noqa: S311
    with shop.database():
        initial = invariants.stock()
    shopper = a_shopper(shop).to_sms("080-1234-5678")
    sent = guesses(shopper, codes)
    third = len(sent) // 3

    flood(shop, sent[:2], 1)  # the rest is spent on the second code
    for begin, end in ((2, third), (third, 2 * third), (2 * third, len(sent))):
        shop.advance(EXPIRED)
        shopper.post("/checkout/sms/resend")
        flood(shop, sent[begin:end], LINES)

    with shop.database():
        compared, verified = slots("checkout"), orders()
        invariants.check(initial)
    assert verified <= 1
    assert compared == OF_CHECKOUT or verified  # an order gives its own guesses back
    figure(
        f"{len(codes)} codes on one checkout over {LINES} connections, with resends and new codes "
        f"in between: at most {OF_CHECKOUT} compared, 1 verified",
        f"{compared} compared, {verified} verified",
    )


class FarAway(Client):
    """A browser at an address of its own, as the shop's proxy tells it."""

    source = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        headers = {**(kwargs.pop("headers", None) or {}), "X-Forwarded-For": self.source}
        return super().open(*args, headers=headers, **kwargs)


def stranger(shop: RunningShop, source: str) -> FormShopper:
    client = client_of(shop.url, FarAway)
    assert isinstance(client, FarAway)
    client.source = source
    return QuickFormShopper(client)


def test_nine_guesses_a_day_are_compared_for_one_phone(
    strict_shop: RunningShop, figure: Report
) -> None:
    phone, every, checkouts = "080-1234-5678", times(5, 2), times(6, 36)
    compared: list[tuple[int, int]] = []

    strict_shop.reset()
    for number in range(checkouts):
        compared.append((number * every, attack(strict_shop, f"198.51.100.{number}", phone)))
        strict_shop.advance(every * HOUR)

    day = [
        sum(tries for hour, tries in compared if begun <= hour < begun + 24)
        for begun, _tries in compared
    ]
    assert max(day) == OF_PHONE
    figure(
        f"One phone, attacked through ever new checkouts, sessions and addresses (LIMITS=real): at "
        f"most {OF_PHONE} wrong guesses compared in any 24 hours",
        f"{checkouts} checkouts in {checkouts * every} hours with 20 guesses each, at most "
        f"{max(day)} compared in 24 hours, so P = {1 - (1 - 1e-4) ** max(day):.1e} a day; the cap "
        "over the phone is what stopped them",
    )


def attack(shop: RunningShop, source: str, phone: str) -> int:
    """How many of twenty wrong guesses at once were compared: each had a use of the phone's."""
    shopper = stranger(shop, source)
    if shopper.to_sms(phone).last.location != "/checkout/sms":
        return 0  # no text left for this phone
    wrong = wrong_codes(shop, phone, 20)
    burst(shop, guesses(shopper, wrong, source))
    with shop.database():
        newest = db.session.scalars(
            sa.select(Challenge.id).order_by(Challenge.created_at.desc())
        ).first()
        of_phone = LimitSlot.scope == "guess:phone:1440"
        spent = sa.select(sa.func.count()).where(of_phone, LimitSlot.used_by == newest)
        return db.session.scalar(spent) or 0


def test_guesses_stay_counted_when_placing_fails_after_them(
    shop: RunningShop, figure: Report
) -> None:
    rounds, holders, failures = times(1, 4), times(5, 50), 0

    for _ in range(rounds):
        shop.reset()
        with shop.database():
            initial = invariants.stock()
        shoppers = a_few_at_a_time([partial(hold_chasen, shop, 50 // holders)] * holders)
        shop.advance(LATE)
        a_few_at_a_time([partial(ask_again_and_guess, one) for one in shoppers])
        shop.advance(LATER)
        a_shopper(shop).put_in("chasen", 50).answer("cod").press_confirm()

        assert judged(shop, shoppers) == ["/checkout/confirm"] * holders
        with shop.database():
            challenges = list(db.session.scalars(sa.select(Challenge)))
            assert [one.attempts for one in challenges] == [2] * holders
            assert orders() == 1
            invariants.check(initial)
        failures += holders
    figure(
        "A wrong and a right guess, and then placing fails as all is sold out: both stay counted",
        f"{failures} of {rounds * holders} placings failed, 2 guesses counted in each",
    )


def judged(shop: RunningShop, shoppers: Sequence[FormShopper]) -> list[str | None]:
    """Where everybody's right code leads, pressed again where Yamato had no time to judge it."""
    ends: list[str | None] = []
    for _ in range(PRESSES):
        answers = burst(shop, [press(one, "/checkout/sms", code=KNOWN) for one in shoppers])
        led = list(zip(shoppers, (answer.location for answer in answers), strict=True))
        ends += [location for _, location in led if location != "/checkout/sms"]
        shoppers = [one for one, location in led if location == "/checkout/sms"]
        if not shoppers:
            break
    return ends


def hold_chasen(shop: RunningShop, quantity: int) -> FormShopper:
    shopper = a_shopper(shop).put_in("chasen", quantity).answer()
    assert shopper.press_confirm().location == "/checkout/sms"
    return shopper


def ask_again_and_guess(shopper: FormShopper) -> None:
    assert shopper.post("/checkout/sms/resend").status_code == 303
    assert shopper.guess("9999").status_code == 422


def test_an_own_success_gives_back_no_guess_at_another_phone(
    strict_shop: RunningShop, figure: Report
) -> None:
    counted: list[tuple[int, int, int]] = []

    strict_shop.reset()
    attacker = a_shopper(strict_shop)
    for succeeds_after in (True, True, False):
        guess_wrong(strict_shop, attacker, "080-1234-5678", 5)
        if succeeds_after:
            guess_wrong(strict_shop, attacker, "090-8765-4321", 1)
            right = attacker.guess(right_code(strict_shop, "090-8765-4321"))
            assert right.location.endswith("/complete")
        with strict_shop.database():
            counted.append((slots("phone"), slots("session"), slots("ip")))

    assert counted == [(3, 3, 3), (6, 6, 6), (9, 9, 9)]
    figure(
        "Own codes entered rightly between attacks on another phone (LIMITS=real) give back none "
        "of its guesses",
        "3, 6, 9 counted over phone, session and address after 3 attacks with 2 successes between",
    )


def guess_wrong(shop: RunningShop, shopper: FormShopper, phone: str, count: int) -> None:
    """In a checkout of its own, in the same session."""
    forget(shopper.client, "checkout", shop.port)
    assert shopper.to_sms(phone).last.location == "/checkout/sms"
    burst(shop, guesses(shopper, wrong_codes(shop, phone, count)))
