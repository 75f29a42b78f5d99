"""Nobody buys what is not there, and nobody waits for ever for somebody else."""

from functools import partial

import sqlalchemy as sa

from storefront.catalogue.models import Variant
from storefront.extensions import db
from tests import invariants
from tests.at_once import at_once
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop
from tests.shopper import Shopper, field_value


def ready_to_order(shop: RunningShop, sku: str) -> tuple[Shopper, str]:
    """Stands on the confirmation, with its key."""
    shopper = shop.shopper().put_in(sku).answer("cod")
    return shopper, field_value(shopper.get("/checkout/confirm").text, "confirmation_key")


def test_buyers_of_chasen_get_as_many_as_there_are(shop: RunningShop, figure: Report) -> None:
    buyers = [ready_to_order(shop, "chasen") for _ in range(times(60, 500))]
    with shop.database():
        initial = invariants.stock()

    answers = at_once([partial(one.press_confirm, key) for one, key in buyers])

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(303) == 50
    assert statuses.count(422) == len(buyers) - 50
    with shop.database():
        left = sa.select(Variant.available).where(Variant.sku == "chasen")
        assert db.session.scalar(left) == 0
        invariants.check(initial)
    figure(
        f"{len(buyers)} buyers at once for the 50 `chasen`: exactly 50 orders, the others told",
        f"{statuses.count(303)} orders, {statuses.count(422)} refusals, 0 faults, stock 0",
    )
