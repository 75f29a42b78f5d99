"""The owner keeps the shelf: a table with wrong rows, a photograph."""

import pytest
from playwright.sync_api import FilePayload, ViewportSize, expect

from storefront.testing import OwnerPage
from tests.photographs import photograph

DESK: ViewportSize = {"width": 1280, "height": 900}
HEADER = "商品コード,商品名,カテゴリー,消費税率,公開状態,SKU,価格(税込),在庫"
WRONG = {17: ("8", "80"), 400: ("tea", "coffee"), 999: ("1080", "10.8.0")}


def table(wrong: dict[int, tuple[str, str]]) -> bytes:
    lines = [HEADER]
    for number in range(2, 1002):
        line = f"tin-{number},缶 {number},tea,8,公開,tin-{number},1080,5"
        right, bad = wrong.get(number, ("", ""))
        lines.append(line.replace(f",{right},", f",{bad},") if right else line)
    return "\r\n".join(lines).encode("cp932")


def send(owner: OwnerPage, content: bytes) -> None:
    owner.open("/products/sheet")
    file = FilePayload(name="products.csv", mimeType="text/csv", buffer=content)
    owner.main.locator("input[type=file]").set_input_files(file)
    owner.main.locator("form button.btn").first.click()


def wait_for(owner: OwnerPage, state: str) -> None:
    """The page looks again by a script; without one its reader follows the link."""
    told = owner.see("import-state")
    for _ in range(0 if owner.js else 60):
        if told.get_attribute("data-state") == state:
            break
        owner.page.wait_for_timeout(500)  # real time: the worker is a thread of its own
        owner.page.reload()
    expect(told).to_have_attribute("data-state", state, timeout=30_000)


@pytest.mark.parametrize("screen", [DESK], ids=["desk"])
def test_three_wrong_rows_in_a_thousand_keep_all_of_them_out(owner_page: OwnerPage) -> None:
    send(owner_page, table(WRONG))
    wait_for(owner_page, "refused")
    faults = owner_page.see("fault")
    expect(faults).to_have_count(3)
    for at, row in enumerate(WRONG):
        expect(faults.nth(at)).to_contain_text(str(row))
    owner_page.shop("/products/tin-2")
    expect(owner_page.heading).to_have_text("ページが見つかりませんでした")

    send(owner_page, table({}))
    wait_for(owner_page, "ready")
    expect(owner_page.main).to_contain_text("1000")
    owner_page.press("取り込む")
    wait_for(owner_page, "done")

    owner_page.shop("/products/tin-1001")
    expect(owner_page.heading).to_contain_text("缶 1001")
    owner_page.sandbox.reset()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_uploaded_photograph_is_seen_by_shoppers(owner_page: OwnerPage) -> None:
    owner_page.open("/products?q=hojicha").main.locator("table a").first.click()
    owner_page.main.locator("a[href$='/pictures']").click()
    content = photograph(size=(1400, 1400))
    file = FilePayload(name="tin.jpg", mimeType="image/jpeg", buffer=content)
    form = owner_page.main.locator("form[enctype]")
    form.locator("input[type=file]").set_input_files(file)
    form.locator("[name=alt]").fill("赤い缶")
    form.locator("[name=alt_en]").fill("A red tin")
    form.locator("button").click()
    expect(owner_page.flash).to_be_visible()

    owner_page.shop("/products/hojicha")

    shown = owner_page.page.get_by_alt_text("A red tin" if owner_page.lang == "en" else "赤い缶")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 0
    assert shown.evaluate("image => image.currentSrc").endswith(".avif")
    owner_page.sandbox.reset()
