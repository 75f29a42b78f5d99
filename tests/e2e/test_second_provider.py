"""A provider of credit that the shop's code does not know: bought with, and shipped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from storefront.testing import OpenedShop, OwnerPage, Sandbox, Shopper
from storefront.testing.numbers import tracking_number
from tests.e2e.marks import with_js
from tests.second_provider import GINKGO, Ledger, ProviderStatus, ginkgo


@pytest.fixture
def ledger(shop: OpenedShop, sandbox: Sandbox) -> Iterator[Ledger]:
    with ginkgo(shop.app) as ledger:
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
    slip = tracking_number()
    owner_page.fill("送り状番号", slip).press("発送する")

    expect(owner_page.flash).to_contain_text("発送しました")
    assert ledger.standings[reference] is ProviderStatus.SHIPPED
    assert ledger.slips == {reference: slip}
