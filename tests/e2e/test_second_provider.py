"""A provider of credit that the shop's code does not know: bought with, and shipped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from storefront.gallery.own_shop import OwnShop
from storefront.ports.payments import ProviderStatus
from storefront.sandbox.orders.order_events import slip_number
from tests.e2e.owner import OwnerPage
from tests.e2e.pages import Shopper, with_js
from tests.e2e.sandbox import Sandbox
from tests.second_provider import GINKGO, Ledger, ginkgo


@pytest.fixture
def ledger(own_shop: OwnShop, sandbox: Sandbox) -> Iterator[Ledger]:
    with ginkgo(own_shop.app) as ledger:
        yield ledger
        sandbox.reset()  # its orders go before it does


@with_js
def test_an_order_on_its_credit_is_placed_and_shipped(
    ledger: Ledger, shopper: Shopper, owner_page: OwnerPage
) -> None:
    shopper.walk_to_confirmation(payment=GINKGO)
    expect(shopper.main).to_contain_text("いちょう後払い")
    shopper.confirm()
    expect(shopper.main).to_have_attribute("data-step", "complete")

    [reference] = ledger.standings
    owner_page.open(f"/orders/{reference.removeprefix('G-')}")
    expect(owner_page.main).to_contain_text("いちょう後払い")
    slip = slip_number()
    owner_page.fill("送り状番号", slip).press("発送する")

    expect(owner_page.flash).to_contain_text("発送しました")
    assert ledger.standings[reference] is ProviderStatus.SHIPPED
    assert ledger.slips == {reference: slip}
