"""The cart: putting in, changing, taking out, and what cannot be bought."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from storefront.testing import COD, Sandbox, Shopper
from tests.e2e.marks import with_js

YUNOMI, TEA, TOTE = "萩焼の湯呑", "宇治煎茶", "藍染トート"


@pytest.fixture
def someone_else(new_context: Callable[..., BrowserContext], sandbox: Sandbox, js: bool) -> Shopper:
    """With a browser and a cart of their own."""
    context = new_context(java_script_enabled=js)
    return Shopper(context.new_page(), sandbox, "08020000001", js=js)


def test_what_is_put_in_is_in_the_cart(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi", 2)

    expect(shopper.main).to_contain_text(f"{YUNOMI}をカートに入れました")
    expect(shopper.quantity_of(YUNOMI)).to_have_value("2")
    expect(shopper.see("cart-count")).to_have_text("2")
    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7260")


def test_another_quantity_changes_the_total_and_the_count(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi")

    shopper.change_quantity(YUNOMI, 2)

    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7260")
    expect(shopper.quantity_of(YUNOMI)).to_have_value("2")
    expect(shopper.see("cart-count")).to_have_text("2")


@with_js
def test_another_quantity_is_announced(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi")

    shopper.change_quantity(YUNOMI, 2)

    expect(shopper.announced).to_have_text("数量を2にしました。合計は7,260円(税込)です")


@with_js
def test_the_stepper_adds_and_takes_away_one(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi")

    shopper.step_up(YUNOMI)
    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7260")
    shopper.step_down(YUNOMI)
    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "3960")


@with_js
def test_quick_presses_of_the_stepper_all_count(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi")

    for _press in range(3):
        shopper.step_up(YUNOMI)

    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "13200")
    expect(shopper.quantity_of(YUNOMI)).to_have_value("4")


@with_js
def test_the_stepper_of_a_product_chooses_how_many_are_put_in(shopper: Shopper) -> None:
    shopper.open("/products/yunomi")

    shopper.page.get_by_role("button", name="数量を増やす").click()
    shopper.see("add-to-cart").click()

    expect(shopper.quantity_of(YUNOMI)).to_have_value("2")


def test_what_is_taken_out_can_be_put_back(shopper: Shopper) -> None:
    shopper.put_in_cart("uji-sencha", 3).put_in_cart("yunomi")

    shopper.remove(TEA)
    expect(shopper.main).to_contain_text("を削除しました。合計は3,960円(税込)です")
    expect(shopper.cart_line(TEA)).to_have_count(0)

    shopper.undo()
    expect(shopper.quantity_of(TEA)).to_have_value("3")
    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "7200")


def test_an_empty_cart_says_so_and_has_no_way_to_the_checkout(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi")

    shopper.remove(YUNOMI)

    expect(shopper.main).to_contain_text("カートに商品がありません")
    expect(shopper.see("go-to-checkout")).to_have_count(0)
    shopper.open("/checkout")
    expect(shopper.page).to_have_url(f"{shopper.sandbox.base_url}/cart")


@with_js
def test_a_sold_out_product_has_no_button(shopper: Shopper) -> None:
    shopper.open("/products/kyusu")

    expect(shopper.see("stock")).to_have_attribute("data-state", "none")
    expect(shopper.see("add-to-cart")).to_have_count(0)


@with_js
def test_a_sold_out_size_cannot_be_chosen(shopper: Shopper) -> None:
    shopper.open("/products/indigo-tote")

    expect(shopper.page.get_by_role("radio", name="L")).to_be_disabled()
    expect(shopper.page.get_by_role("radio", name="M")).to_be_enabled()


def test_a_size_has_to_be_chosen(shopper: Shopper) -> None:
    shopper.open("/products/indigo-tote")
    shopper.page.get_by_role("button", name="サイズを選ぶ").click()
    if shopper.js:  # nothing is sent
        expect(shopper.page.get_by_role("radio", name="S")).to_be_focused()
    else:
        expect(shopper.summary).to_contain_text("サイズを選択してください")

    shopper.page.get_by_role("radio", name="M").check()
    shopper.page.get_by_role("button", name="カートに入れる").click()

    expect(shopper.cart_line(TOTE)).to_contain_text("M")


@pytest.mark.parametrize(
    ("quantity", "told"),
    [
        (2, "在庫が残り1点になりました。数量を変更してください"),
        (0, "数量は1以上で入力してください"),
        (100, "99点まで購入できます"),
    ],
)
@with_js
def test_a_quantity_that_cannot_be_had_is_told(shopper: Shopper, quantity: int, told: str) -> None:
    shopper.put_in_cart("matcha-bowl", quantity)

    expect(shopper.summary).to_contain_text(told)
    expect(shopper.page.get_by_role("textbox", name="数量")).to_have_value(str(quantity))


def test_a_quantity_above_the_stock_is_told_in_the_cart(shopper: Shopper) -> None:
    shopper.put_in_cart("matcha-bowl")

    shopper.change_quantity("抹茶碗", 2)

    expect(shopper.summary).to_contain_text("在庫が残り1点になりました")


@with_js
def test_shipping_is_free_from_11000_yen(shopper: Shopper) -> None:
    shopper.put_in_cart("yunomi", 3)
    expect(shopper.main).to_contain_text("あと1,100円で送料無料です")

    shopper.change_quantity(YUNOMI, 4)

    expect(shopper.see("cart-total")).to_have_attribute("data-yen", "13200")


def test_stock_that_someone_else_bought_is_told_in_the_cart(
    shopper: Shopper, someone_else: Shopper
) -> None:
    shopper.sandbox.reset()
    shopper.put_in_cart("matcha-bowl")
    someone_else.put_in_cart("matcha-bowl").go_to_checkout().give_contact().choose(COD).review()
    someone_else.confirm()
    expect(someone_else.main).to_have_attribute("data-step", "complete")

    shopper.open("/cart")

    expect(shopper.main).to_contain_text("在庫がなくなったため、カートから削除しました")


def test_a_product_that_is_not_there_is_told_by_its_name(shopper: Shopper) -> None:
    with pytest.raises(LookupError, match="no product 'teacup'"):
        shopper.put_in_cart("teacup")
