"""A browser that begins in a state which one call has brought about."""

import pytest
import requests
from playwright.sync_api import Browser, expect

from storefront.testing import COD, STATES, Sandbox, Shopper
from storefront.testing.shopper import ADDRESS

BY_SLUG = {state.slug: state for state in STATES}


@pytest.mark.parametrize("slug", ["sms-wrong", "ng-locked", "confirm-price", "status-requested"])
def test_a_browser_begins_in_a_state(browser: Browser, base_url: str, slug: str) -> None:
    call = {"slug": slug, "lang": "en"}
    answer = requests.post(f"{base_url}/sandbox/states", json=call, timeout=60).json()
    context = browser.new_context(storage_state=answer["storage_state"])
    page = context.new_page()

    response = page.goto(answer["url"])

    shown = BY_SLUG[slug].shown
    main, banner = page.locator("main"), page.get_by_test_id("ng-banner")
    assert response is not None
    assert response.status == BY_SLUG[slug].status
    expect(page).to_have_url(answer["url"])
    assert (main.get_attribute("data-step") or "") == shown.step
    assert (main.get_attribute("data-state") or "") == shown.state
    assert (banner.get_attribute("data-reason") if banner.count() else "") == shown.reason
    context.close()


def test_the_page_goes_on_as_any_other(browser: Browser, base_url: str) -> None:
    call = {"slug": "sms-wrong", "lang": "en"}
    answer = requests.post(f"{base_url}/sandbox/states", json=call, timeout=60).json()
    context = browser.new_context(storage_state=answer["storage_state"])
    page = context.new_page()
    page.goto(answer["url"])

    page.get_by_test_id("sms-other-method").click()

    expect(page.get_by_test_id("switch-to-cod")).to_be_visible()
    context.close()


def test_a_guest_with_another_delivery_method_orders_by_it(
    shopper: Shopper, sandbox: Sandbox
) -> None:
    state = sandbox.enter("input-delivery")
    shopper.page.context.add_cookies(state["storage_state"]["cookies"])
    shopper.page.goto(state["url"])
    shopper.see("delivery-letter").click()
    shopper.choose(COD).give_contact()
    shopper.give_address(**ADDRESS)
    shopper.review()
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4015")

    shopper.confirm()

    expect(shopper.see("order-number")).to_be_visible()
