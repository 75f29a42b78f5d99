"""A provider of credit that no file of the shop knows of: bought with, refused by, shipped."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import OWNER
from storefront.admin.orders import wording
from storefront.admin.payment_methods import wording as methods_wording
from storefront.bulk import action_errors
from storefront.core.extensions import db
from storefront.orders import adjustments, fulfilment
from storefront.orders.models import Order
from storefront.payments import methods, publishing
from storefront.payments.publishing import NotPublishable
from storefront.ports.payments import Carrier, ProviderStatus, TrackedParcel
from storefront.testing.form_shopper import QuickFormShopper
from storefront.worker import periodic_tasks
from tests.second_provider import GINKGO, NO_MORE, SIGN, UNSIGNED, Ledger, ginkgo
from tests.unit.admin.conftest import keeper
from tests.unit.checkout.reading import reason_of

SHOP = Path(__file__).parents[3] / "storefront"
YAMATO = re.compile("ヤマト(?!運輸)|クロネコ")
SLIP = TrackedParcel(Carrier.YAMATO, "123456789013", date(2026, 12, 1))


@pytest.fixture
def ledger(app: Flask) -> Iterator[Ledger]:
    with ginkgo(app) as ledger:
        yield ledger


def buy(shopper: QuickFormShopper, pieces: int = 1) -> QuickFormShopper:
    shopper.put_in(quantity=pieces).answer(payment=GINKGO)
    shopper.press_confirm()
    return shopper


def main_of(page: str) -> set[str]:
    """The texts of a page's own part, menus left out."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return {text.strip() for text in re.split(r"<[^>]*>", main) if text.strip()}


def order() -> Order:
    db.session.rollback()
    return db.session.scalars(sa.select(Order)).one()


def test_one_press_asks_for_credit_and_places_the_order(
    shopper: QuickFormShopper, ledger: Ledger
) -> None:
    buy(shopper)

    placed = order()
    assert str(shopper.last.location).endswith(f"/orders/{placed.token}/complete")
    assert (placed.payment_code, placed.payment_status) == (GINKGO, "deferred")
    assert placed.payment_reference == f"G-{placed.number}"
    assert ledger.standings == {f"G-{placed.number}": ProviderStatus.APPROVED}


def test_the_same_press_again_is_the_same_order(shopper: QuickFormShopper, ledger: Ledger) -> None:
    shopper.put_in().answer(payment=GINKGO)
    page = shopper.get("/checkout/confirm").text
    key = page.partition('name="confirmation_key" value="')[2].partition('"')[0]

    answers = [shopper.press_confirm(key).location for _ in range(2)]

    assert len(ledger.standings) == 1
    assert order().key == key
    assert str(answers[0]).endswith("/complete")


def test_a_refusal_is_said_in_the_providers_words(
    shopper: QuickFormShopper, ledger: Ledger
) -> None:
    buy(shopper, pieces=3)

    page = shopper.get("/checkout").text
    assert shopper.last.status_code == 200
    assert reason_of(page) == "limit"
    assert NO_MORE in page
    assert list(ledger.standings.values()) == [ProviderStatus.REFUSED]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 0


def test_another_method_is_two_taps_away(shopper: QuickFormShopper, ledger: Ledger) -> None:
    buy(shopper, pieces=3)

    shopper.post("/checkout/other-method", {"payment": "cod"})
    shopper.press_confirm()

    assert order().payment_code == "cod"


def test_a_parcel_is_told_to_the_provider(shopper: QuickFormShopper, ledger: Ledger) -> None:
    buy(shopper)
    placed = order()

    fulfilment.ship(placed, SLIP)
    periodic_tasks.tidy_up()
    periodic_tasks.run_due()

    reference = f"G-{placed.number}"
    assert order().status == "shipped"
    assert ledger.standings[reference] is ProviderStatus.SHIPPED
    assert ledger.slips == {reference: SLIP.number}


def test_the_owner_reads_its_own_name_and_words(
    shopper: QuickFormShopper, ledger: Ledger, app: Flask
) -> None:
    buy(shopper)
    owner = keeper(app, OWNER)
    refused = action_errors.attempt(lambda: adjustments.reissue(order(), "1"))

    page = main_of(owner.get(f"/admin/orders/{order().number}").text)
    assert {"いちょうでの注文番号", "いちょうでの状態", "いちょうに今の状態を照会します。"} <= page
    assert not [text for text in page if YAMATO.search(text)]
    assert "いちょうでの状態" in " ".join(main_of(owner.get("/admin/orders/payments").text))
    with app.test_request_context():
        said = wording.refusal(refused, GINKGO)
    assert said == "いちょうが受け付けませんでした(no-bills)"


def test_of_a_provider_without_words_the_owner_reads_the_shops_own(
    shopper: QuickFormShopper, ledger: Ledger, app: Flask
) -> None:
    wired = app.extensions["providers"]
    app.extensions["providers"] = replace(wired, plugins=wired.plugins[:-1])
    buy(shopper)
    refused = action_errors.attempt(lambda: adjustments.reissue(order(), "1"))

    with app.test_request_context():
        said = wording.refusal(refused, GINKGO)
        assert said == "決済会社が受け付けませんでした(no-bills)。何も変更していません"
        assert wording.provider(GINKGO) == "決済会社"
        assert "(unsigned)" in methods_wording.missing(UNSIGNED)


def test_what_its_connection_lacks_keeps_its_method_off_the_offer(
    shopper: QuickFormShopper, ledger: Ledger, app: Flask
) -> None:
    ledger.is_signed = False

    assert GINKGO not in [one.code for one in methods.on_offer()]
    assert "cod" in [one.code for one in methods.on_offer()]
    with pytest.raises(NotPublishable) as refused:
        publishing.publish(GINKGO)
    assert refused.value.missing == [UNSIGNED]
    assert SIGN in keeper(app, OWNER).get("/admin/settings/payment-methods").text

    ledger.is_signed = True
    assert GINKGO in [one.code for one in methods.on_offer()]


def test_no_file_of_the_shop_knows_of_it() -> None:
    texts = [*SHOP.rglob("*.py"), *SHOP.rglob("*.html"), *SHOP.rglob("*.txt")]

    assert not [path for path in texts if GINKGO in path.read_text(encoding="utf-8").lower()]


def test_no_sentence_of_the_owners_side_names_the_provider_it_is_about() -> None:
    """Yamato has pages of its own, and is a carrier (ヤマト運輸) beside others."""
    folders = [SHOP / "admin", SHOP / "templates" / "admin"]
    files = [path for one in folders for path in one.rglob("*.*") if path.suffix != ".pyc"]
    general = [path for path in files if path.parent.name != "yamato"]

    assert len(general) > 100
    assert not [path for path in general if YAMATO.search(path.read_text(encoding="utf-8"))]
