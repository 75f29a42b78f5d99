"""A product's page on a phone: what is seen at once, and pictures that open large."""

from playwright.sync_api import Page, ViewportSize, expect

from storefront.testing import COD, Shopper
from tests.e2e.marks import with_js

PHONE = ViewportSize(width=390, height=844)


def steps_of_history(page: Page) -> int:
    return int(page.evaluate("history.length"))


@with_js
def test_sizes_are_seen_above_the_button_that_stays(shopper: Shopper) -> None:
    shopper.page.set_viewport_size(PHONE)
    shopper.open("/products/indigo-tote")

    sizes = shopper.page.get_by_role("group", name="サイズ").bounding_box()
    button = shopper.see("add-to-cart").bounding_box()

    assert sizes
    assert button
    assert sizes["y"] + sizes["height"] < button["y"]


@with_js
def test_in_a_short_window_the_button_covers_no_size(shopper: Shopper) -> None:
    shopper.page.set_viewport_size(ViewportSize(width=320, height=568))
    shopper.open("/products/indigo-tote")

    sizes = shopper.page.get_by_role("group", name="サイズ").bounding_box()
    button = shopper.see("add-to-cart").bounding_box()

    assert sizes
    assert button
    assert sizes["y"] + sizes["height"] < button["y"]


@with_js
def test_a_picture_opens_large_and_leaves_no_step_in_the_history(shopper: Shopper) -> None:
    shopper.open("/products/yunomi")
    before = steps_of_history(shopper.page), shopper.page.url

    shopper.page.get_by_role("link", name="写真を大きく表示する").first.click()
    large = shopper.page.get_by_role("dialog", name="商品の写真")
    expect(large.get_by_role("img")).to_be_visible()
    shopper.page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    shopper.page.get_by_role("link", name="写真2").click()

    assert (steps_of_history(shopper.page), shopper.page.url) == before


@with_js
def test_at_the_width_of_a_desk_the_summary_stands_beside_the_form(shopper: Shopper) -> None:
    shopper.page.set_viewport_size({"width": 1280, "height": 900})
    shopper.put_in_cart("yunomi")
    shopper.open("/checkout")

    beside = shopper.page.get_by_role("complementary", name="ご注文内容")
    box, form = beside.bounding_box(), shopper.see("order-form").bounding_box()
    assert box
    assert form
    assert box["x"] > form["x"] + form["width"]
    shopper.page.mouse.wheel(0, 1500)
    shopper.page.locator("#payment-cod").check()

    expect(beside.locator('[data-yen="4290"]')).to_be_in_viewport()


@with_js
def test_at_the_width_of_a_desk_the_summary_stands_beside_the_confirmation(
    shopper: Shopper,
) -> None:
    shopper.page.set_viewport_size({"width": 1280, "height": 900})
    shopper.to_confirmation(COD)

    items, delivery = (shopper.page.locator(one).bounding_box() for one in ("#items", "#delivery"))
    assert items
    assert delivery
    assert items["x"] > delivery["x"] + delivery["width"]
    shopper.page.mouse.wheel(0, 1500)

    expect(shopper.see("confirm-total")).to_be_in_viewport()
    expect(shopper.see("confirm-submit")).to_be_in_viewport()
