"""Made-up counts of checkouts and texts, which the reports are drawn from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from random import Random

import sqlalchemy as sa

from storefront.checkout.models import CheckoutCount
from storefront.core import clock
from storefront.core.extensions import db
from storefront.payment_requests.lifecycle import OFFICE_HOURS, PRESSED, REMINDED
from storefront.reports.checkout_funnel import KEYS, PAGE_LEFT, PAGE_REFUSED, Reached
from storefront.sandbox.history.customers import some_prefix
from storefront.sandbox.history.orders import Made
from storefront.sms import statistics
from storefront.sms.statistics import Fate, Purpose, Way
from storefront.verification.challenges import Ended

SMARTPHONE, OWN = "kuroneko_smartphone", "own"
SAVED, SAVED_BY_NEW_NUMBER = 0.06, 0.015  # of orders: something had failed before
LEFT: tuple[
    tuple[str, str, str, float], ...
] = (  # shoppers for each order who gave up, where, and why
    (Reached.OPENED, "", "", 0.62),
    (Reached.CONFIRMED, "", "", 0.16),
    (Reached.CONFIRMED, PAGE_LEFT, "card", 0.03),
    (Reached.CONFIRMED, PAGE_REFUSED, "card", 0.02),
    (Reached.CONFIRMED, Ended.CREDIT, "kuroneko_payslip", 0.008),
    (Reached.SENT, "", "", 0.03),
    (Reached.SENT, Ended.LOCKED, SMARTPHONE, 0.009),
    (Reached.SENT, Ended.UNDELIVERED, SMARTPHONE, 0.012),
    (Reached.ASKED, Ended.REFUSED, SMARTPHONE, 0.008),
    (Reached.ASKED, Ended.UNAVAILABLE, SMARTPHONE, 0.004),
    (Reached.ASKED, Ended.CREDIT, SMARTPHONE, 0.014),
    (Reached.ASKED, Ended.LIMIT, SMARTPHONE, 0.006),
)
FAILED = [one for one in LEFT if one[2] == SMARTPHONE]
UNSEEN = {Ended.UNDELIVERED: Fate.UNDELIVERED, Ended.REFUSED: Fate.REFUSED}
UNSEEN |= {Ended.UNAVAILABLE: Fate.UNAVAILABLE}
QUICK, SLOW = {"070": 1.35, "080": 1.3, "090": 1.25}, 0.6  # of seconds, as their logarithms
REPEATED = 0.07

End = tuple[str, str, str, str]


def write_day(day: date, made: Sequence[Made], chance: Random) -> None:
    """Write a day's counts of checkouts and codes, inside the caller's transaction."""
    ends = Counter([*(_end(one, chance) for one in made), *_given_up(len(made), chance)])
    rows = [dict(zip(KEYS, (day, *end), strict=True), checkouts=n) for end, n in ends.items()]
    if rows:
        db.session.execute(sa.insert(CheckoutCount), rows)
    prefixes = [one.answers.tel[:3] for one in made if one.method.code == SMARTPHONE]
    entered = [_arrived(day, prefix, True, chance) for prefix in prefixes]
    statistics.add([*entered, *_fruitless(day, ends, chance)])


def _end(one: Made, chance: Random) -> End:
    """How an order's own checkout is counted: straight, or saved after a failure."""
    code = one.method.code
    straight = Reached.PROVEN if code == SMARTPHONE else Reached.CONFIRMED
    if chance.random() < (SAVED_BY_NEW_NUMBER if code == SMARTPHONE else SAVED):
        reached, failure, method, _ = chance.choices(FAILED, [one[3] for one in FAILED])[0]
        return (Reached.PROVEN if code == SMARTPHONE else reached, failure, method, code)
    return (straight, "", "", code)


def _given_up(orders: int, chance: Random) -> Iterator[End]:
    for reached, failure, method, share in LEFT:
        expected = orders * share * chance.uniform(0.7, 1.3)
        most = int(expected) + (chance.random() < expected % 1)
        yield from [(reached, failure, method, "")] * most


def _arrived(day: date, prefix: str, is_entered: bool, chance: Random) -> tuple[Way, int, int, int]:
    seconds = min(statistics.LONGEST, round(chance.lognormvariate(QUICK[prefix], SLOW)))
    way = Way(day, Purpose.CODE, OWN, prefix, Fate.DELIVERED, seconds)
    return way, 1, int(is_entered), 1 + (chance.random() < REPEATED)


def _fruitless(
    day: date, ends: Counter[End], chance: Random
) -> Iterator[tuple[Way, int, int, int]]:
    """Codes that nobody entered: the text did not arrive, or it did and the shopper left."""
    for (reached, failure, _, placed_by), number in ends.items():
        for _nth in range(number):
            prefix = some_prefix(chance)
            if failure in UNSEEN:
                yield Way(day, Purpose.CODE, OWN, prefix, UNSEEN[Ended(failure)]), 1, 0, 1
            elif reached == Reached.SENT and not placed_by:
                yield _arrived(day, prefix, False, chance)


def write_payment_texts(made: Iterable[Made]) -> None:
    """Write the counts of texts that asked for money, inside the caller's transaction."""
    now = clock.now()
    ways = (
        Way(at.astimezone(clock.JAPAN).date(), Purpose.PAYMENT, OWN, one.answers.tel[:3], fate)
        for one in made
        if one.method.code == SMARTPHONE
        for at, fate in _payment_texts(one)
        if at <= now
    )
    statistics.add((way, 0, 0, 1) for way in ways)


def _payment_texts(one: Made) -> Iterator[tuple[datetime, Fate]]:
    asked, due_on, paid = one.life.moment("requested"), one.life.due_on, one.life.moment("paid")
    if asked is None or due_on is None:
        return
    overdue = one.life.moment("overdue")
    moments = [asked, datetime.combine(due_on + REMINDED, OFFICE_HOURS)]
    moments += [overdue, overdue + PRESSED] if overdue else []
    for at in moments:
        if paid is None or at < paid:
            yield at, Fate.UNREPORTED
