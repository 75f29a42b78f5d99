"""Keys that are changed while the shop sells: nothing is lost, and nothing is given back."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront.admin.auth import audit, second_factor
from storefront.config.settings import DEMO_KEY
from storefront.core.extensions import data_vault, db
from storefront.orders.models import Order
from storefront.orders.queries import listing, search_index
from storefront.orders.queries.listing import Wanted
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import LimitSlot
from tests import invariants
from tests.proofs.grounds import Ground, on_both_verifiers
from tests.proofs.persistence import PATIENCE, Bought, Buyer, Crowd, Persistent, plenty, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop, started
from tests.signed_in import a_person

pytestmark = [
    on_both_verifiers,
    # the client does not hang up a line that broke under it
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

NAMES = ("SECRET_KEY", "CODE_KEY", "DATA_KEY")
NEW = {name: f"the {name} that the shop has from now on" for name in NAMES}
FORMER = {f"{name}_FALLBACKS": DEMO_KEY for name in NAMES}
GUESSER = "080-1234-5678"
GUESSES = 9  # of a phone in a day
TEXTS_AGAIN = 601  # seconds after which a phone may have its next text


def test_a_change_of_keys_loses_nothing(ground: Ground, tmp_path: Path, figure: Report) -> None:
    sales, codes = times(12, 200), times(3, 20)
    with started(ground.shop(RunningShop, tmp_path / "shop")) as shop:
        initial = plenty(shop)
        with shop.database():
            keeper = a_person()
            recovery = second_factor.new_recovery_codes(keeper)[0]
            audit.record("proof", "before")
        for _ in range(3):
            guess(shop, 3)
        waiting = [at_the_code(shop, nth) for nth in range(codes)]
        crowd = Crowd(shop, 4)
        with crowd.buying() as bought:
            wait_until(partial(are_sold, bought, sales // 2), PATIENCE)
            change(shop)
            killed_half_way(shop)
            told = rotate(shop)
            wait_until(partial(are_sold, bought, sales), PATIENCE)
        assert "The audit log goes on" in told
        assert "the recovery codes of" in told
        ends = [str(one.guess("1234").location) for one in waiting]
        assert [where for where in ends if not where.endswith("/complete")] == []
        shop.advance(TEXTS_AGAIN)
        assert guess(shop, 1) == "/checkout"  # refused, and not compared
        tried = guesses(shop)
        assert tried == GUESSES
        # what is sealed, searched for and proven needs the former key no longer
        shop.environment["DATA_KEY_FALLBACKS"] = ""
        with shop.database():
            assert audit.first_broken() is None
            orders = {order.token: order for order in db.session.scalars(sa.select(Order))}
            assert {one.token for one in bought} <= set(orders)
            assert len(orders) == len(bought) + codes
            assert all(order.customer["name"] for order in orders.values())
            found = {one.id for one in all_found(bought[0].buyer)}
            assert orders[bought[0].token].id in found
            invariants.check(initial)
        shop.environment["DATA_KEY_FALLBACKS"] = DEMO_KEY
        with shop.database():
            assert second_factor.spend_code(keeper, recovery)
            assert not second_factor.spend_code(keeper, recovery)
    figure(
        f"all three keys changed among {len(bought)} checkouts and {codes} codes under way, the "
        "command killed half-way once: nothing lost, no guess given back, the audit log whole",
        f"{len(orders)} orders, {codes} of {codes} codes led to theirs, {tried} guesses of "
        f"{GUESSES} stay spent",
    )


def are_sold(bought: list[Bought], so_far: int) -> bool:
    return len(bought) >= so_far


def guess(shop: RunningShop, count: int) -> str:
    """Wrong codes in a new checkout, and where the last of them led."""
    shopper = shop.shopper(browser=Persistent).to_sms(GUESSER)
    for nth in range(count):
        shopper.guess(f"00{nth:02}")  # a new one each time: equal ones at once are one
    return str(shopper.last.location)


def guesses(shop: RunningShop) -> int:
    """Those of a phone that count against its cap, all of one phone here."""
    with shop.database():
        mine = LimitSlot.scope.startswith("guess:phone:")
        return db.session.scalar(sa.select(sa.func.count()).where(mine)) or 0


def at_the_code(shop: RunningShop, nth: int) -> FormShopper:
    shopper = shop.shopper(browser=Persistent)
    return shopper.to_sms(f"070-0{nth:03}-0000")


def change(shop: RunningShop) -> None:
    shop.environment.update({**NEW, **FORMER})
    shop.stop()
    shop.start()


def command(shop: RunningShop) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "storefront", "keys", "rotate"]
    return shop.launch(program, shop.folder / "keys.log")


def killed_half_way(shop: RunningShop) -> None:
    process = command(shop)
    wait_until(lambda: process.poll() is not None or begun(shop), PATIENCE)
    process.kill()
    process.wait(15)


def begun(shop: RunningShop) -> bool:
    """Whether anything at all stands under the new key."""
    with shop.database():
        sealed = sa.type_coerce(Order.customer, sa.LargeBinary)
        head = db.session.scalar(sa.select(sealed).order_by(Order.id).limit(1)) or b""
        return data_vault().is_current(head)


def rotate(shop: RunningShop) -> str:
    assert command(shop).wait(60) == 0, (shop.folder / "keys.log").read_text()
    return (shop.folder / "keys.log").read_text()


def all_found(buyer: Buyer) -> list[Order]:
    return listing.listed(Wanted(digests=search_index.sought(buyer.email)), size=1_000).orders
