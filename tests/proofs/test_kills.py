"""Whatever dies, and whenever: an order that was acknowledged stands, and stands once."""

import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront.catalogue.models import StockHold
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.sandbox.phone import mailbox, phone
from storefront.verification.models import Challenge
from tests import invariants
from tests.invariants import Stock
from tests.proofs.dying import ENDLESS, DyingShop
from tests.proofs.grounds import OWN, YAMATO, Ground, on_both_verifiers
from tests.proofs.persistence import (
    PATIENCE,
    Bought,
    Buyer,
    Crowd,
    Persistent,
    ask_again,
    buy,
    plenty,
    wait_until,
)
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop, started

pytestmark = [
    on_both_verifiers,
    # the client does not hang up a line that broke under it
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

SHOPPERS = 6
MOST_CODES = {OWN: 1, YAMATO: 2}  # Yamato repeats no code: a second text has one of its own
CODES_OF = {OWN: "one code", YAMATO: "a code a text"}
LEASE_OVER = {"advance": 61}  # seconds; then another takes what a dead worker had claimed

FAULT = re.compile(r'"status": 5\d\d|"level": "error"|Traceback')

random = secrets.SystemRandom()


def test_no_kill_loses_or_doubles_an_order(ground: Ground, tmp_path: Path, figure: Report) -> None:
    kills = times(2, 100)
    with started(ground.shop(RunningShop, tmp_path / "shop")) as shop:
        initial = plenty(shop)
        crowd = Crowd(shop, SHOPPERS)
        with crowd.buying() as bought:
            for _ in range(kills):
                wait_for_any_moment(crowd)
                shop.kill()
                shop.start()
        shop.shopper().client.post("/sandbox/clock", json=LEASE_OVER)
        with shop.database():
            orders = {order.token: order for order in db.session.scalars(sa.select(Order))}
            assert set(orders) == {one.token for one in bought}
            assert len(orders) == len(bought)
            invariants.check(initial)
            mails = Counter(one.to for one in mailbox.mails())
            assert mails == Counter(one.buyer.email for one in bought)
            silent = [one for one in bought if was_silent(one, orders[one.token])]
    breaks = sum(one.breaks for one in bought)
    figure(
        f"{kills} × `kill -9` of server and worker among {SHOPPERS} shoppers: nothing lost, "
        "nothing doubled, every mail sent",
        f"{len(bought)} orders, {len(silent)} of them committed unacknowledged and found again, "
        f"{breaks} requests sent again, {len(mails)} mails",
    )


def wait_for_any_moment(crowd: Crowd) -> None:
    """Some answers later, in the middle of whatever is under way."""
    enough = crowd.answers() + random.randrange(40)
    wait_until(lambda: crowd.answers() >= enough, PATIENCE)
    time.sleep(random.uniform(0, 0.1))


def was_silent(one: Bought, order: Order) -> bool:
    """The order was there before its buyer's last request broke: they heard of it at the next."""
    return one.broke_at is not None and order.placed_at < one.broke_at


def test_a_restart_cuts_nobody_short(shop: RunningShop, figure: Report) -> None:
    restarts, sales = times(1, 20), times(10, 200)
    initial = plenty(shop)
    crowd = Crowd(shop, SHOPPERS)
    with crowd.buying() as bought:
        for nth in range(1, restarts + 1):
            wait_until(partial(are_sold, bought, nth * sales // restarts), PATIENCE)
            shop.stop()
            shop.start()
    with shop.database():
        orders = {order.token: order for order in db.session.scalars(sa.select(Order))}
        assert sorted(orders) == sorted(one.token for one in bought)
        invariants.check(initial)
    assert faults(shop.logged()) == []
    cut_short = [one for one in bought if was_silent(one, orders[one.token])]
    again = sum(one.breaks for one in bought)
    figure(
        f"{restarts} restarts by SIGTERM during {len(bought)} checkouts: nothing lost, nothing "
        "doubled, no fault told",
        f"{len(bought)} orders, {len(cut_short)} whose answer was cut off, {again} requests sent "
        "again while nobody listened",
    )


def faults(log: str) -> list[str]:
    """A shop that is not ready before its worker is there is none."""
    lines = [line for line in log.splitlines() if '"operations.readyz"' not in line]
    return [line for line in lines if FAULT.search(line)]


def are_sold(bought: list[Bought], so_far: int) -> bool:
    return len(bought) >= so_far


@pytest.fixture
def dying(ground: Ground, tmp_path: Path) -> Iterator[DyingShop]:
    with ground.shop(DyingShop, tmp_path / "dying").supervised() as shop:
        yield shop


def test_no_moment_of_a_checkout_is_a_bad_one_to_die(
    dying: DyingShop, verifier: str, figure: Report
) -> None:
    with dying.database():
        initial = invariants.stock()
        moments = range(1, moments_of_a_checkout(dying) + 1, times(60, 1))
        proven = 0
        for moment in moments:
            bought = die_once(dying, moment)
            proven += check_the_one_order(bought, initial)
            codes = {phone.code_in(text) for text in phone.messages(bought.buyer.phone)}
            assert len(codes) <= MOST_CODES[verifier]
    assert dying.deaths == len(moments)
    assert proven == len(moments) or verifier == YAMATO
    asked_in_vain = len(moments) - proven
    figure(
        f"the shop kills itself before and after every statement and commit of one SMS checkout "
        f"({len(moments)} moments): one order after the retry, one proof, {CODES_OF[verifier]}",
        f"{dying.deaths} deaths, 0 lost, 0 doubled"
        + f", {asked_in_vain} by another method as Yamato was never reached" * bool(asked_in_vain),
    )


def moments_of_a_checkout(shop: DyingShop) -> int:
    shop.die_at(ENDLESS)
    buy(shop.shopper(browser=Persistent), Buyer(0))
    return shop.burnt()


def die_once(shop: DyingShop, moment: int) -> Bought:
    """One buyer in a new shop, which dies on the way and is asked again."""
    shopper = shop.shopper(browser=Persistent)
    shopper.client.post("/sandbox/reset", json={"seed": 1})
    shop.die_at(moment)
    bought = buy(shopper, Buyer(moment), without_text=ask_again)
    shopper.client.post("/sandbox/clock", json=LEASE_OVER)  # what the absent worker would do
    return bought


def check_the_one_order(bought: Bought, initial: Stock) -> bool:
    """Whether it was proven: its buyer may have had to take another method."""
    db.session.rollback()
    [order] = db.session.scalars(sa.select(Order)).all()
    assert order.token == bought.token
    proofs = sa.select(Challenge).where(Challenge.passed_at.is_not(None))
    is_proven = order.payment_code == "kuroneko_smartphone"
    assert len(db.session.scalars(proofs).all()) == is_proven
    assert len(phone.messages(bought.buyer.phone)) <= 2
    assert not db.session.scalars(sa.select(StockHold).where(StockHold.state == "held")).all()
    assert [one.to for one in mailbox.mails()] == [bought.buyer.email]
    invariants.check(initial)
    return is_proven
