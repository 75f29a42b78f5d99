"""The first sign-in, every later one, and what keeps everybody else out."""

import pyotp
import pytest
from playwright.sync_api import Page, expect

from storefront.testing import OpenedShop, OwnerPage, Sandbox
from tests.behind_the_counter import let_in
from tests.e2e.marks import with_js

PASSWORD = "rhubarb lantern 42 umbrella"


@pytest.fixture
def newcomer(page: Page, sandbox: Sandbox, shop: OpenedShop, js: bool) -> OwnerPage:
    """Has been given a password and nothing else."""
    let_in(shop.app, "new@sakura.example", "新人", PASSWORD)
    return OwnerPage(page, sandbox, js=js)


def sign_in(owner: OwnerPage, email: str, password: str) -> None:
    owner.fill("メールアドレス", email).fill("パスワード", password).press("次へ")


def test_the_first_sign_in_chooses_a_second_factor_and_keeps_recovery_codes(
    newcomer: OwnerPage,
) -> None:
    newcomer.open("/")
    sign_in(newcomer, "new@sakura.example", PASSWORD)
    expect(newcomer.heading).to_have_text("2段階認証の登録")

    secret = newcomer.see("app-secret").inner_text().replace(" ", "")
    newcomer.fill("確認コード", pyotp.TOTP(secret).now()).press("登録する")
    expect(newcomer.heading).to_have_text("復旧コード")
    newcomer.press("復旧コードを作る")
    expect(newcomer.see("recovery-codes").locator("li")).to_have_count(10)
    codes = newcomer.see("recovery-codes").locator("li").all_inner_texts()

    newcomer.follow("保管しました")
    expect(newcomer.heading).to_contain_text("新人")
    newcomer.page.get_by_role("button", name="サインアウト").click()
    sign_in(newcomer, "new@sakura.example", PASSWORD)
    newcomer.fill("確認コード", codes[0].upper()).press("サインイン")
    expect(newcomer.heading).to_contain_text("新人")


def test_the_demo_owner_signs_in_with_what_the_page_shows(
    page: Page, sandbox: Sandbox, js: bool
) -> None:
    owner = OwnerPage(page, sandbox, js=js)
    owner.open("/account")
    shown = owner.see("sandbox-owner").locator("code").all_inner_texts()

    sign_in(owner, shown[0], shown[1])
    expect(owner.heading).to_have_text("2段階認証")
    code = owner.see("sandbox-owner").locator("code").all_inner_texts()[2]
    owner.fill("確認コード", code).press("サインイン")

    expect(owner.heading).to_have_text("アカウント")  # where they wanted to go
    expect(owner.page.get_by_role("navigation", name="アカウント")).to_contain_text("さくら 花子")


def test_a_wrong_password_and_a_wrong_code_are_told_without_saying_which(
    newcomer: OwnerPage,
) -> None:
    newcomer.open("/login")
    sign_in(newcomer, "nobody@sakura.example", PASSWORD)
    expect(newcomer.summary).to_contain_text("メールアドレスかパスワードが違います")
    sign_in(newcomer, "new@sakura.example", "something else entirely")
    expect(newcomer.summary).to_contain_text("メールアドレスかパスワードが違います")


@with_js
def test_a_passkey_is_kept_and_signs_in(newcomer: OwnerPage, shop: OpenedShop) -> None:
    page = newcomer.page
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    home = shop.url.replace("127.0.0.1", "localhost")
    page.goto(f"{home}/admin/")
    sign_in(newcomer, "new@sakura.example", PASSWORD)

    newcomer.press("パスキーを登録する")
    expect(newcomer.heading).to_have_text("復旧コード")
    page.get_by_role("button", name="サインアウト").click()
    newcomer.press("パスキーでサインイン")

    expect(newcomer.heading).to_contain_text("新人")
