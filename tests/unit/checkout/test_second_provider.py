"""A provider of credit that no file of the shop knows of: bought with, refused by, shipped."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.orders import wording
from storefront.bulk import action_errors
from storefront.core.extensions import db
from storefront.orders import adjustments, fulfilment
from storefront.orders.models import Order
from storefront.ports.payments import Carrier, ProviderStatus, TrackedParcel
from storefront.worker import periodic_tasks
from tests.second_provider import GINKGO, NO_MORE, Ledger, ginkgo
from tests.shopper import QuickShopper
from tests.unit.checkout.reading import reason_of

SHOP = Path(__file__).parents[3] / "storefront"
SLIP = TrackedParcel(Carrier.YAMATO, "123456789013", date(2026, 12, 1))


@pytest.fixture
def ledger(app: Flask) -> Iterator[Ledger]:
    with ginkgo(app) as ledger:
        yield ledger


def buy(shopper: QuickShopper, pieces: int = 1) -> QuickShopper:
    shopper.put_in(quantity=pieces).answer(payment=GINKGO)
    shopper.press_confirm()
    return shopper


def order() -> Order:
    db.session.rollback()
    return db.session.scalars(sa.select(Order)).one()


def test_one_press_asks_for_credit_and_places_the_order(
    shopper: QuickShopper, ledger: Ledger
) -> None:
    buy(shopper)

    placed = order()
    assert str(shopper.last.location).endswith(f"/orders/{placed.token}/complete")
    assert (placed.payment_code, placed.payment_status) == (GINKGO, "deferred")
    assert placed.payment_reference == f"G-{placed.number}"
    assert ledger.standings == {f"G-{placed.number}": ProviderStatus.APPROVED}


def test_the_same_press_again_is_the_same_order(shopper: QuickShopper, ledger: Ledger) -> None:
    shopper.put_in().answer(payment=GINKGO)
    page = shopper.get("/checkout/confirm").text
    key = page.partition('name="confirmation_key" value="')[2].partition('"')[0]

    answers = [shopper.press_confirm(key).location for _ in range(2)]

    assert len(ledger.standings) == 1
    assert order().key == key
    assert str(answers[0]).endswith("/complete")


def test_a_refusal_is_said_in_the_providers_words(shopper: QuickShopper, ledger: Ledger) -> None:
    buy(shopper, pieces=3)

    page = shopper.get("/checkout").text
    assert shopper.last.status_code == 200
    assert reason_of(page) == "limit"
    assert NO_MORE in page
    assert list(ledger.standings.values()) == [ProviderStatus.REFUSED]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 0


def test_another_method_is_two_taps_away(shopper: QuickShopper, ledger: Ledger) -> None:
    buy(shopper, pieces=3)

    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert order().payment_code == "cod"


def test_a_parcel_is_told_to_the_provider(shopper: QuickShopper, ledger: Ledger) -> None:
    buy(shopper)
    placed = order()

    fulfilment.ship(placed, SLIP)
    periodic_tasks.tidy_up()
    periodic_tasks.run_due()

    reference = f"G-{placed.number}"
    assert order().status == "shipped"
    assert ledger.standings[reference] is ProviderStatus.SHIPPED
    assert ledger.slips == {reference: SLIP.number}


def test_the_owner_reads_of_it_in_the_shops_own_words(
    shopper: QuickShopper, ledger: Ledger, app: Flask
) -> None:
    buy(shopper)
    refused = action_errors.attempt(lambda: adjustments.reissue(order(), "1"))

    with app.test_request_context():
        said = wording.refusal(refused, GINKGO)
        assert said == "決済会社が受け付けませんでした(no-bills)。何も変更していません"
        assert wording.provider(GINKGO) == "決済会社"


def test_no_file_of_the_shop_knows_of_it() -> None:
    texts = [*SHOP.rglob("*.py"), *SHOP.rglob("*.html"), *SHOP.rglob("*.txt")]

    assert not [path for path in texts if GINKGO in path.read_text(encoding="utf-8").lower()]
