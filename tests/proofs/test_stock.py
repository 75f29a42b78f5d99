"""Nobody buys what is not there, and nobody waits for ever for somebody else."""

import random
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa

from storefront.catalogue.models import StockHold, Variant
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.testing.form_shopper import FormShopper, field_value
from tests import invariants
from tests.at_once import at_once
from tests.proofs.burst import Answer, Press, a_few_at_a_time, a_shopper, burst, p95, press
from tests.proofs.grounds import on_both_databases
from tests.proofs.plugin import Report
from tests.proofs.scale import SEED, times
from tests.proofs.shop import RunningShop

pytestmark = on_both_databases

WANTED = ("yunomi", "hashioki", "uji-sencha", "chasen", "genmaicha")
CHASEN = 50  # pieces of the seeded shop

Act = Callable[[], object]


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    return lasting_shop


@pytest.fixture
def initial(shop: RunningShop) -> invariants.Stock:
    shop.reset()
    with shop.database():
        return invariants.stock()


def ready_to_order(shop: RunningShop, payment: str, *skus: str) -> tuple[FormShopper, Press]:
    """Stands on the confirmation, the finger over its button."""
    shopper = a_shopper(shop)
    for sku in skus:
        shopper.put_in(sku)
    shopper.answer(payment)
    return shopper, to_confirm(shopper)


def to_confirm(shopper: FormShopper) -> Press:
    key = field_value(shopper.get("/checkout/confirm").text, "confirmation_key")
    return press(shopper, "/checkout/confirm", confirmation_key=key)


def statuses(answers: list[Answer]) -> list[int]:
    return [answer.status for answer in answers]


def left(sku: str) -> int:
    query = sa.select(Variant.available).where(Variant.sku == sku)
    return db.session.scalars(query).one()


def test_buyers_of_chasen_get_as_many_as_there_are(
    shop: RunningShop, initial: invariants.Stock, figure: Report
) -> None:
    buyers, rounds, slowest = times(60, 500), times(1, 3), list[float]()

    for _ in range(rounds):
        shop.reset()
        ready = a_few_at_a_time([partial(ready_to_order, shop, "cod", "chasen")] * buyers)
        answers = burst(shop, [one for _shopper, one in ready])

        found = statuses(answers)
        assert (found.count(303), found.count(422)) == (CHASEN, buyers - CHASEN)
        with shop.database():
            assert left("chasen") == 0
            invariants.check(initial)
        slowest.append(p95(answers))
    figure(
        f"{buyers} buyers at once for the {CHASEN} `chasen`: exactly {CHASEN} orders, no faults",
        f"{rounds} rounds of {CHASEN} orders and {buyers - CHASEN} refusals, stock 0; 95 % of the "
        f"answers within {max(slowest):.1f} s",
    )


def test_carts_of_three_kinds_in_any_order_never_wait_for_each_other(
    shop: RunningShop, initial: invariants.Stock, figure: Report
) -> None:
    dice, carts = random.Random(SEED), times(24, 200)  # noqa: S311
    kinds = [("cod", "kuroneko_smartphone")[number % 2] for number in range(carts)]
    shop.reset()
    ready = a_few_at_a_time(
        [partial(ready_to_order, shop, kind, *dice.sample(WANTED, 3)) for kind in kinds]
    )

    answers = burst(shop, [one for _shopper, one in ready])

    found = statuses(answers)
    assert set(found) <= {303, 422}
    with shop.database():
        orders = db.session.scalar(sa.select(sa.func.count()).select_from(Order)) or 0
        holds = db.session.scalar(sa.select(sa.func.count(StockHold.cart_id.distinct()))) or 0
        invariants.check(initial)
    assert found.count(303) == orders + holds
    figure(
        f"{carts} carts of three kinds in any order, bought or held at once: no deadlock",
        f"{orders} orders, {holds} held, {found.count(422)} refusals, 0 faults; 95 % of the "
        f"answers within {p95(answers):.1f} s",
    )


def test_held_pieces_return_once_however_the_sweep_races_with_purchases(
    shop: RunningShop, initial: invariants.Stock, figure: Report
) -> None:
    rounds, holders, buyers, ended = times(1, 10), times(8, 20), 20, Counter[str]()

    for _ in range(rounds):
        shop.reset()
        waiting = a_few_at_a_time([partial(hold_chasen, shop, 40 // holders)] * holders)
        ready = a_few_at_a_time([partial(ready_to_order, shop, "cod", "chasen")] * buyers)
        shop.advance(601)  # the first codes are over, the holds are not
        codes = a_few_at_a_time([partial(ask_again, one) for one in waiting])
        shop.advance(seconds_of_holds(shop) - 10)
        sweeps: list[Act] = [partial(let_holds_end, shop)] * 2
        sales: list[Act] = [
            partial(burst, shop, codes[::2]),  # the other holders do not come back
            partial(burst, shop, [one for _shopper, one in ready]),
        ]

        at_once([*sweeps, *sales])

        shop.advance(1)
        with shop.database():
            invariants.check(initial)
            ended += pieces_by_state()
    assert not ended["held"]
    figure(
        "Holds that end while their holders and others buy: each piece is sold or returned, once",
        f"{rounds} rounds, {ended['spent']} held pieces sold, {ended['returned']} returned, "
        "stock conserved",
    )


def hold_chasen(shop: RunningShop, quantity: int) -> FormShopper:
    shopper = a_shopper(shop).put_in("chasen", quantity).answer()
    assert shopper.press_confirm().location == "/checkout/sms"
    return shopper


def seconds_of_holds(shop: RunningShop) -> int:
    """Until the first of them ends."""
    with shop.database():
        first = db.session.scalars(sa.select(sa.func.min(StockHold.expires_at))).one()
        return int((first - clock.now()).total_seconds())


def let_holds_end(shop: RunningShop) -> None:
    """Step by step, so that they end in the midst of the purchases, one after the other."""
    for _ in range(20):
        shop.advance(5)


def ask_again(shopper: FormShopper) -> Press:
    assert shopper.post("/checkout/sms/resend").status_code == 303
    return press(shopper, "/checkout/sms", code="1234")


def pieces_by_state() -> Counter[str]:
    query = sa.select(StockHold.state, sa.func.sum(StockHold.quantity)).group_by(StockHold.state)
    return Counter(dict(db.session.execute(query).all()))


def test_one_address_holds_pieces_for_three_carts_at_most(
    strict_shop: RunningShop, figure: Report
) -> None:
    strict_shop.reset()
    ready = [ready_to_order(strict_shop, "kuroneko_smartphone", "chasen") for _ in range(12)]

    found = statuses(burst(strict_shop, [one for _shopper, one in ready]))

    assert (found.count(303), found.count(422)) == (3, 9)
    refused = [
        shopper for (shopper, _press), status in zip(ready, found, strict=True) if status == 422
    ]
    assert refused[0].answer("cod").press_confirm().location.endswith("/complete")
    strict_shop.advance(15 * 60)
    assert refused[1].press_confirm().location == "/checkout/sms"
    figure(
        "12 carts at once from one address (LIMITS=real): stock is held for 3 at a time, the "
        "others may buy by a method without code",
        "3 held, 9 told so; one of them bought by cod, one got a place 15 minutes later",
    )
