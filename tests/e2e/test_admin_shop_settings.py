"""The owner sets the shop up, and the shopper meets what was set."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from storefront.testing import COD, OwnerPage, Sandbox, Shopper
from tests.e2e.marks import with_js

ISLANDER = {
    "prefecture": "沖縄県",
    "city": "那覇市",
    "street": "港町1-1",
    "postal_code": "900-0001",
}
SAVED = "店舗情報を登録しました"
PAGES = (
    "/settings/shop",
    "/settings/shop/opening",
    "/settings/shop/preview",
    "/settings/shop/news",
    "/settings/delivery",
    "/settings/delivery/standard",
    "/settings/delivery/rest",
    "/settings/messages",
    "/settings/messages/code-sms",
    "/settings/sms-limits",
    "/settings/privacy",
)


@pytest.fixture
def shopper_beside(page: Page, sandbox: Sandbox, js: bool) -> Shopper:
    """Another tab of the same browser."""
    return Shopper(page.context.new_page(), sandbox, "08011112222", js=js)


def test_a_fee_for_one_prefecture_is_what_its_shoppers_pay(
    owner_page: OwnerPage, shopper_beside: Shopper
) -> None:
    owner_page.open("/settings/delivery").follow("宅急便")
    owner_page.main.get_by_text("都道府県別の料金").click()
    owner_page.fill("沖縄県", "高い").press("登録")
    expect(owner_page.summary).to_contain_text("沖縄県")
    owner_page.fill("沖縄県", "1,500").press("登録")
    expect(owner_page.flash).to_have_text("登録しました")
    expect(owner_page.see("delivery-standard")).to_contain_text("都道府県別 1件")

    shopper = shopper_beside.to_order_input().choose(COD)
    if shopper.js:
        shopper.give_address(postal_code=ISLANDER["postal_code"], street="")
        expect(shopper.see("order-total")).to_have_attribute("data-yen", "5130")
    shopper.give_contact()
    shopper.give_address(**ISLANDER)
    shopper.review()

    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "5130")
    owner_page.open("/settings/delivery/standard").fill("沖縄県", "").press("登録")
    expect(owner_page.flash).to_have_text("登録しました")
    shopper.confirm()
    expect(shopper.summary).to_contain_text("ご注文内容が変わりました")
    expect(shopper.see("confirm-total")).to_have_attribute("data-yen", "4290")


def test_the_shop_stays_closed_until_the_law_is_satisfied(
    owner_page: OwnerPage, shopper_beside: Shopper
) -> None:
    owner_page.open("/settings/shop/opening").press("お店を準備中にする")
    expect(owner_page.flash).to_have_text("お店を準備中にしました")
    shopper_beside.put_in_cart()
    expect(shopper_beside.see("shop-closed")).to_be_visible()
    expect(shopper_beside.see("go-to-checkout")).to_have_count(0)
    owner_page.open("/settings/shop").fill("運営統括責任者", "").press("登録")
    expect(owner_page.flash).to_have_text(SAVED)

    owner_page.open("/settings/shop/opening").press("お店を開ける")

    expect(owner_page.summary).to_contain_text("足りない項目: 運営統括責任者")
    owner_page.see("item-manager").get_by_role("link").click()
    owner_page.fill("運営統括責任者", "桜井 花").press("登録")
    expect(owner_page.flash).to_have_text(SAVED)
    owner_page.open("/settings/shop/opening").press("お店を開ける")
    expect(owner_page.flash).to_have_text("お店を開けました")
    owner_page.follow("代金引換")
    expect(owner_page.page.locator("[data-law]")).to_have_count(5)
    expect(shopper_beside.open("/cart").see("go-to-checkout")).to_be_visible()


def test_the_owners_words_come_to_the_phone(owner_page: OwnerPage, sandbox: Sandbox) -> None:
    number = "08033334444" if owner_page.js else "08033335555"
    owner_page.open("/settings/messages").follow("認証番号のSMS")
    owner_page.fill("日本語の文面", "{shop}です。{kode}").press("登録")
    expect(owner_page.summary).to_contain_text("「{kode}」は使えません")
    owner_page.fill("日本語の文面", "{shop}です。番号は{code}").press("プレビュー")
    expect(owner_page.see("sample-ja")).to_contain_text("さくら商店です。番号は1234")
    expect(owner_page.see("size-ja")).to_contain_text("1通")
    owner_page.press("登録")
    expect(owner_page.flash).to_have_text("文面を登録しました")

    owner_page.fill("携帯電話番号", number).press("自分に送る")

    expect(owner_page.flash).to_contain_text("に送りました")
    assert sandbox.texts(number)[0]["text"].startswith(
        "さくら商店です。番号は1234\n@127.0.0.1 #1234"
    )


@with_js
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_pages_are_sound_for_everyone(owner_page: OwnerPage) -> None:
    faults = {}
    for path in PAGES:
        owner_page.open(path)
        found = Axe().run(owner_page.page)
        if found.violations_count:
            faults[path] = found.generate_report()
        width = owner_page.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, path

    assert faults == {}
