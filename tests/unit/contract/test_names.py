"""Test ids, steps, states and legal items stand where the contract says."""

import pytest

from tests.walk import Screen

pytestmark = pytest.mark.web


TEST_IDS = {
    "/": ("language", "product-card", "cart-count", "sandbox-banner"),
    "/categories/tea": ("product-card",),
    "/search": ("product-card",),
    "/products/yunomi": ("add-to-cart", "stock"),
    "/cart with goods": ("cart-count", "cart-line", "cart-total", "go-to-checkout"),
    "/checkout new": (
        "order-form",
        "payment-kuroneko_smartphone",
        "payment-cod",
        "payment-bank_transfer",
        "order-total",
        "review-order",
    ),
    "/checkout?switch=1": ("switch-to-cod", "switch-to-bank_transfer"),
    "/checkout ng locked": ("ng-banner", "switch-to-cod", "switch-to-bank_transfer"),
    "/checkout ng refused": ("ng-banner", "retry-number"),
    "/checkout/confirm": (
        "confirm-items",
        "confirm-total",
        "confirm-submit",
        "change-items",
        "change-customer",
        "change-delivery",
        "change-payment",
    ),
    "/checkout/sms": (
        "sms-form",
        "sms-code",
        "sms-submit",
        "sms-phone",
        "sms-expires",
        "sms-resend",
        "sms-other-method",
    ),
    "/checkout/sms expired": ("sms-form", "switch-to-cod", "sms-resend", "sms-other-method"),
    "complete": ("order-number", "order-status-link"),
    "status": ("order-number", "order-status", "payment-state"),
    "/sandbox/phone": ("phone-message", "sandbox-banner"),
}


@pytest.mark.parametrize(
    ("name", "testid"),
    [(name, testid) for name, ids in TEST_IDS.items() for testid in ids],
)
def test_a_screen_holds_its_test_ids(screens: list[Screen], name: str, testid: str) -> None:
    found = [screen for screen in screens if screen.name == name]

    assert found
    assert all(screen.page.has(testid) for screen in found)


def test_every_page_has_the_live_region(screens: list[Screen]) -> None:
    faults = [str(screen) for screen in screens if screen.page.one(id="status").text]

    assert faults == []


@pytest.mark.parametrize(
    "name", ["/checkout/confirm", "/checkout/confirm by another method", "/checkout/sms"]
)
@pytest.mark.parametrize("item", ["quantity", "price", "payment", "delivery", "cancel"])
def test_the_legal_items_stand_where_the_order_is_agreed(
    screens: list[Screen], name: str, item: str
) -> None:
    found = [screen for screen in screens if screen.name == name]

    assert [bool(screen.page.one(data_law=item).text) for screen in found] == [True, True]


STEPS = [
    ("/checkout new", "input", ""),
    ("/checkout/confirm", "confirm", "idle"),
    ("/checkout/sms", "sms", "idle"),
    ("POST /checkout/sms wrong", "sms", "wrong"),
    ("/checkout/sms expired", "sms", "expired"),
    ("complete", "complete", ""),
]


@pytest.mark.parametrize(("name", "step", "state"), STEPS)
def test_main_names_the_step_and_its_state(
    screens: list[Screen], name: str, step: str, state: str
) -> None:
    mains = [screen.page.one("main") for screen in screens if screen.name == name]

    assert [(main["data-step"], main.get("data-state")) for main in mains] == [(step, state)] * 2


@pytest.mark.parametrize(
    ("name", "reason"), [("/checkout ng locked", "locked"), ("/checkout ng refused", "refused")]
)
def test_the_banner_names_its_reason(screens: list[Screen], name: str, reason: str) -> None:
    banners = [one.page.by_testid("ng-banner") for one in screens if one.name == name]

    assert [banner["data-reason"] for banner in banners] == [reason] * 2


def test_the_method_that_failed_cannot_be_chosen_again(screens: list[Screen]) -> None:
    page = next(screen.page for screen in screens if screen.name == "/checkout ng locked")

    card = page.by_testid("payment-kuroneko_smartphone")

    assert card["data-unavailable"] == "failed"
    assert "disabled" in card.one("input")
