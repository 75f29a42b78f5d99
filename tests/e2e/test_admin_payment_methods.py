"""店舗設定 > お支払い方法, word for word, until the method stands on the order form."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from storefront.testing import COD, TRANSFER, OwnerPage, Shopper
from storefront.testing.specimen import NAME

WORDS = {
    "ja": {
        "menu": "メニュー",
        "methods": "お支払い方法",
        "kind": "追加する種類",
        "new": "新規登録",
        "name": "お支払い方法名",
        "publish": "公開",
        "save": "登録",
        "saved": "登録しました",
        "required": "*必須",
    },
    "en": {
        "menu": "Menu",
        "methods": "Payment method",
        "kind": "Type to add",
        "new": "New",
        "name": "Name of the payment method",
        "publish": "Public",
        "save": "Save",
        "saved": "Saved",
        "required": "*Required",
    },
}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    ("screen", "lang"), [(DESK, "ja"), (PHONE, "en")], ids=["desk-ja", "phone-en"]
)
def test_a_method_is_registered_and_stands_on_the_order_form(
    owner_page: OwnerPage, shopper: Shopper, screen: ViewportSize, lang: str
) -> None:
    words = WORDS[lang]
    owner_page.open("/")
    menu = owner_page.page.locator("nav:visible")
    if screen is PHONE:
        owner_page.page.locator("summary", has_text=words["menu"]).click()
    menu.get_by_role("link", name=words["methods"], exact=False).first.click()

    owner_page.page.get_by_label(words["kind"]).select_option("cod")
    owner_page.press(words["new"])
    expect(owner_page.main).to_contain_text(words["required"])
    name = f"着払い {lang}"
    owner_page.page.locator("#name").fill(name)
    owner_page.page.locator("#name_en").fill(name)
    owner_page.page.get_by_role("radio", name=words["publish"], exact=True).check()
    owner_page.main.get_by_role("button", name=words["save"], exact=True).click()
    expect(owner_page.flash).to_contain_text(words["saved"])

    shopper.to_order_input()
    legend = shopper.page.locator("fieldset.payment legend")
    expect(legend).to_contain_text(words["required"])
    expect(shopper.main).to_contain_text(name)


def test_before_the_screening_a_method_is_kept_and_not_published(
    owner_page: OwnerPage, js: bool
) -> None:
    code = "kuroneko_smartphone" if js else "kuroneko_payslip"
    owner_page.open("/settings/yamato")
    web_collect = owner_page.page.locator("fieldset", has_text="クロネコ web コレクト")
    web_collect.get_by_role("radio", name="審査中").check()
    owner_page.press("審査の状況を登録する")
    expect(owner_page.flash).to_contain_text("審査の状況を登録しました")

    owner_page.open("/settings/payment-methods")
    row = owner_page.see(f"method-{code}")
    expect(row).to_contain_text("いまは注文画面に表示されません")
    expect(row).to_contain_text("クロネコ web コレクトの審査が完了していません")
    row.get_by_role("button", name="非公開にする").click()
    expect(row).to_contain_text("公開するには:")
    row.get_by_role("button", name="公開する").click()
    expect(owner_page.summary).to_contain_text("審査が完了してから公開できます")

    owner_page.shop("/legal/tokushoho")
    expect(owner_page.main).not_to_contain_text("スマホタイプ" if js else "払込票")


def test_the_line_to_yamato_is_tried(owner_page: OwnerPage) -> None:
    owner_page.open("/settings/yamato").press("接続を確認する")

    expect(owner_page.see("connection-result")).to_contain_text("接続できました")


@pytest.mark.parametrize("js", [True], ids=["js"])
def test_the_preview_follows_what_is_typed(owner_page: OwnerPage, page: Page) -> None:
    owner_page.open("/settings/payment-methods/cod")
    page.locator("#name").fill("玄関でお支払い")

    expect(page.locator("#preview")).to_contain_text("玄関でお支払い")


@pytest.mark.parametrize("js", [False], ids=["no-js"])
def test_without_a_script_a_button_shows_the_preview(owner_page: OwnerPage, page: Page) -> None:
    owner_page.open("/settings/payment-methods/cod")
    page.locator("#name").fill("玄関でお支払い")
    owner_page.press("表示を確認")

    expect(page.locator("#preview")).to_contain_text("玄関でお支払い")
    expect(page.locator("#name")).to_have_value("玄関でお支払い")


def test_a_method_that_goes_leaves_its_shoppers_told_and_with_all_they_typed(
    owner_page: OwnerPage, shopper: Shopper, js: bool
) -> None:
    code = COD if js else TRANSFER  # each run takes one off for the rest of this file
    shopper.to_confirmation(code)
    tab = owner_page.page.context.new_page()
    owner = OwnerPage(tab, owner_page.sandbox, js=owner_page.js)
    owner.open("/settings/payment-methods")
    owner.see(f"method-{code}").get_by_role("button", name="非公開にする").click()
    expect(owner.see("holders")).to_contain_text("人のお客さま")
    owner.press("非公開にする")
    expect(owner.flash).to_contain_text("非公開にしました")

    shopper.confirm()
    expect(shopper.main).to_contain_text("ただいまご利用いただけなくなりました")
    expect(shopper.field("name")).to_have_value(NAME)
